"""Entities, and the decisions that link them to knowledge bases."""

from collections.abc import Iterator
from functools import lru_cache

from kg.ids import Kind, Minter
from kg.rdf.namespaces import GEO, GEONAMES, SF, SKOS, WIKIDATA, XSD
from kg.rdf.ntriples import (
    LABEL,
    TYPE,
    ckg,
    integer,
    named,
    plain_decimal,
    term,
    text,
    triple,
    typed,
)
from kg.rdf.scope import Scope
from kg.records import Candidate, EntityKind, Link, Outcome
from kg.resolved import ResolvedEntity

_KEPT = 10_000
"""How many things and decisions are kept as they were written: articles share the most of them."""

COORDINATE_DIGITS = 5
"""Decimals of a degree: 5 are about one metre."""


def entity_triples(scope: Scope) -> Iterator[str]:
    """Yield all entities of the article and every link decision."""
    for entity in scope.resolved.entities.values():
        yield _thing(entity, scope.minter)
        if entity.named:
            yield triple(named(entity.iri), ckg("mentionedIn"), scope.article)
        elif entity.described:
            yield triple(named(entity.iri), ckg("describedIn"), scope.article)
    yield from _country(scope)
    for link in scope.resolved.links:
        entity = scope.resolved.entities[link.entity]
        if entity.named:
            yield from _decision(scope, entity.iri, link)
        if link.acts_for is not None:
            yield from _acts_for(scope, entity, link.acts_for)


@lru_cache(_KEPT)
def _thing(entity: ResolvedEntity, minter: Minter) -> str:
    """Return what the graph says of an entity whatever article names it."""
    return "".join(_described(named(entity.iri), entity, minter))


def _acts_for(scope: Scope, entity: ResolvedEntity, body: Candidate) -> Iterator[str]:
    """Yield the body that a capital or a seat of power stands for; articles that link to it share its node."""
    iri = scope.minter.iri(Kind.ORGANISATION, "link", body.target)
    node = named(iri)
    yield triple(named(entity.iri), ckg("actsFor"), node)
    yield triple(node, TYPE, ckg(EntityKind.ORGANISATION))
    yield triple(node, LABEL, text(body.name))
    yield from _match(node, body)
    decided = Link(entity="", outcome=Outcome.LINKED, target=body.target, score=body.score, candidates=(body,))
    yield from _decision(scope, iri, decided)


def _described(node: str, entity: ResolvedEntity, minter: Minter) -> Iterator[str]:
    yield triple(node, TYPE, ckg(entity.kind))
    yield triple(node, LABEL, text(entity.label))
    for name in entity.names:
        yield triple(node, term(SKOS, "altLabel"), text(name))
    if entity.weapon_class is not None:
        yield triple(node, ckg("weaponClass"), ckg(entity.weapon_class))
    if entity.chosen is not None:
        yield from _match(node, entity.chosen)
        if entity.kind is EntityKind.PLACE:
            yield from _position(node, entity.chosen, minter)


def _country(scope: Scope) -> Iterator[str]:
    """Yield the country that the article puts a place in which is not linked."""
    for link in scope.resolved.links:
        entity = scope.resolved.entities[link.entity]
        if entity.kind is EntityKind.PLACE and entity.chosen is None and link.country is not None:
            yield triple(named(entity.iri), ckg("countryCode"), text(link.country))


def _match(node: str, chosen: Candidate) -> Iterator[str]:
    if chosen.target.startswith(WIKIDATA):
        yield triple(node, term(SKOS, "exactMatch"), named(chosen.target))
    geonames = _geonames(chosen)
    if geonames is not None:
        yield triple(node, ckg("geonames"), geonames)


def _geonames(chosen: Candidate) -> str | None:
    """Return the GeoNames IRI, whether the candidate holds the number, the IRI, or is a GeoNames entry itself."""
    for value in (chosen.geonames, chosen.target):
        number = (value or "").removeprefix(GEONAMES).rstrip("/")
        if number.isascii() and number.isdigit():
            return named(f"{GEONAMES}{number}/")
    return None


def _position(node: str, chosen: Candidate, minter: Minter) -> Iterator[str]:
    if chosen.country:
        yield triple(node, ckg("countryCode"), text(chosen.country))
    if chosen.precision:
        yield triple(node, ckg("placePrecision"), text(chosen.precision))
    if chosen.latitude is None or chosen.longitude is None:
        return
    north, east = (plain_decimal(value, COORDINATE_DIGITS) for value in (chosen.latitude, chosen.longitude))
    yield triple(node, ckg("lat"), typed(north, XSD + "decimal"))
    yield triple(node, ckg("long"), typed(east, XSD + "decimal"))
    geometry = named(minter.iri(Kind.GEOMETRY, north, east))
    yield triple(node, term(GEO, "hasGeometry"), geometry)
    yield triple(geometry, TYPE, term(SF, "Point"))
    yield triple(geometry, TYPE, term(GEO, "Geometry"))
    yield triple(geometry, term(GEO, "asWKT"), typed(f"POINT({east} {north})", GEO + "wktLiteral"))


def _decision(scope: Scope, entity: str, link: Link) -> Iterator[str]:
    """Yield one node per candidate, or one without candidate; equal decisions of several articles are one node."""
    ranked: list[tuple[int, Candidate | None]] = [*enumerate(link.candidates, start=1)] or [(1, None)]
    for rank, candidate in ranked:
        yield _ranked(entity, link.outcome, rank, candidate, scope.minter)


@lru_cache(_KEPT)
def _ranked(entity: str, outcome: Outcome, rank: int, candidate: Candidate | None, minter: Minter) -> str:
    """Return the node of one candidate, or of none."""
    score = plain_decimal(candidate.score, 4) if candidate else ""
    target = candidate.target if candidate else ""
    node = named(minter.iri(Kind.LINK, entity, target, rank, score, outcome))
    said = [
        (TYPE, ckg("EntityLink")),
        (ckg("entity"), named(entity)),
        (ckg("rank"), integer(rank)),
        (ckg("outcome"), text(outcome)),
    ]
    if candidate:
        said += [(ckg("candidate"), named(target)), (ckg("linkScore"), typed(score, XSD + "decimal"))]
    return "".join(triple(node, predicate, value) for predicate, value in said)
