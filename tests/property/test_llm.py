"""Whatever a model answers within the schema: nothing raises, every span quotes it, and the graph keeps the contract."""

from collections.abc import Iterator

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Config
from kg.gazetteer import Gazetteer
from kg.llm.answer import (
    Answer,
    AnswerCasualty,
    AnswerClaim,
    AnswerEntity,
    AnswerEvent,
    AnswerParticipant,
    AnswerPlace,
    AnswerTime,
    decode_answer,
)
from kg.llm.dropped import Dropped
from kg.llm.read import read_answer
from kg.records import Article, EntityKind, Extraction, Harm, Role, Span, Stance, Status, VictimCategory
from kg.run.build import build_from
from kg.run.tools import Tools
from kg.validate import validate
from tests.samples import vocab
from tests.strategies import articles

TOOLS = Tools(config=Config(), vocab=vocab(), gazetteer=Gazetteer([]))
IDS = st.sampled_from(["a", "b", "c", ""])
DAYS = st.sampled_from(["2024-01-01", "2024-01-07", "2024-02-31", "", "soon"]) | st.dates().map(str)
NUMBERS = st.none() | st.integers(-1, 30) | st.integers(-(2**63), 2**64 - 1)


@st.composite
def answers(draw: st.DrawFn, text: str) -> Answer:
    """Draw an answer about `text`: most quotes are pieces of it, ids often refer to something."""
    words = text.split()
    quotes = st.sampled_from(words) | st.sampled_from(words).map("  {} ".format) | st.text(max_size=3)
    pieces = st.tuples(st.integers(0, len(text)), st.integers(1, 20)).map(lambda at: text[at[0] : at[0] + at[1]])
    quote = quotes | pieces
    maybe = st.none() | IDS
    entity = st.builds(
        AnswerEntity, id=IDS, kind=st.sampled_from(EntityKind), names=st.lists(quote, max_size=3).map(tuple)
    )
    toll = st.builds(
        AnswerCasualty,
        harm=st.sampled_from(Harm),
        low=NUMBERS,
        high=NUMBERS,
        group=st.none() | quote,
        category=st.sampled_from(VictimCategory),
        quote=quote,
        claim=maybe,
    )
    part = st.builds(AnswerParticipant, role=st.sampled_from(Role), entity=IDS, quote=quote, claim=maybe)
    event = st.builds(
        AnswerEvent,
        id=IDS,
        type=st.sampled_from(["Shelling", "Protest", "Sneezing"]),
        trigger=quote,
        status=st.sampled_from(Status),
        time=st.none() | st.builds(AnswerTime, start=DAYS, end=DAYS, quote=st.none() | quote),
        place=st.none() | st.builds(AnswerPlace, entity=IDS, quote=quote, claim=maybe),
        participants=st.lists(part, max_size=3).map(tuple),
        casualties=st.lists(toll, max_size=3).map(tuple),
    )
    claim = st.builds(
        AnswerClaim,
        id=IDS,
        stance=st.sampled_from(Stance),
        claimant=IDS,
        claimant_quote=quote,
        cue=quote,
        content=quote,
        about=maybe,
        target=maybe,
        target_quote=st.none() | quote,
    )
    return Answer(
        entities=draw(st.lists(entity, max_size=4).map(tuple)),
        events=draw(st.lists(event, max_size=3).map(tuple)),
        claims=draw(st.lists(claim, max_size=3).map(tuple)),
    )


ASKED = articles().flatmap(lambda article: st.tuples(st.just(article), answers(article.text)))


def read(article: Article, answer: Answer) -> Extraction:
    return read_answer(article, answer, vocab().event_types, Dropped())


def quoted(answer: Answer) -> Iterator[str]:
    """Yield every string of an answer without the space around it."""
    for part in msgspec.to_builtins(answer).values():
        yield from (words.strip() for words in strings(part))


def strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from strings(inner)


def spans(extraction: Extraction) -> Iterator[Span]:
    yield from (mention.span for mention in extraction.mentions)
    for event in extraction.events:
        yield from (event.trigger, *event.spans)
        yield from (toll.span for toll in event.casualties)
        if event.time and event.time.span:
            yield event.time.span
    for claim in extraction.claims:
        yield from (claim.cue, claim.content)


@settings(deadline=None)
@given(ASKED)
def test_every_span_is_a_quote_and_every_reference_leads_somewhere(asked: tuple[Article, Answer]) -> None:
    article, answer = asked
    extraction = read(article, decode_answer(msgspec.json.encode(answer).decode()))
    assert list(extraction.problems()) == []
    known = set(quoted(answer))
    assert all(span.of(article.text) in known for span in spans(extraction))
    mentioned = [name for entity in extraction.entities for name in entity.mentions]
    assert sorted(mentioned) == sorted(mention.id for mention in extraction.mentions)
    assert msgspec.json.decode(msgspec.json.encode(extraction), type=Extraction) == extraction


@settings(deadline=None)
@given(ASKED)
def test_same_answer_same_extraction(asked: tuple[Article, Answer]) -> None:
    assert read(*asked) == read(*asked)


@settings(deadline=None, max_examples=40)
@given(ASKED)
def test_the_graph_keeps_the_contract(asked: tuple[Article, Answer]) -> None:
    graph = build_from([read(*asked)], tools=TOOLS)
    assert (graph.articles, graph.problems) == (1, 0)
    assert validate(graph.quads) == []
