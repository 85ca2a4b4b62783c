"""Answers to extractions: what stands in the text is kept, everything else is left out and counted."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from kg.llm.answer import Answer, AnswerParticipant, AnswerPlace, AnswerTime
from kg.llm.dropped import Dropped, Reason
from kg.llm.read import read_answer
from kg.records import (
    Article,
    DatePrecision,
    EntityKind,
    Event,
    Extraction,
    Role,
    Span,
    Stance,
    VictimCategory,
)
from tests.answers import ANSWER, BELGOROD, BLAME, COUNT, EMPTY, KYIV, PERPETRATOR, SHELLING, toll
from tests.samples import ARTICLE, TEXT, span, vocab

WORDS, UNFIT = Reason.NOT_LITERAL, Reason.UNFIT
replace = msgspec.structs.replace


@dataclass
class Reading:
    extraction: Extraction
    dropped: Dropped

    @property
    def event(self) -> Event:
        (event,) = self.extraction.events
        return event


def read(answer: Answer, article: Article = ARTICLE) -> Reading:
    """Read an answer; what comes out keeps the contract in any case."""
    dropped = Dropped()
    extraction = read_answer(article, answer, vocab().event_types, dropped)
    assert list(extraction.problems()) == []
    return Reading(extraction, +dropped)


def with_event(**changes: Any) -> Answer:
    return replace(ANSWER, events=(replace(SHELLING, **changes),))


def with_claim(**changes: Any) -> Answer:
    return replace(ANSWER, claims=(replace(BLAME, **changes), COUNT))


def about(text: str, *answers: Any, published: dt.date | None = None) -> Reading:
    """Read an answer about another text: entities, then events, told apart by their type."""
    parts = {"AnswerEntity": [], "AnswerEvent": [], "AnswerClaim": []}
    for part in answers:
        parts[type(part).__name__].append(part)
    entities, events, claims = (tuple(found) for found in parts.values())
    answer = Answer(entities=entities, events=events, claims=claims)
    return read(answer, Article(id="a", text=text, published=published))


def bare(trigger: str, **changes: Any) -> Any:
    nothing = {"time": None, "place": None, "participants": (), "casualties": ()}
    return replace(SHELLING, trigger=trigger, **(nothing | changes))


def test_everything_that_the_text_bears_out_is_kept() -> None:
    reading = read(ANSWER)
    assert reading.dropped == {}
    event = reading.event
    assert (event.type, event.trigger) == ("Shelling", span("Shelling"))
    assert event.time is not None
    assert (event.time.start, event.time.span) == (dt.date(2023, 12, 30), span("Saturday"))
    assert [casualty.span for casualty in event.casualties] == [
        span("21 people"),
        span("three of them children"),
        span("at least 25 people"),
    ]
    names = [(entity.id, entity.name, entity.named) for entity in reading.extraction.entities]
    assert names == [
        ("n1", "Belgorod", True),
        ("n2", "Gen. Ivanov", True),
        ("n3", "Kyiv", True),
        ("n4", "rockets", False),
        ("n5", "The mayor", False),
    ]


def test_ids_follow_the_text() -> None:
    extraction = read(replace(ANSWER, claims=(COUNT, BLAME))).extraction
    assert [mention.id for mention in extraction.mentions] == ["m1", "m2", "m3", "m4", "m5", "m6"]
    spans = [mention.span for mention in extraction.mentions]
    assert spans == sorted(spans)
    assert [(claim.id, claim.cue) for claim in extraction.claims] == [("c1", span("accused")), ("c2", span("said"))]


def test_the_last_word_of_a_mention_is_its_head() -> None:
    heads = [mention.head.of(TEXT) for mention in read(ANSWER).extraction.mentions]
    assert heads == ["Belgorod", "Ivanov", "Ivanov", "Kyiv", "rockets", "mayor"]


def test_an_empty_answer() -> None:
    reading = read(EMPTY)
    assert reading.extraction == Extraction(article=ARTICLE)
    assert reading.dropped == {}


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (with_event(trigger="bombardment"), "event", WORDS),
        (with_event(trigger=""), "event", WORDS),
        (with_event(type="Sneezing"), "event", UNFIT),
        (with_event(participants=(replace(PERPETRATOR, quote="Kiev"),)), "participant", WORDS),
        (with_event(participants=(replace(PERPETRATOR, entity="nobody"),)), "participant", UNFIT),
        (with_event(participants=(replace(PERPETRATOR, role=Role.WEAPON),)), "participant", UNFIT),
        (with_event(place=AnswerPlace(entity="ivanov", quote="Ivanov", claim=None)), "place", UNFIT),
        (with_event(place=AnswerPlace(entity="belgorod", quote="Moscow", claim=None)), "place", WORDS),
        (with_event(time=AnswerTime(start="2023-12-30", end="2023-12-30", quote="Monday")), "time", WORDS),
        (with_event(time=AnswerTime(start="2023-12-32", end="2023-12-32", quote="Saturday")), "time", UNFIT),
        (with_event(time=AnswerTime(start="2023-12-30", end="2023-12-29", quote="Saturday")), "time", UNFIT),
        (with_event(time=AnswerTime(start="2023-12-30", end="2023-12-30", quote=None)), "time", UNFIT),
        (with_event(casualties=(toll(2, 2, "men", VictimCategory.ANY_PERSON, "2 men"),)), "casualty", WORDS),
        (with_event(casualties=(toll(None, None, "people", VictimCategory.ANY_PERSON, "21 people"),)), "casualty", UNFIT),
        (with_event(casualties=(toll(3, 2, "people", VictimCategory.ANY_PERSON, "21 people"),)), "casualty", UNFIT),
        (with_event(casualties=(toll(-1, 2, "people", VictimCategory.ANY_PERSON, "21 people"),)), "casualty", UNFIT),
        (with_event(casualties=(toll(10**18, None, "people", VictimCategory.ANY_PERSON, "21 people"),)), "casualty", UNFIT),
        (with_event(casualties=(toll(21, 21, "men", VictimCategory.ANY_PERSON, "21 people"),)), "group of a casualty", WORDS),
        (with_claim(target_quote="Kiev"), "target of a claim", WORDS),
        (with_claim(target_quote=None), "target of a claim", WORDS),
        (with_claim(target="nobody"), "target of a claim", UNFIT),
        (with_claim(about="nothing"), "event of a claim", UNFIT),
        (replace(ANSWER, entities=(*ANSWER.entities, BELGOROD)), "entity", UNFIT),
        (replace(ANSWER, entities=(*ANSWER.entities, replace(KYIV, id="y", names=("Kiev",)))), "name", WORDS),
    ],
)  # fmt: skip
def test_one_thing_is_left_out_and_counted(answer: Answer, kind: str, reason: Reason) -> None:
    assert read(answer).dropped[kind, reason] == 1


@pytest.mark.parametrize("changes", [{"cue": "blamed"}, {"content": "shooting"}, {"claimant_quote": "Gen. Petrov"}])
def test_facts_of_a_claim_that_is_left_out_do_not_become_the_articles_own(changes: dict[str, str]) -> None:
    reading = read(with_claim(**changes))
    assert reading.dropped == {("claim", WORDS): 1, ("participant", UNFIT): 2}
    assert reading.event.participants == ()


def test_what_is_left_of_an_event_stays() -> None:
    reading = read(with_event(participants=(replace(PERPETRATOR, quote="Kiev"),)))
    assert reading.event.participants == ()
    assert len(reading.event.casualties) == 3


def test_a_claim_about_an_event_that_is_left_out_stands_alone() -> None:
    reading = read(with_event(trigger="bombardment"))
    assert [claim.about for claim in reading.extraction.claims] == [None, None]
    assert reading.dropped == {("event", WORDS): 1, ("event of a claim", UNFIT): 2}


def test_a_fact_within_the_words_of_a_claim_is_told_by_it() -> None:
    claims = [casualty.claim for casualty in read(ANSWER).event.casualties]
    assert claims == [None, None, "c2"]


def test_an_accusation_tells_who_did_it_even_when_the_answer_does_not_say_so() -> None:
    event = read(with_event(participants=(replace(PERPETRATOR, claim=None),))).event
    assert [part.claim for part in event.participants] == ["c1"]


def test_whoever_claims_responsibility_does_so_himself_and_not_the_article() -> None:
    text = "Shelling hit the city. The rebels claimed responsibility for the shelling."
    rebels = replace(KYIV, id="rebels", kind=EntityKind.GROUP, named=False, names=("rebels",))
    part = AnswerParticipant(role=Role.PERPETRATOR, entity="rebels", quote="rebels", claim=None)
    claim = replace(
        BLAME,
        stance=Stance.CLAIMS_RESPONSIBILITY,
        claimant="rebels",
        claimant_quote="rebels",
        cue="claimed responsibility",
        content="responsibility for the shelling",
        target=None,
    )
    reading = about(text, rebels, bare("Shelling", participants=(part,)), claim)
    assert [part.claim for part in reading.event.participants] == ["c1"]


def test_days_without_words_may_be_the_day_of_publication() -> None:
    time = read(with_event(time=AnswerTime(start="2024-01-01", end="2024-01-01", quote=None))).event.time
    assert time is not None
    assert (time.span, time.precision) == (None, DatePrecision.DAY)


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        ("2024-02-01", "2024-02-29", DatePrecision.MONTH),
        ("2024-01-01", "2024-12-31", DatePrecision.YEAR),
        ("2024-01-01", "2024-01-07", DatePrecision.WEEK),
        ("2024-01-01", "2024-01-03", DatePrecision.INTERVAL),
        ("2024-01-01", "2024-03-31", DatePrecision.INTERVAL),
    ],
)
def test_precision_follows_from_the_days(start: str, end: str, precision: DatePrecision) -> None:
    time = read(with_event(time=AnswerTime(start=start, end=end, quote="Saturday"))).event.time
    assert time is not None
    assert time.precision is precision


def test_a_repeated_trigger_is_the_one_nearest_to_the_other_words() -> None:
    text = "Shelling went on. Later the shelling of Kyiv killed 2 men. The shelling ended."
    reading = about(text, KYIV, bare("shelling", place=AnswerPlace(entity="kyiv", quote="Kyiv", claim=None)))
    assert reading.event.trigger == span("shelling", text)


def test_two_events_with_the_same_bare_trigger_take_two_places() -> None:
    text = "A raid, then a raid."
    events = about(text, bare("raid"), bare("raid", id="y")).extraction.events
    assert [event.trigger.start for event in events] == [2, 15]


def test_a_repeated_quote_is_the_one_nearest_to_the_trigger() -> None:
    text = "Kyiv is calm. Rebels are far from Kyiv, they say. Shelling hit Kyiv. Kyiv mourned."
    part = AnswerParticipant(role=Role.TARGET, entity="kyiv", quote="Kyiv", claim=None)
    reading = about(text, KYIV, bare("Shelling", participants=(part,)))
    (participant,) = reading.event.participants
    found = {mention.id: mention.span.start for mention in reading.extraction.mentions}
    assert found[participant.mention] == text.index("Kyiv. Kyiv")
    assert len(reading.extraction.entities[0].mentions) == len(found) == 4


def test_offsets_are_code_points() -> None:
    text = "\U0001f680\U0001f680 Обстріл у Києві."
    kyiv = replace(KYIV, names=("Києві",))
    reading = about(text, kyiv, bare("Обстріл", place=AnswerPlace(entity="kyiv", quote="Києві", claim=None)))
    assert reading.event.trigger == Span(start=3, end=10)
    assert reading.extraction.mentions[0].span.of(text) == "Києві"


def test_a_name_within_a_longer_name_is_no_mention_of_its_own() -> None:
    region = replace(BELGOROD, id="region", names=("Belgorod Region",))
    text = "Shelling in Belgorod Region. Belgorod is its capital."
    extraction = about(text, BELGOROD, region, bare("Shelling")).extraction
    assert [mention.span.of(text) for mention in extraction.mentions] == ["Belgorod Region", "Belgorod"]
    assert {entity.name: len(entity.mentions) for entity in extraction.entities} == {
        "Belgorod Region": 1,
        "Belgorod": 1,
    }


def test_an_entity_without_a_literal_name_is_no_named_one() -> None:
    kyiv = replace(KYIV, names=("Kiev",))
    part = replace(PERPETRATOR, claim=None)
    reading = about("Shelling by Kyiv.", kyiv, bare("Shelling", participants=(part,)))
    assert [(one.name, one.named) for one in reading.extraction.entities] == [("Kyiv", False)]
    assert reading.dropped == {("name", WORDS): 1}


def test_words_that_two_entities_share_belong_to_the_one_that_plays_a_role() -> None:
    other = replace(KYIV, id="government", kind=EntityKind.ORGANISATION)
    part = replace(PERPETRATOR, entity="government", claim=None)
    reading = about("Shelling by Kyiv.", KYIV, other, bare("Shelling", participants=(part,)))
    assert [one.kind for one in reading.extraction.entities] == [EntityKind.ORGANISATION]


def test_the_first_role_decides_what_words_stand_for() -> None:
    other = replace(KYIV, id="government", kind=EntityKind.ORGANISATION)
    place = AnswerPlace(entity="kyiv", quote="Kyiv", claim=None)
    part = replace(PERPETRATOR, entity="government", claim=None)
    reading = about("Shelling in Kyiv.", KYIV, other, bare("Shelling", place=place, participants=(part,)))
    assert [(one.kind, one.mentions) for one in reading.extraction.entities] == [(EntityKind.PLACE, ("m1",))]
    assert len(reading.event.participants) == 1


def test_repeated_facts_count_once() -> None:
    event = read(with_event(participants=(PERPETRATOR, PERPETRATOR), casualties=SHELLING.casualties * 2)).event
    assert (len(event.participants), len(event.casualties)) == (1, 3)


def test_an_event_told_twice_under_one_id_keeps_claims_apart() -> None:
    reading = read(replace(ANSWER, events=(SHELLING, replace(SHELLING, type="Attack"))))
    assert [event.id for event in reading.extraction.events] == ["e1", "e2"]
    assert {claim.about for claim in reading.extraction.claims} == {"e1"}
