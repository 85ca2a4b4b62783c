"""Explanations: which event is meant, and what is told."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query.explain import explain, find_event
from kg.query.explain_text import render

BELGOROD = ox.NamedNode("https://w3id.org/conflict-kg/id/event/belgorod-shelling")


@pytest.mark.parametrize(
    "written", [BELGOROD.value, f"<{BELGOROD.value}>", "event:belgorod-shelling", "belgorod-shelling", "bel", "event:b"]
)
def test_an_event_is_found_by_iri_name_or_beginning(written: str, small: ox.Store) -> None:
    assert find_event(small, written) == BELGOROD


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("event:kharkiv", "beginning of 2 events"),
        ("belgorod-sheling", "the closest is event:belgorod-shelling"),
        ("2023-12-30", "'Shelling in Belgorod, 2023-12-30'"),
        ("zzz", "lists all 5"),
        ("place:belgorod", "no event"),
    ],
)
def test_a_wrong_event_gets_a_hint(written: str, words: str, small: ox.Store) -> None:
    with pytest.raises(QueryError, match=words):
        find_event(small, written)


def test_every_fact_has_its_source_and_words(small: ox.Store) -> None:
    found = explain(small, BELGOROD)
    assert [(f.role, f.value, f.alleged, f.said.source, f.said.words, f.said.own) for f in found.facts] == [
        ("perpetrator", "Kyiv", True, "Authorities in Russia", "Kyiv", False),
        ("place", "Belgorod", False, "Example Wire", "Belgorod", True),
        ("weapon", "Vampire", True, "Defence Ministry", "Vampire rockets", False),
    ]


def test_rival_counts_stand_side_by_side(small: ox.Store) -> None:
    found = explain(small, BELGOROD)
    assert [(c.low, c.category, c.said.source) for c in found.counts] == [
        ("21", "AnyPerson", "officials"),
        ("25", "AnyPerson", "Hospital staff"),
        ("3", "Children", "officials"),
    ]
    assert found.ranges == (("Killed", "21", "25"),)


def test_the_text_shows_all_of_it(small: ox.Store) -> None:
    text = render(explain(small, BELGOROD))
    for words in ("perpetrator: Kyiv (alleged)", "Killed: 21 to 25", "“25 dead”", "Kyiv, denies:", "2023-12-30 (day)"):
        assert words in text


def test_an_event_with_little_known_is_explained(small: ox.Store) -> None:
    small.update("DELETE WHERE { ?claim <https://w3id.org/conflict-kg/ontology#about> ?event }")
    text = render(explain(small, BELGOROD))
    assert text.startswith("Shelling in Belgorod, 2023-12-30\n")
    assert "Casualties" not in text
