"""Which events of two articles are one, read from plain text: `tests/cases/merging.yaml`."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.extract import extract
from kg.link import link
from kg.merge import join
from kg.merge.sign import event_iris
from kg.records import Article, LinkedExtraction
from kg.run.tools import Tools, load_tools

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "merging.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


def read(number: int, given: Mapping[str, Any], tools: Tools) -> LinkedExtraction:
    assert isinstance(given["published"], dt.date)
    article = Article(id=f"a{number}", language="en", **given)
    found = extract(article, tools.nlp(article.text), tools.vocab)
    return link(found, tools.gazetteer, tools.config.link)


def event(linked: LinkedExtraction, words: str, tools: Tools) -> str:
    """Return the IRI of the event that `words` name."""
    article = linked.extraction.article
    own = event_iris(linked.extraction, tools.minter.article(article), tools.minter)
    start = article.text.index(words)
    named = [
        one
        for one in linked.extraction.events
        for span in one.spans
        if span.start < start + len(words) and start < span.end
    ]
    assert named, f"no event at {words!r}"
    return own[named[0].id]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: Mapping[str, Any], tools: Tools) -> None:
    linked = [read(number, given, tools) for number, given in enumerate(case["articles"])]
    clusters = join(linked, minter=tools.minter, vocab=tools.vocab).events
    words = case.get("same") or case["other"]
    one, other = (event(each, name, tools) for each, name in zip(linked, words, strict=True))
    joined = one in clusters and other in clusters and clusters[one] == clusters[other]
    assert joined == ("same" in case), clusters
