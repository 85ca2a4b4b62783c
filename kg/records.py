"""The types that pass between stages.

All records are frozen. Offsets are Unicode code points into `Article.text`, half-open. Unknown is `None`, never a
plausible default. Ids of mentions, entities, events and claims are local to one `Extraction` ("m1", "n1", "e1", "c1");
`kg.ids` turns them into IRIs.
"""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every record: frozen, keyword-only, strict when decoded."""


class EntityKind(StrEnum):
    """What a mention or an entity is; the values are local names of ontology classes."""

    PERSON = "Person"
    ORGANISATION = "Organisation"
    PLACE = "Place"
    WEAPON = "Weapon"
    GROUP = "Group"


class Role(StrEnum):
    """What a participant does in an event; the values are local names of ontology properties."""

    PERPETRATOR = "perpetrator"
    TARGET = "target"
    WEAPON = "weapon"


class Status(StrEnum):
    """How real an event is according to the text; the values are local names of ontology individuals."""

    OCCURRED = "Occurred"
    ONGOING = "Ongoing"
    PLANNED = "Planned"
    THREATENED = "Threatened"
    HYPOTHETICAL = "Hypothetical"
    DENIED = "Denied"


class Stance(StrEnum):
    """What a source does with what it says; the values are local names of ontology individuals."""

    ASSERTS = "Asserts"
    ACCUSES = "Accuses"
    DENIES = "Denies"
    CLAIMS_RESPONSIBILITY = "ClaimsResponsibility"
    CONDEMNS = "Condemns"
    DEMANDS = "Demands"
    THREATENS = "Threatens"
    PROMISES = "Promises"
    DOUBTS = "Doubts"


TELLING = frozenset({Stance.ASSERTS, Stance.ACCUSES, Stance.CLAIMS_RESPONSIBILITY})
"""Stances with which a source tells a fact."""

UNSAID = frozenset({Stance.DENIES, Stance.DOUBTS})
"""Stances of a source that does not stand for a fact."""


class Harm(StrEnum):
    """What happened to the people counted; the values are local names of ontology individuals."""

    KILLED = "Killed"
    INJURED = "Injured"
    MISSING = "Missing"
    CAPTURED = "Captured"
    DISPLACED = "Displaced"
    DETAINED = "Detained"


class VictimCategory(StrEnum):
    """Which people were counted; the values are local names of ontology individuals."""

    ANY_PERSON = "AnyPerson"
    CIVILIANS = "Civilians"
    CHILDREN = "Children"
    WOMEN = "Women"
    COMBATANTS = "Combatants"
    POLICE = "Police"
    AID_WORKERS = "AidWorkers"
    JOURNALISTS = "Journalists"


class DatePrecision(StrEnum):
    """How exactly the text dates an event."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"


