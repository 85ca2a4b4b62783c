"""Choosing a media type by the header `Accept`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.media import HTML, ROWS, TRIPLES, choose

JSON, XML, CSV, TSV = list(ROWS)[:4]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/*", CSV),
        ("TEXT/CSV ; charset=utf-8", CSV),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", XML),
        ("text/csv;q=0, text/*", TSV),
        ("*/*;q=0.1, text/csv;q=0.2", CSV),
        ("application/sparql-results+json, application/json, text/javascript", JSON),
        ("application/json;q=1.000", "application/json"),
        ("image/png", None),
        ("text/csv;q=0", None),
    ],
)
def test_the_best_is_chosen(accept: str, chosen: str | None) -> None:
    assert choose(accept, tuple(ROWS)) == chosen


def test_browsers_get_pages_and_programs_get_turtle() -> None:
    offered = (HTML, *TRIPLES)
    assert choose("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", offered) == HTML
    assert choose("text/turtle, application/rdf+xml;q=0.9", offered) == "text/turtle"


@given(st.text(alphabet=st.sampled_from("atex/*;,q=.01 csv"), max_size=200))
def test_whatever_comes_something_or_nothing_is_chosen(accept: str) -> None:
    assert choose(accept, tuple(ROWS)) in {None, *ROWS}
