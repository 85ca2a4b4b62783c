"""Role claims: who says that somebody or something took part in an event, or that it happened at a place."""

from collections.abc import Iterator

import msgspec
import pyoxigraph as ox

from kg.ids import Kind
from kg.rdf import literals
from kg.rdf.namespaces import ckg
from kg.rdf.scope import Scope, Statement
from kg.records import Event, Role, Span, Stance

_ALLEGED = {Role.PERPETRATOR: "allegedPerpetrator", Role.WEAPON: "allegedWeapon"}
_UNSAID = frozenset({Stance.DENIES, Stance.DOUBTS})
"""Stances of a source that does not stand for the role."""


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


def role_triples(scope: Scope, event: Event, node: ox.NamedNode) -> Iterator[Statement]:
    """Yield the role claims about `event`, whose node is `node`, and the plain properties that follow from them."""
    every = facts(event)
    spans = {mention.id: mention.span for mention in scope.resolved.extraction.mentions}
    claims: dict[tuple[object, ...], Fact] = {}
    for fact in every:  # of two facts that differ in confidence alone the surer one stays
        span = spans[fact.mention]
        said = (scope.source(fact.claim).value, scope.stance(fact.claim))
        claims[fact.role, span.start, span.end, scope.entity(fact.mention).iri, *said] = fact
    for seed, fact in claims.items():
        yield from _claim(scope, fact, spans[fact.mention], scope.mint(Kind.CLAIM, node.value, *seed), node)
    yield from _derived(scope, every, node)


def _claim(scope: Scope, fact: Fact, span: Span, node: ox.NamedNode, event: ox.NamedNode) -> Iterator[Statement]:
    yield from scope.claim(node, "RoleClaim", said=fact.claim, evidence=span, confidence=fact.confidence)
    yield node, ckg("about"), event
    yield node, ckg("role"), ckg(fact.role)
    yield node, ckg("value"), ox.NamedNode(scope.entity(fact.mention).iri)
    yield from scope.quote(node, "mention", span)


def _derived(scope: Scope, every: tuple[Fact, ...], event: ox.NamedNode) -> Iterator[Statement]:
    """Yield role → entity; it is alleged when only quoted sources say so, and absent when they only deny it."""
    own = {(fact.role, scope.entity(fact.mention).iri) for fact in every if fact.claim is None}
    for fact in every:
        entity = scope.entity(fact.mention)
        if fact.role == "place":
            yield event, ckg("place"), ox.NamedNode(entity.iri)
            if entity.chosen and entity.chosen.precision:
                yield event, ckg("placePrecision"), literals.text(entity.chosen.precision)
        elif (fact.role, entity.iri) in own or fact.role == Role.TARGET:
            yield event, ckg(fact.role), ox.NamedNode(entity.iri)
        elif scope.stance(fact.claim) not in _UNSAID:
            yield event, ckg(_ALLEGED[Role(fact.role)]), ox.NamedNode(entity.iri)
