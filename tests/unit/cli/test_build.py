"""`kg build`, `kg extract`, `kg convert`: files, formats, messages, exit statuses."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from kg.cli.graph import run_time_of
from kg.rdf.canonical import canonical
from kg.rdf.serialise import FORMATS
from kg.records import Extraction

ARTICLE = {
    "id": "a1",
    "text": "Shelling killed 21 people in Belgorod on Saturday, officials said.",
    "published": "2024-01-01",
}


def kg(*words: str | Path, give: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        input=give,
        env={"PATH": "/usr/bin:/bin", **variables},
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(ARTICLE) + "\n")
    return path


def test_turtle_on_standard_output_and_a_summary_beside_it(file: Path) -> None:
    with file.open("a") as more:
        more.write("{}\n")
    done = kg("build", file)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("@prefix")
    problem, summary = done.stderr.splitlines()
    assert "in.jsonl:2" in problem
    assert summary.startswith("1 article, 1 event,")
    assert summary.endswith("; 1 problem")


def test_standard_input(tmp_path: Path) -> None:
    done = kg("build", "-", "-o", tmp_path / "out.nt", give=json.dumps(ARTICLE))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.nt").stat().st_size > 0


def test_everything_at_once(file: Path, tmp_path: Path) -> None:
    out, store, records = tmp_path / "out.trig", tmp_path / "store", tmp_path / "records.jsonl"
    words = ("build", file, "-o", out, "--store", store, "--extractions", records, "--named-graphs")
    done = kg(*words)
    assert done.returncode == 0, done.stderr
    expected = canonical(ox.parse(path=out))
    assert canonical(ox.Store.read_only(str(store))) == expected
    assert msgspec.json.decode(records.read_bytes(), type=Extraction).article.id == "a1"
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out.trig", "store", "records.jsonl"}


def test_time_of_the_run(file: Path) -> None:
    assert '"1970-01-01T00:00:10Z"' in kg("build", file, SOURCE_DATE_EPOCH="10").stdout


@pytest.mark.parametrize(
    ("option", "epoch", "time"),
    [
        (None, "", None),
        ("2024-01-31T12:00:00Z", "10", dt.datetime(2024, 1, 31, 12, tzinfo=dt.UTC)),
        (None, "10", dt.datetime(1970, 1, 1, 0, 0, 10, tzinfo=dt.UTC)),
    ],
)
def test_time(option: str | None, epoch: str, time: dt.datetime | None) -> None:
    assert run_time_of(option, epoch) == time


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("--run-time", "soon"), 2, "--run-time soon is no time"),
        (("-o", "out.csv"), 2, "out.csv: unknown ending"),
        (("-o", "out.ttl", "--named-graphs"), 2, "turtle cannot hold named graphs"),
        (("-o", "/nowhere/out.ttl"), 4, "/nowhere/out.ttl: cannot be written: the folder /nowhere does not exist"),
        (("-o", "/"), 4, "cannot be written: it is a folder"),
        (("--config", "none.toml"), 2, "cannot read the configuration none.toml"),
    ],
)
def test_refusals(file: Path, words: tuple[str, ...], status: int, message: str) -> None:
    done = kg("build", file, *words)
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_no_article_is_an_error_and_leaves_the_old_file(tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.jsonl", tmp_path / "out.ttl"
    bad.write_text("{}\n")
    out.write_text("old")
    records = tmp_path / "records.jsonl"
    done = kg("build", bad, "-o", out, "--extractions", records)
    assert done.returncode == 2
    assert "no article could be read" in done.stderr
    assert "bad.jsonl:1" in done.stderr
    assert out.read_text() == "old"


def test_extract(file: Path, tmp_path: Path) -> None:
    done = kg("extract", file, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "1 article"
    (line,) = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert msgspec.json.decode(line, type=Extraction).events[0].type == "Shelling"


def test_extract_schema() -> None:
    schema = json.loads(kg("extract", "--schema").stdout)
    assert set(schema["$defs"]["Extraction"]["properties"]) == {"article", "mentions", "entities", "events", "claims"}


def test_extract_without_paths_is_wrong_usage() -> None:
    assert kg("extract").returncode == 2


def test_convert_there_and_back(file: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.ttl"
    first.write_text(kg("build", file).stdout)
    for form in FORMATS.values():
        other = tmp_path / f"other{form.endings[0]}"
        assert kg("convert", first, "-o", other).returncode == 0
        assert kg("convert", other, "--format", "turtle").stdout == first.read_text()


def test_convert_needs_a_format(file: Path) -> None:
    done = kg("convert", file)
    assert done.returncode == 2
    assert "--format" in done.stderr


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, kg; print([n for n in ('spacy', 'rdflib', 'pyoxigraph', 'msgspec') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
