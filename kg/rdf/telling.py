"""How one article tells an event: what is left of it when the facts of several articles become those of one event."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from kg.rdf.casualties import Count, counts_of
from kg.rdf.roles import facts
from kg.rdf.scope import Scope
from kg.records import UNSAID, Event, Location, PlacePrecision, Status, Time


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something in a role; `own`: the article says so itself; `said`: somebody stands for it."""

    role: str
    entity: str
    own: bool
    said: bool


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """The place that an article gives, with the words that tell how the event lies to it."""

    iri: str
    label: str
    precision: PlacePrecision | None
    phrase: str | None


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """An event as one article tells it; it may be told in several, so tellings can be kept and sent.

    `event` is the event's IRI in the graph, `own` the one that it has by itself, `article` the article's IRI, `before` the IRIs of later events. `published` is
    the day of the article.
    """

    event: str
    own: str
    article: str
    published: dt.date | None
    type: str
    status: Status
    time: Time | None
    where: Where | None
    confidence: float
    before: tuple[str, ...]
    parts: tuple[Part, ...]
    counts: tuple[Count, ...]


def tellings(scope: Scope) -> Iterator[Telling]:
    """Yield all events of an article."""
    article = scope.resolved.extraction.article
    for event in scope.resolved.extraction.events:
        yield Telling(
            event=scope.resolved.events[event.id],
            own=scope.resolved.own[event.id],
            article=scope.resolved.article,
            published=article.published,
            type=event.type,
            status=event.status,
            time=event.time,
            where=_where(scope, event.place) if event.place else None,
            confidence=event.confidence,
            before=tuple(scope.resolved.events[later] for later in event.before),
            parts=tuple(_parts(scope, event)),
            counts=counts_of(scope, event),
        )


def _where(scope: Scope, place: Location) -> Where:
    entity = scope.entity(place.mention)
    return Where(
        iri=entity.iri,
        label=entity.label,
        precision=entity.chosen.precision if entity.chosen else None,
        phrase=" ".join(place.phrase.of(scope.text).split()) if place.phrase else None,
    )


def _parts(scope: Scope, event: Event) -> Iterator[Part]:
    for fact in facts(event):
        if fact.role != "place":
            said = scope.stance(fact.claim) not in UNSAID
            yield Part(role=fact.role, entity=scope.entity(fact.mention).iri, own=fact.claim is None, said=said)
