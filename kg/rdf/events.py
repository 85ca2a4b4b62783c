"""Events: their classes, status, time, place and participants."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf import literals
from kg.rdf.casualties import casualty_triples
from kg.rdf.namespaces import GENERATED_BY, LABEL, TYPE, ckg
from kg.rdf.roles import role_triples
from kg.rdf.scope import Scope, Statement
from kg.records import DatePrecision, Event, Time


def event_triples(scope: Scope) -> Iterator[Statement]:
    """Yield all events of the article with the claims on who, where, with what and how many.

    Raises:
        InputError: an event has a type that the ontology does not know.
    """
    for event in scope.resolved.extraction.events:
        node = ox.NamedNode(scope.resolved.events[event.id])
        yield from _event(scope, event, node)
        yield from role_triples(scope, event, node)
        yield from casualty_triples(scope, event, node)


def _event(scope: Scope, event: Event, node: ox.NamedNode) -> Iterator[Statement]:
    kind = scope.vocab.event_types.get(event.type)
    if kind is None:
        article = scope.resolved.extraction.article.id
        msg = f"article {article}: event {event.id} has the unknown type {event.type!r}: see `kg ontology`"
        raise InputError(msg)
    for name in (kind.name, kind.parent, "Event"):
        yield node, TYPE, ckg(name)
    yield node, LABEL, literals.text(event_label(scope, event, kind.label))
    yield node, ckg("status"), ckg(event.status)
    yield node, ckg("confidence"), literals.decimal(event.confidence)
    yield node, ckg("mentionedIn"), scope.article
    yield node, GENERATED_BY, scope.run
    for span in sorted({event.trigger, *event.spans}):
        yield from scope.quote(node, "trigger", span)
    if event.place and event.place.phrase:
        phrase = event.place.phrase.of(scope.resolved.extraction.article.text)
        yield node, ckg("placePhrase"), literals.text(" ".join(phrase.split()))
    for later in event.before:
        yield node, ckg("before"), ox.NamedNode(scope.resolved.events[later])
    if event.time:
        yield node, ckg("startDate"), literals.date(event.time.start)
        yield node, ckg("endDate"), literals.date(event.time.end)
        yield node, ckg("datePrecision"), literals.text(event.time.precision)


def event_label(scope: Scope, event: Event, kind: str) -> str:
    """Return a label such as "Shelling in Belgorod, 2023-12-30"; unknown parts are left out."""
    place = f" in {scope.entity(event.place.mention).label}" if event.place else ""
    time = f", {_shown(event.time)}" if event.time else ""
    return f"{kind[:1].upper()}{kind[1:]}{place}{time}"


def _shown(time: Time) -> str:
    """Return the interval as briefly as its precision allows, in the manner of ISO 8601."""
    start, end = time.start.isoformat(), time.end.isoformat()
    if start == end:
        return start
    if time.precision is DatePrecision.MONTH and start[:7] == end[:7]:
        return start[:7]
    if time.precision is DatePrecision.YEAR and start[:4] == end[:4]:
        return start[:4]
    return f"{start}/{end}"
