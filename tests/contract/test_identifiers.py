"""No identifier stands in the project that no source gives: every item in a table, a choice or a word list has a row.

The raw tables do not come with the repository, so the items are compared with those of the built tables, whose rows all name
their source; `training/gazetteer/check.py RAW` compares the tables and the choices with the raw rows.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.gazetteer import WIKIDATA, Entry, load_gazetteer

ROOT = Path(__file__).parents[2]
ITEM = re.compile(r"\bQ[1-9]\d{1,9}\b")
ASKED = ROOT / "queries" / "wikidata"
"""Queries to live Wikidata name its own classes ("weapon", "city"), by which answers are checked: nothing is linked to them."""
EXAMPLES = {"Q1234", "Q405"}
"""Items in messages and docstrings that show the form of an item."""
FOLDERS = {"kg": "*.py", "ontology": "*.ttl", "queries": "*.rq", "training/gazetteer": "*.toml", "seeds": "*"}


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(load_gazetteer())


def written() -> Iterator[tuple[str, str]]:
    """Yield file and item of everything that the project writes down, gazetteer tables apart."""
    for folder, pattern in FOLDERS.items():
        for path in sorted((ROOT / folder).rglob(pattern)):
            if path.is_file() and not path.is_relative_to(ASKED):
                for item in ITEM.findall(path.read_text(encoding="utf-8")):
                    if item not in EXAMPLES:
                        yield path.name, item


def targets(entries: list[Entry]) -> set[str]:
    found = {entry.target for entry in entries} | {entry.acts_for for entry in entries}
    return {target for target in found if target is not None}


def test_every_row_with_an_identifier_names_its_source(entries: list[Entry]) -> None:
    assert not [entry for entry in entries if entry.target and not (entry.source and entry.licence)]


def test_what_a_place_acts_for_is_in_the_tables(entries: list[Entry]) -> None:
    known = {entry.target for entry in entries}
    assert not {entry.acts_for for entry in entries if entry.acts_for} - known


def test_items_written_down_are_in_the_tables(entries: list[Entry]) -> None:
    known = {target.removeprefix(WIKIDATA) for target in targets(entries)}
    unknown = {item for file, item in written() if file != "choices.toml"} - known
    assert not unknown