class PlacePrecision(StrEnum):
    """How exactly a linked place is known."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


class Outcome(StrEnum):
    """The result of linking one entity to the knowledge base."""

    LINKED = "LINKED"
    NIL = "NIL"
    AMBIGUOUS = "AMBIGUOUS"


class Span(Record, frozen=True, kw_only=True, order=True):
    """A stretch of `Article.text`: code points `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of this span in `text`.

        >>> Span(start=0, end=4).of("Kyiv said")
        'Kyiv'
        """
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


class Article(Record, frozen=True, kw_only=True):
    """One news article.

    `id` is what the user calls it (a JSONL record's `id`, else the file's stem); `language` is a BCP 47 tag;
    `invented` marks samples that report nothing real.
    """

    id: str
    url: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    language: str | None = None
    title: str | None = None
    text: str
    invented: bool = False


class Mention(Record, frozen=True, kw_only=True):
    """Words that stand for a person, organisation, place, weapon or group; `head` is the span of the head noun."""

    id: str
    span: Span
    kind: EntityKind
    head: Span


class Entity(Record, frozen=True, kw_only=True):
    """All mentions of one thing within one article.

    `name` is its fullest name, or the describing words ("two gunmen") when `named` is false.
    """

    id: str
    kind: EntityKind
    name: str
    named: bool
    mentions: tuple[str, ...]


class Time(Record, frozen=True, kw_only=True):
    """The interval of days, both ends included, that the text supports for an event; `span` is the time expression."""

    start: dt.date
    end: dt.date
    precision: DatePrecision
    span: Span | None = None


class Location(Record, frozen=True, kw_only=True):
    """Where an event took place.

    `mention` is the id of the most specific named place. `phrase` holds distance or direction words ("south of
    Mogadishu"). `claim` is the id of the claim that tells it, `None` when the article does so itself.
    """

    mention: str
    phrase: Span | None = None
    claim: str | None = None
    confidence: float


class Participant(Record, frozen=True, kw_only=True):
    """Who or what took part in an event, and in which role; `claim` as in `Location`."""

    role: Role
    mention: str
    claim: str | None = None
    confidence: float


class Casualty(Record, frozen=True, kw_only=True):
    """How many people were harmed, as one source tells it.

    `low` and `high` bound the number, `None` where open ("at least 41" is 41, None). `group` is the head noun phrase of
    those counted; a group without a number is open on both sides. `revises` tells that the number takes the place of the
    others that the article tells of the same harm and category: "the toll rose to 22". `claim` as in `Location`.
    """

    harm: Harm
    low: int | None
    high: int | None
    group: str | None
    category: VictimCategory
    span: Span
    revises: bool = False
    claim: str | None = None
    confidence: float


class Event(Record, frozen=True, kw_only=True):
    """One real-world event as one article tells it; `trigger` is its best naming words, `spans` all of them.

    `before` holds the ids of events that the article says came later.
    """

    id: str
    type: str
    trigger: Span
    status: Status
    time: Time | None = None
    place: Location | None = None
    participants: tuple[Participant, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    confidence: float
    spans: tuple[Span, ...]
    before: tuple[str, ...] = ()


class Claim(Record, frozen=True, kw_only=True):
    """A source other than the article itself says something.

    `claimant` and `target` (the actor accused, condemned or urged) are mention ids, `about` is an event id.
    """

    id: str
    stance: Stance
    claimant: str
    cue: Span
    content: Span
    about: str | None = None
    target: str | None = None
    confidence: float


class Extraction(Record, frozen=True, kw_only=True):
    """Everything one article tells, before linking."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()

    def problems(self) -> Iterator[str]:
        """Yield what breaks the contract between the parts: unknown or doubled ids, spans outside the text."""
        length = len(self.article.text)
        spans: list[tuple[str, Span]] = []
        ids: dict[str, set[str]] = {}
        for kind in ("mentions", "entities", "events", "claims"):
            seen = [record.id for record in getattr(self, kind)]
            ids[kind] = set(seen)
            if len(ids[kind]) < len(seen):
                yield f"{kind} with the same id"
        for mention in self.mentions:
            spans += [(mention.id, mention.span), (mention.id, mention.head)]
        for entity in self.entities:
            yield from _unknown(entity.id, entity.mentions, ids["mentions"])
        for event in self.events:
            spans += [(event.id, event.trigger), *((event.id, span) for span in event.spans)]
            spans += [(event.id, casualty.span) for casualty in event.casualties]
            spans += [
                (event.id, found)
                for found in (event.time and event.time.span, event.place and event.place.phrase)
                if found
            ]
            facts = (*event.participants, *((event.place,) if event.place else ()))
            yield from _unknown(event.id, [fact.mention for fact in facts], ids["mentions"])
            yield from _unknown(event.id, event.before, ids["events"])
            yield from _unknown(event.id, [fact.claim for fact in (*facts, *event.casualties)], ids["claims"])
        for claim in self.claims:
            spans += [(claim.id, claim.cue), (claim.id, claim.content)]
            yield from _unknown(claim.id, [claim.claimant, claim.target], ids["mentions"])
            yield from _unknown(claim.id, [claim.about], ids["events"])
        for owner, span in spans:
            if not 0 <= span.start < span.end <= length:
                yield f"{owner}: span {span.start}-{span.end} lies outside the text of {length} characters"


def _unknown(owner: str, used: "list[str] | list[str | None] | tuple[str, ...]", known: set[str]) -> Iterator[str]:
    for name in used:
        if name is not None and name not in known:
            yield f"{owner}: refers to {name}, which does not exist"


class Candidate(Record, frozen=True, kw_only=True):
    """A knowledge-base entry that an entity may stand for.

    `target` is its IRI (Wikidata or GeoNames); `latitude` and `longitude` are WGS 84 decimal degrees; `country` is an
    ISO 3166-1 alpha-2 code; `score` lies between 0 and 1 and `reasons` explain it; `source` names the table it is from.
    """

    target: str
    name: str
    score: float
    reasons: tuple[str, ...] = ()
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    geonames: str | None = None
    source: str


class Link(Record, frozen=True, kw_only=True):
    """The decision for one entity; `candidates` are sorted best first, rivals kept.

    `target` is the IRI of the chosen candidate, `None` unless the outcome is LINKED. `entity` is an entity id.
    `country` is the ISO 3166-1 alpha-2 code of the country that the article puts an unlinked place in. `acts_for` is the
    government or ministry that a capital or seat of power stands for where it says or does something.
    """

    entity: str
    outcome: Outcome
    target: str | None = None
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    country: str | None = None
    acts_for: Candidate | None = None

    @property
    def chosen(self) -> Candidate | None:
        """The candidate that was chosen, if any."""
        return self.candidates[0] if self.outcome is Outcome.LINKED else None


class LinkedExtraction(Record, frozen=True, kw_only=True):
    """An extraction with one link for each of its named entities, in the order of the entities."""

    extraction: Extraction
    links: tuple[Link, ...] = ()


class Run(Record, frozen=True, kw_only=True):
    """One run of the software; `time` is `None` unless the user gave one, so that the same input gives the same bytes.

    `software` is name and version; `config` is the fingerprint of the configuration; `vocab` is the version of the
    ontology.
    """

    software: str
    config: str
    vocab: str
    time: dt.datetime | None = None
