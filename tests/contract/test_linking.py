"""Runs `tests/cases/linking.yaml`: hard mentions, read and linked as the program does, and what they stand for."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kg import nlp
from kg.config import LinkConfig
from kg.extract import extract
from kg.gazetteer import GEONAMES, WIKIDATA, fold, load_gazetteer
from kg.link import link
from kg.records import Article, Link, Outcome
from kg.vocab import load_vocab

CASES = Path(__file__).parent.parent / "cases" / "linking.yaml"
LEAST_RIGHT = 0.9
NIL = "NIL"


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name in a text and what it stands for."""

    text: str
    name: str
    target: str
    acts_for: str | None = None
    published: dt.date | None = None


def iri(target: str) -> str | None:
    if target == NIL:
        return None
    return f"{GEONAMES}{target[3:]}/" if target.startswith("gn:") else WIKIDATA + target


def decide(cases: list[Case]) -> list[list[Link]]:
    """Return, for each case, the links of the entities that its name is a mention of."""
    vocab, gazetteer = load_vocab(), load_gazetteer()
    articles = [Article(id=str(n), text=case.text, published=case.published) for n, case in enumerate(cases)]
    found = []
    for case, (article, doc) in zip(cases, nlp.pipe(nlp.load(vocab, gazetteer), articles), strict=True):
        linked = link(extract(article, doc, vocab), gazetteer, LinkConfig())
        start = case.text.index(case.name)
        spans = {m.id: m.span for m in linked.extraction.mentions}
        ids = [
            entity.id
            for entity in linked.extraction.entities
            if fold(entity.name) == fold(case.name)
            or (
                any(spans[m].start <= start < spans[m].end for m in entity.mentions)
                and (fold(entity.name) in fold(case.name) or fold(case.name) in fold(entity.name))
            )
        ]
        found.append([one for one in linked.links if one.entity in ids])
    return found


@pytest.fixture(scope="module")
def decided() -> list[tuple[Case, list[Link]]]:
    cases = msgspec.yaml.decode(CASES.read_bytes(), type=list[Case])
    return list(zip(cases, decide(cases), strict=True))


def is_right(case: Case, links: list[Link]) -> bool:
    targets = {one.target for one in links if one.outcome is Outcome.LINKED}
    bodies = {one.acts_for.target for one in links if one.acts_for}
    return targets == {iri(case.target)} - {None} and bodies == ({iri(case.acts_for)} if case.acts_for else set())


def test_there_are_many(decided: list[tuple[Case, list[Link]]]) -> None:
    assert len(decided) >= 150


def test_most_are_right(decided: list[tuple[Case, list[Link]]], record_property: Callable[[str, object], None]) -> None:
    wrong = [f"{case.name}: {case.text}" for case, links in decided if not is_right(case, links)]
    share = 1 - len(wrong) / len(decided)
    record_property("share of hard mentions right", round(share, 3))
    assert share >= LEAST_RIGHT, f"{share:.1%} of {len(decided)} right: {wrong}"


def test_nothing_unknown_is_linked(decided: list[tuple[Case, list[Link]]]) -> None:
    linked = [case.text for case, links in decided if case.target == NIL and any(one.target for one in links)]
    assert not linked
