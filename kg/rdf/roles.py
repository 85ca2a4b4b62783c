"""Role claims: who says that somebody or something took part in an event, or that it happened at a place."""

from collections.abc import Iterator
from types import MappingProxyType

import msgspec

from kg.ids import Kind
from kg.rdf.ntriples import ckg, named
from kg.rdf.scope import Scope
from kg.records import Event, Role, Span

_ABOUT, _ROLE, _VALUE = ckg("about"), ckg("role"), ckg("value")

ALLEGED = MappingProxyType({Role.PERPETRATOR: "allegedPerpetrator", Role.WEAPON: "allegedWeapon"})
"""Role → the property of who or what only a quoted source names."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A participant or the place of an event, in one form."""

    role: str
    mention: str
    claim: str | None
    confidence: float


def facts(event: Event) -> tuple[Fact, ...]:
    """Return the participants and the place of `event`, the surer ones last."""
    every = [
        Fact(role=one.role, mention=one.mention, claim=one.claim, confidence=one.confidence)
        for one in event.participants
    ]
    if event.place:
        where = event.place
        every.append(Fact(role="place", mention=where.mention, claim=where.claim, confidence=where.confidence))
    return tuple(sorted(every, key=lambda one: one.confidence))


def role_triples(scope: Scope, event: Event, node: str) -> Iterator[str]:
    """Yield the role claims about `event`, whose node is `node`; their IRIs stay when the event joins another one."""
    spans = {mention.id: mention.span for mention in scope.resolved.extraction.mentions}
    claims: dict[tuple[object, ...], Fact] = {}
    for fact in facts(event):  # of two facts that differ in confidence alone the surer one stays
        span = spans[fact.mention]
        said = (scope.source(fact.claim), scope.stance(fact.claim))
        claims[fact.role, span.start, span.end, scope.entity(fact.mention).iri, *said] = fact
    for seed, fact in claims.items():
        claim = scope.mint(Kind.CLAIM, scope.resolved.own[event.id], *seed)
        yield from _claim(scope, fact, spans[fact.mention], claim, node)


def _claim(scope: Scope, fact: Fact, span: Span, node: str, event: str) -> Iterator[str]:
    yield scope.claim(node, "RoleClaim", said=fact.claim, evidence=span, confidence=fact.confidence)
    yield scope.quote(node, "mention", span)
    yield (
        f"{node} {_ABOUT} {event} .\n"
        f"{node} {_ROLE} {ckg(fact.role)} .\n"
        f"{node} {_VALUE} {named(scope.entity(fact.mention).iri)} .\n"
    )
