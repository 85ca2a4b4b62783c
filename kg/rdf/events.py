"""Events: what each article tells, and what all of them together make of it."""

from collections.abc import Iterator, Sequence

from kg.errors import InputError
from kg.rdf.casualties import casualty_triples, derived_triples
from kg.rdf.fold import place_of, status_of, time_of, type_of
from kg.rdf.ntriples import GENERATED_BY, LABEL, TYPE, ckg, date, decimal, named, text, triple
from kg.rdf.roles import ALLEGED, role_triples
from kg.rdf.scope import Scope
from kg.rdf.telling import Telling, Where
from kg.records import DatePrecision, Role, Time
from kg.resolved import Cluster
from kg.vocab import Vocab


def event_triples(scope: Scope) -> Iterator[str]:
    """Yield what the article says of its events: its words for them, and the claims on who, where, with what, how many.

    Raises:
        InputError: an event has a type that the ontology does not know.
    """
    for event in scope.resolved.extraction.events:
        if event.type not in scope.vocab.event_types:
            article = scope.resolved.extraction.article.id
            msg = f"article {article}: event {event.id} has the unknown type {event.type!r}: see `kg ontology`"
            raise InputError(msg)
        node = named(scope.resolved.events[event.id])
        yield triple(node, ckg("mentionedIn"), scope.article)
        yield triple(node, GENERATED_BY, scope.run)
        for span in sorted({event.trigger, *event.spans}):
            yield scope.quote(node, "trigger", span)
        yield from role_triples(scope, event, node)
        yield from casualty_triples(scope, event, node)


def whole_triples(tellings: Sequence[Telling], cluster: Cluster | None, vocab: Vocab) -> Iterator[str]:
    """Yield what all articles together tell of one event.

    Args:
        tellings: all of one event, in any order.
        cluster: why they are one, `None` when one article tells the event.
        vocab: knows the event types.
    """
    every = sorted(tellings, key=lambda one: one.own)
    node = named(every[0].event)
    kind, where, time = vocab.event_types[type_of(every, vocab)], place_of(every), time_of(every)
    for name in (kind.name, kind.parent, "Event"):
        yield triple(node, TYPE, ckg(name))
    yield triple(node, LABEL, text(event_label(kind.label, where, time)))
    yield triple(node, ckg("status"), ckg(status_of(every)))
    yield triple(node, ckg("confidence"), decimal(max(one.confidence for one in every)))
    for later in sorted({later for one in every for later in one.before} - {every[0].event}):
        yield triple(node, ckg("before"), named(later))
    if where:
        yield triple(node, ckg("place"), named(where.iri))
        if where.precision:
            yield triple(node, ckg("placePrecision"), text(where.precision))
        if where.phrase:
            yield triple(node, ckg("placePhrase"), text(where.phrase))
    if time:
        yield triple(node, ckg("startDate"), date(time.start))
        yield triple(node, ckg("endDate"), date(time.end))
        yield triple(node, ckg("datePrecision"), text(time.precision))
    yield from _roles(every, node)
    yield from derived_triples([count for one in every for count in one.counts], node)
    if cluster:
        yield from (triple(node, ckg("replaces"), named(member)) for member in cluster.members[1:])
        yield from (triple(node, ckg("mergedBecause"), text(reason)) for reason in cluster.reasons)


def _roles(every: Sequence[Telling], node: str) -> Iterator[str]:
    """Yield role → entity; it is alleged when only quoted sources say so, and absent when they only deny it."""
    parts = [part for one in every for part in one.parts]
    own = {(part.role, part.entity) for part in parts if part.own}
    for part in parts:
        if (part.role, part.entity) in own or part.role == Role.TARGET:
            yield triple(node, ckg(part.role), named(part.entity))
        elif part.said:
            yield triple(node, ckg(ALLEGED[Role(part.role)]), named(part.entity))


def event_label(kind: str, where: Where | None, time: Time | None) -> str:
    """Return a label such as "Shelling in Belgorod, 2023-12-30"; unknown parts are left out."""
    place = f" in {where.label}" if where else ""
    day = f", {_shown(time)}" if time else ""
    return f"{kind[:1].upper()}{kind[1:]}{place}{day}"


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
