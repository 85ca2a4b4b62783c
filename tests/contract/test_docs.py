"""The documents tell of the program as it is: commands, options, queries, keys and links that they name exist."""

import importlib
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import msgspec
import pytest
import rdflib.plugins.sparql

from docs.generate import FOLDER
from docs.generate import PAGES as MADE
from kg import resources
from kg.cli import COMMANDS
from kg.config import Config

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

# "$ kg build news/ -o graph.ttl  # comment", "`kg queries`" and "    kg validate graph.ttl" in running text.
_CALL = re.compile(r"(?:^ {4}(?:\$ )?|`)kg ([a-z]+)\b([^`#\n]*)", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
_TARGET = re.compile(r"\bmake ([a-z]+)\b")

Call = tuple[str, str, str]


def calls() -> list[Call]:
    """Page, command and the rest of the line of every call of the program in the documents."""
    return [(page.name, *match) for page in PAGES for match in _CALL.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("target", ["demo", "test"])
def test_readme_names_the_two_first_commands(target: str) -> None:
    assert f"make {target}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    code = re.findall(r"`([^`\n]+)`|^ {4}(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    named = {target for pieces in code for piece in pieces for target in _TARGET.findall(piece.split("#")[0])}
    assert named <= targets


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert command in {name for _, name, _ in calls()}


@pytest.mark.parametrize("call", calls(), ids=" ".join)
def test_calls_in_the_documents_are_right(call: Call) -> None:
    _, name, rest = call
    assert name in COMMANDS
    command = importlib.import_module(f"kg.cli.{name}").command
    assert isinstance(command, click.Command)
    if isinstance(command, click.Group):
        command = command.commands[rest.split()[0]]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert set(_OPTION.findall(re.sub(r"'[^']*'", "", rest))) <= known


def test_queries_in_the_documents_exist() -> None:
    named = {rest.split()[0] for _, name, rest in calls() if name == "query" and rest.split()}
    names = {query for query in named if not query.startswith("-") and query.islower()}
    assert names
    assert names <= {path.stem for path in resources.folder("queries").glob("*.rq")}


def test_configuration_page_lists_every_key_with_its_default() -> None:
    page = (ROOT / "docs" / "reference" / "configuration.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert msgspec.toml.decode(block) == msgspec.json.decode(msgspec.json.encode(Config()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert missing == []


def test_samples_are_left_out_of_training() -> None:
    records = (ROOT / "seeds" / "invented.jsonl").read_text(encoding="utf-8").splitlines()
    samples = [msgspec.json.decode(record) for record in records]
    lines = (ROOT / "training" / "held_out.txt").read_text(encoding="utf-8").splitlines()
    held_out = [f"invented-{line.lower()}" for line in lines if line and not line.startswith("#")]
    assert [sample["id"] for sample in samples] == held_out
    assert all(sample["invented"] is True for sample in samples)


@pytest.mark.parametrize("name", MADE)
def test_made_pages_are_fresh(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == MADE[name](), "run `make docs`"


def test_the_tutorial_runs(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    lines = re.findall(r"^ {4}kg (.*?)(?: *#.*)?$", (ROOT / "docs" / "tutorial.md").read_text("utf-8"), re.MULTILINE)
    assert len(lines) > 10
    for line in lines:
        command = [sys.executable, "-c", "from kg.cli import main; main()", *shlex.split(line)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, (line, done.stderr)
        assert done.stdout or "-o" in line, line


def test_federated_queries_are_valid_sparql() -> None:
    page = (ROOT / "docs" / "how-to" / "wikidata.md").read_text("utf-8")
    found = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    assert len(found) == 2
    for query in found:
        rdflib.plugins.sparql.prepareQuery(query)
