"""A small extraction made by hand, and what tests need to turn it into a graph."""

import datetime as dt
from collections.abc import Mapping
from functools import cache

from pyoxigraph import Quad

from kg.ids import Minter
from kg.merge import unify
from kg.rdf.graph import Writer, triples
from kg.records import (
    Article,
    Candidate,
    Casualty,
    Claim,
    DatePrecision,
    Entity,
    EntityKind,
    Event,
    Extraction,
    Harm,
    Link,
    LinkedExtraction,
    Location,
    Mention,
    Outcome,
    Participant,
    PlacePrecision,
    Role,
    Run,
    Span,
    Stance,
    Status,
    Time,
    VictimCategory,
)
from kg.vocab import Vocab, load_vocab

TEXT = (
    "Shelling hit Belgorod on Saturday, killing 21 people, three of them children. Russia's Gen. Ivanov accused Kyiv of "
    "firing rockets. Two gunmen fled. The mayor said at least 25 people died."
)
RUN = Run(software="conflict-kg 0", config="c0", vocab="0")
MINTER = Minter()


@cache
def vocab() -> Vocab:
    """Return the shipped vocabulary."""
    return load_vocab()


def span(words: str, text: str = TEXT) -> Span:
    """Return the first span of `words`."""
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def mention(name: str, words: str, kind: EntityKind) -> Mention:
    """Return a mention whose head is its last word."""
    place = span(words)
    return Mention(
        id=name, span=place, kind=kind, head=Span(start=place.end - len(words.rpartition(" ")[2]), end=place.end)
    )


ARTICLE = Article(
    id="a1",
    url="https://example.org/1",
    publisher="Example Wire",
    published=dt.date(2024, 1, 1),
    language="en",
    title="Shelling in Belgorod",
    text=TEXT,
    invented=True,
)
MENTIONS = (
    mention("m1", "Belgorod", EntityKind.PLACE),
    mention("m2", "Kyiv", EntityKind.PLACE),
    mention("m3", "Gen. Ivanov", EntityKind.PERSON),
    mention("m4", "rockets", EntityKind.WEAPON),
    mention("m5", "Two gunmen", EntityKind.PERSON),
    mention("m6", "The mayor", EntityKind.PERSON),
)
ENTITIES = (
    Entity(id="n1", kind=EntityKind.PLACE, name="Belgorod", named=True, mentions=("m1",)),
    Entity(id="n2", kind=EntityKind.PLACE, name="Kyiv", named=True, mentions=("m2",)),
    Entity(id="n3", kind=EntityKind.PERSON, name="Gen. Ivanov", named=True, mentions=("m3",)),
    Entity(id="n4", kind=EntityKind.WEAPON, name="rockets", named=False, mentions=("m4",)),
    Entity(id="n5", kind=EntityKind.PERSON, name="Two gunmen", named=False, mentions=("m5",)),
    Entity(id="n6", kind=EntityKind.PERSON, name="The mayor", named=False, mentions=("m6",)),
)
SHELLING = Event(
    id="e1",
    type="Shelling",
    trigger=span("Shelling"),
    status=Status.OCCURRED,
    time=Time(
        start=dt.date(2023, 12, 30), end=dt.date(2023, 12, 30), precision=DatePrecision.DAY, span=span("Saturday")
    ),
    place=Location(mention="m1", confidence=0.9),
    participants=(
        Participant(role=Role.PERPETRATOR, mention="m2", claim="c1", confidence=0.7),
        Participant(role=Role.WEAPON, mention="m4", claim="c1", confidence=0.7),
    ),
    casualties=(
        Casualty(
            harm=Harm.KILLED,
            low=21,
            high=21,
            group="people",
            category=VictimCategory.ANY_PERSON,
            span=span("21 people"),
            confidence=0.9,
        ),
        Casualty(
            harm=Harm.KILLED,
            low=3,
            high=3,
            group="children",
            category=VictimCategory.CHILDREN,
            span=span("three of them children"),
            confidence=0.9,
        ),
        Casualty(
            harm=Harm.KILLED,
            low=25,
            high=None,
            group="people",
            category=VictimCategory.ANY_PERSON,
            span=span("at least 25 people"),
            claim="c2",
            confidence=0.6,
        ),
    ),
    confidence=0.8,
    spans=(span("Shelling"),),
)
CLAIMS = (
    Claim(
        id="c1",
        stance=Stance.ACCUSES,
        claimant="m3",
        cue=span("accused"),
        content=span("firing rockets"),
        about="e1",
        target="m2",
        confidence=0.8,
    ),
    Claim(
        id="c2",
        stance=Stance.ASSERTS,
        claimant="m6",
        cue=span("said"),
        content=span("at least 25 people died"),
        about="e1",
        confidence=0.8,
    ),
)
EXTRACTION = Extraction(article=ARTICLE, mentions=MENTIONS, entities=ENTITIES, events=(SHELLING,), claims=CLAIMS)
BELGOROD = Candidate(
    target="http://www.wikidata.org/entity/Q3329",
    name="Belgorod",
    score=0.91234,
    country="RU",
    latitude=50.6,
    longitude=36.58333333,
    precision=PlacePrecision.SETTLEMENT,
    geonames="578072",
    source="open",
)
RIVAL = Candidate(target="https://sws.geonames.org/1/", name="Belgorod", score=0.3, source="open")
LINKED = LinkedExtraction(
    extraction=EXTRACTION,
    links=(
        Link(entity="n1", outcome=Outcome.LINKED, target=BELGOROD.target, score=0.91234, candidates=(BELGOROD, RIVAL)),
        Link(entity="n2", outcome=Outcome.AMBIGUOUS, candidates=(RIVAL,)),
        Link(entity="n3", outcome=Outcome.NIL),
    ),
)


def quads(*linked: LinkedExtraction, merge: bool = True, named_graphs: bool = False, run: Run = RUN) -> list[Quad]:
    """Return the graph of `linked`, by default of the sample."""
    resolved = unify(linked or (LINKED,), minter=MINTER, vocab=vocab(), merge=merge)
    return list(triples(resolved, Writer(run=run, minter=MINTER, vocab=vocab(), named_graphs=named_graphs)))


def naming(text: str, names: Mapping[str, EntityKind]) -> Extraction:
    """Return an extraction with the entities `names`, each with its first mention in `text`, and nothing else."""
    mentions, entities = [], []
    for number, (name, kind) in enumerate(names.items()):
        start = text.index(name)
        span = Span(start=start, end=start + len(name))
        mentions.append(Mention(id=f"m{number}", span=span, kind=kind, head=span))
        entities.append(Entity(id=f"n{number}", kind=kind, name=name, named=True, mentions=(f"m{number}",)))
    return Extraction(article=Article(id="a", text=text), mentions=tuple(mentions), entities=tuple(entities))
