"""Writes the pages in docs/reference/ that are made from the program itself: `make docs`.

Every page is one function that returns its text; a test compares them with the files.
"""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import jinja2

from kg.cli import COMMANDS
from kg.export.layout import load_layout
from kg.query.catalogue import catalogue
from kg.terms import NAMESPACE, OWL, RDFS, Terms
from kg.vocab import load_vocab

FOLDER = Path(__file__).parent / "reference"
_MADE = "<!-- made by `make docs`: change the program, not this page -->\n"


def commands() -> str:
    """Return the help of all commands."""
    return "\n".join(["# Commands\n", _MADE, *(_help(name) for name in COMMANDS)])


def _help(name: str) -> str:
    command = importlib.import_module(f"kg.cli.{name}").command
    parts = [_screen(command, f"kg {name}")]
    if isinstance(command, click.Group):
        parts += [_screen(part, f"kg {name} {sub}") for sub, part in sorted(command.commands.items())]
    return f"## kg {name}\n\n{COMMANDS[name]}\n\n" + "\n".join(parts)


def _screen(command: click.Command, name: str) -> str:
    names = {"help_option_names": ["-h", "--help"]}
    with click.Context(command, info_name=name, terminal_width=100, max_content_width=100, **names) as context:
        return f"```text\n{command.get_help(context)}\n```\n"


def queries() -> str:
    """Return all canned queries with their parameters and columns."""
    return "\n".join(
        ["# Canned queries\n", _MADE, "Run one with `kg query NAME -p parameter=value --data FILE`.\n", *_queries()]
    )


def _queries() -> Iterator[str]:
    for query in catalogue().values():
        yield f"## {query.name}\n\n{query.summary}\n"
        if query.parameters:
            yield "| parameter | type | meaning | default |\n|---|---|---|---|"
            for one in query.parameters:
                yield f"| {one.name} | {one.type} | {_cell(one.meaning)} | {f'`{one.default}`' if one.default else ''} |"
            yield ""
        yield "| column | meaning |\n|---|---|"
        for column in query.columns:
            yield f"| {column.name} | {_cell(column.meaning)} |"
        yield ""


def export() -> str:
    """Return what fills the columns of the event tables."""
    return "\n".join(["# Columns of exported tables\n", _MADE, *_export()])


def _export() -> Iterator[str]:
    yield (
        "`kg export --format acled` and `--format ucdp` write events in the columns of these data sets, so that tools made for them\n"
        "read ours. What the graph cannot know stays empty; nothing is guessed. Only events that are said to have occurred or to go\n"
        "on are in the tables; text that a spreadsheet would take for a formula gets an apostrophe before it.\n"
    )
    for name in ("acled", "ucdp"):
        layout = load_layout(name)
        yield f"## {layout.title}\n\nColumns: {layout.source}\n\n| column | what stands in it |\n|---|---|"
        for column in layout.column:
            yield f"| {column.name} | {_cell(column.meaning) if column.value else '*empty*'} |"
        yield ""


def ontology() -> str:
    """Return the ontology as a page to read."""
    terms, vocab = Terms(), load_vocab()
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    classes = [name for name in terms.instances(OWL + "Class") if name not in vocab.event_types]
    kinds = ("ObjectProperty", "DatatypeProperty")
    return environment.get_template("ontology.html.jinja").render(
        namespace=NAMESPACE,
        version=vocab.version,
        vocab=vocab,
        terms=terms,
        rdfs=RDFS,
        classes=classes,
        sets={
            name: found for name in classes if (found := list(terms.instances(NAMESPACE + name))) and name not in _LISTS
        },
        properties=sorted({name for kind in kinds for name in terms.instances(OWL + kind)}, key=str.lower),
    )


_LISTS = frozenset({"WeaponClass", "WordList"})

PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "queries.md": queries,
    "export.md": export,
    "ontology.html": ontology,
}
"""What makes each page."""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write all pages."""
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
