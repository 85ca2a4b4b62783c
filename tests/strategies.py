"""Random records that keep the contract between the parts of an extraction."""

import datetime as dt

from hypothesis import strategies as st

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
    Span,
    Stance,
    Status,
    Time,
    VictimCategory,
)

WORDS = (
    "Kyiv",
    "the rebels",
    "Dr. Ö. Ärzte",
    "rockets",
    "21",
    "“said”",
    "Ω\U0001f680",
    "U.N.",
    "a & b <c>",
    "killed.\n",
    "x\t'y'",
    "\\n",
    '"',
)
TYPES = ("Shelling", "Protest", "Attack", "Ceasefire")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
SCORES = st.floats(0, 1)
COUNTS = st.none() | st.integers(0, 10**6)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """Draw a stretch of `text`, at least one character long."""
    start = draw(st.integers(0, len(text) - 1))
    return Span(start=start, end=draw(st.integers(start + 1, len(text))))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Draw an article of a few words."""
    return Article(
        id=draw(NAMES),
        url=draw(st.none() | st.sampled_from(["https://example.org/a?b=c&d=é", "page 3", "http://x y"])),
        publisher=draw(st.none() | st.sampled_from(["Wire", "WIRE", "The Wire", " "])),
        published=draw(st.none() | DATES),
        language=draw(st.sampled_from([None, "en"])),
        title=draw(st.none() | NAMES),
        text=draw(TEXTS),
        invented=draw(st.booleans()),
    )


@st.composite
def times(draw: st.DrawFn, text: str) -> Time:
    """Draw an interval of days."""
    start, end = sorted((draw(DATES), draw(DATES)))
    return Time(
        start=start, end=end, precision=draw(st.sampled_from(DatePrecision)), span=draw(st.none() | spans(text))
    )


@st.composite
def casualties(draw: st.DrawFn, text: str, claims: list[str]) -> Casualty:
    """Draw a count by one of `claims` or by the article."""
    low, high = draw(COUNTS), draw(COUNTS)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    return Casualty(
        harm=draw(st.sampled_from(Harm)),
        low=low,
        high=high,
        group=draw(st.none() | st.just("people")),
        category=draw(st.sampled_from(VictimCategory)),
        span=draw(spans(text)),
        claim=draw(st.none() | st.sampled_from(claims)) if claims else None,
        confidence=draw(SCORES),
    )


@st.composite
def events(draw: st.DrawFn, name: str, text: str, mentions: list[str], claims: list[str]) -> Event:
    """Draw an event whose facts refer to `mentions` and `claims`."""
    said = st.none() | st.sampled_from(claims) if claims else st.none()
    who = st.sampled_from(mentions) if mentions else st.nothing()
    part = st.builds(Participant, role=st.sampled_from(Role), mention=who, claim=said, confidence=SCORES)
    place = st.none() | st.builds(Location, mention=who, phrase=st.none() | spans(text), claim=said, confidence=SCORES)
    return Event(
        id=name,
        type=draw(st.sampled_from(TYPES)),
        trigger=draw(spans(text)),
        status=draw(st.sampled_from(Status)),
        time=draw(st.none() | times(text)),
        place=draw(place) if mentions else None,
        participants=tuple(draw(st.lists(part, max_size=3))) if mentions else (),
        casualties=tuple(draw(st.lists(casualties(text, claims), max_size=3))),
        confidence=draw(SCORES),
        spans=tuple(draw(st.lists(spans(text), max_size=2))),
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Draw an extraction without problems."""
    article = draw(articles())
    text = article.text
    mentions = [
        Mention(id=f"m{number}", span=place, kind=draw(st.sampled_from(EntityKind)), head=place)
        for number, place in enumerate(draw(st.lists(spans(text), max_size=5)))
    ]
    names = [mention.id for mention in mentions]
    entities = [
        Entity(
            id=f"n{mention.id}",
            kind=mention.kind,
            name=draw(st.just(mention.span.of(text)) | st.sampled_from(["Kyiv", "kyiv", "rockets"])),
            named=draw(st.booleans()),
            mentions=(mention.id,),
        )
        for mention in mentions
        if draw(st.booleans())
    ]
    claims = [f"c{number}" for number in range(draw(st.integers(0, 2)))] if mentions else []
    happened = [draw(events(f"e{number}", text, names, claims)) for number in range(draw(st.integers(0, 3)))]
    return Extraction(
        article=article,
        mentions=tuple(mentions),
        entities=tuple(entities),
        events=tuple(happened),
        claims=tuple(
            Claim(
                id=name,
                stance=draw(st.sampled_from(Stance)),
                claimant=draw(st.sampled_from(names)),
                cue=draw(spans(text)),
                content=draw(spans(text)),
                about=draw(st.none() | st.sampled_from([event.id for event in happened])) if happened else None,
                target=draw(st.none() | st.sampled_from(names)),
                confidence=draw(SCORES),
            )
            for name in claims
        ),
    )


CANDIDATES = st.builds(
    Candidate,
    target=st.sampled_from(
        [f"http://www.wikidata.org/entity/Q{number}" for number in (1, 2)] + ["https://sws.geonames.org/7/"]
    ),
    name=st.sampled_from(["Kyiv", "Kiev", "Київ"]),
    score=SCORES,
    country=st.none() | st.just("UA"),
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    precision=st.none() | st.sampled_from(PlacePrecision),
    geonames=st.none() | st.just("703448"),
    source=st.just("open"),
)


@st.composite
def linked_extractions(draw: st.DrawFn) -> LinkedExtraction:
    """Draw an extraction with a decision for each named entity."""
    extraction = draw(extractions())
    links = []
    for entity in extraction.entities:
        if entity.named:
            candidates = tuple(draw(st.lists(CANDIDATES, max_size=2)))
            outcome = draw(st.sampled_from(Outcome)) if candidates else Outcome.NIL
            target = candidates[0].target if outcome is Outcome.LINKED else None
            links.append(Link(entity=entity.id, outcome=outcome, target=target, candidates=candidates))
    return LinkedExtraction(extraction=extraction, links=tuple(links))
