"""Runs `tests/cases/*.yaml`: a sentence and what must, and must not, come out of it.

A case: `text`, optional `published`, `events` (each: type and any of trigger, status, date, place, phrase, perpetrator,
target, weapon, casualties as [harm, low, high], before as triggers of events, alleged as the words for actors and weapons that
only a source tells, tellers as whose words the casualties are), `claims` (stance and any of claimant, who as the name that the
claimant goes by, cue, content, target, about as the type of the event), `entities` (kind: [names]), `no_events` and `no_claims`
(true: none at all), `absent` (event types that must not come out), `unsaid` (stances that must not).
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

from kg import nlp
from kg.extract import extract
from kg.gazetteer import load_gazetteer
from kg.records import Article, Event, Extraction
from kg.vocab import Vocab, load_vocab

FOLDER = Path(__file__).parent.parent / "cases"
OTHERS = {FOLDER / "linking.yaml", FOLDER / "merging.yaml"}
"""Run by tests of their own, test_linking.py and test_merging.py."""


def cases() -> Iterator[Any]:
    for path in sorted(set(FOLDER.glob("*.yaml")) - OTHERS):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            yield pytest.param(case, id=f"{path.stem}-{case.get('id', number)}")


@pytest.fixture(scope="module")
def language() -> tuple[Language, Vocab]:
    vocab = load_vocab()
    return nlp.load(vocab, load_gazetteer()), vocab


def run(language: tuple[Language, Vocab], case: dict[str, Any]) -> Extraction:
    published = case.get("published")
    article = Article(
        id="case", text=case["text"], published=dt.date.fromisoformat(str(published)) if published else None
    )
    ((article, doc),) = nlp.pipe(language[0], [article])
    extraction = extract(article, doc, language[1])
    assert list(extraction.problems()) == []
    return extraction


def facts(extraction: Extraction, event: Event) -> dict[str, Any]:
    text = extraction.article.text
    words = {mention.id: mention.span.of(text) for mention in extraction.mentions}
    told = {claim.id: words[claim.claimant] for claim in extraction.claims}
    return {
        "type": event.type,
        "status": event.status.value,
        "trigger": {span.of(text) for span in event.spans},
        "date": [str(event.time.start), str(event.time.end)] if event.time else None,
        "place": words[event.place.mention] if event.place else None,
        "phrase": event.place.phrase.of(text) if event.place and event.place.phrase else None,
        "before": {other.trigger.of(text) for other in extraction.events if other.id in event.before},
        "alleged": {words[p.mention] for p in event.participants if p.claim and p.role != "target"},
        "tellers": {told.get(casualty.claim or "") for casualty in event.casualties},
        "casualties": {(casualty.harm.value, casualty.low, casualty.high) for casualty in event.casualties},
        **{
            role: {words[p.mention] for p in event.participants if p.role == role}
            for role in ("perpetrator", "target", "weapon")
        },
    }


def fits(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    for key, value in wanted.items():
        if key == "casualties":
            if {tuple(toll) for toll in value} != found[key]:
                return False
        elif key in {"perpetrator", "target", "weapon", "before", "alleged", "tellers"}:
            if set(value) != found[key]:
                return False
        elif key == "trigger":
            if value not in found[key]:
                return False
        elif key == "date":
            if value is not None and [str(day) for day in value] != found[key]:
                return False
        elif found[key] != value:
            return False
    return True


@pytest.mark.parametrize("case", list(cases()))
def test_case(language: tuple[Language, Vocab], case: dict[str, Any]) -> None:
    extraction = run(language, case)
    text = extraction.article.text
    events = [facts(extraction, event) for event in extraction.events]
    for wanted in case.get("events", []):
        assert any(fits(found, wanted) for found in events), (wanted, events)
    types = {found["type"] for found in events}
    assert not types & set(case.get("absent", [])), events
    if case.get("no_events"):
        assert events == []
    words = {mention.id: mention.span.of(text) for mention in extraction.mentions}
    names = {mention: entity.name for entity in extraction.entities for mention in entity.mentions}
    kinds = {event.id: event.type for event in extraction.events}
    claims = [
        {
            "stance": claim.stance.value,
            "claimant": words[claim.claimant],
            "who": names[claim.claimant],
            "about": kinds[claim.about] if claim.about else None,
            "cue": claim.cue.of(text),
            "content": claim.content.of(text),
            "target": words[claim.target] if claim.target else None,
        }
        for claim in extraction.claims
    ]
    for wanted in case.get("claims", []):
        assert any(all(found[key] == value for key, value in wanted.items()) for found in claims), (wanted, claims)
    assert not {found["stance"] for found in claims} & set(case.get("unsaid", [])), claims
    if case.get("no_claims"):
        assert claims == []
    entities = {(entity.kind.value, entity.name) for entity in extraction.entities if entity.named}
    for kind, names in case.get("entities", {}).items():
        for name in names:
            assert (kind, name) in entities, entities


def test_every_event_type_has_a_case() -> None:
    wanted = [event["type"] for case in cases() for event in case.values[0].get("events", []) if "type" in event]
    assert set(load_vocab().event_types) <= set(wanted)
