"""Entities, and the decisions that link them to knowledge bases."""

from collections.abc import Iterator

from kg.ids import Kind
from kg.rdf.namespaces import GEO, GEONAMES, SF, SKOS, WIKIDATA, XSD
from kg.rdf.ntriples import (
    LABEL,
    TYPE,
    Statement,
    ckg,
    integer,
    named,
    plain_decimal,
    term,
    text,
    typed,
)
from kg.rdf.scope import Scope
from kg.records import Candidate, EntityKind, Link, Outcome
from kg.resolved import ResolvedEntity

COORDINATE_DIGITS = 5
"""Decimals of a degree: 5 are about one metre."""


def entity_triples(scope: Scope) -> Iterator[Statement]:
    """Yield all entities of the article and every link decision."""
    for entity in scope.resolved.entities.values():
        yield from _entity(scope, entity)
    yield from _country(scope)
    for link in scope.resolved.links:
        entity = scope.resolved.entities[link.entity]
        if entity.named:
            yield from _decision(scope, entity.iri, link)
        if link.acts_for is not None:
            yield from _acts_for(scope, entity, link.acts_for)


def _acts_for(scope: Scope, entity: ResolvedEntity, body: Candidate) -> Iterator[Statement]:
    """Yield the body that a capital or a seat of power stands for; articles that link to it share its node."""
    iri = scope.minter.iri(Kind.ORGANISATION, "link", body.target)
    node = named(iri)
    yield named(entity.iri), ckg("actsFor"), node
    yield node, TYPE, ckg(EntityKind.ORGANISATION)
    yield node, LABEL, text(body.name)
    yield from _match(node, body)
    decided = Link(entity="", outcome=Outcome.LINKED, target=body.target, score=body.score, candidates=(body,))
    yield from _decision(scope, iri, decided)


def _entity(scope: Scope, entity: ResolvedEntity) -> Iterator[Statement]:
    node = named(entity.iri)
    yield node, TYPE, ckg(entity.kind)
    yield node, LABEL, text(entity.label)
    for name in entity.names:
        yield node, term(SKOS, "altLabel"), text(name)
    if entity.named:
        yield node, ckg("mentionedIn"), scope.article
    elif entity.described:
        yield node, ckg("describedIn"), scope.article
    if entity.weapon_class is not None:
        yield node, ckg("weaponClass"), ckg(entity.weapon_class)
    if entity.chosen is not None:
        yield from _match(node, entity.chosen)
        if entity.kind is EntityKind.PLACE:
            yield from _position(scope, node, entity.chosen)


def _country(scope: Scope) -> Iterator[Statement]:
    """Yield the country that the article puts a place in which is not linked."""
    for link in scope.resolved.links:
        entity = scope.resolved.entities[link.entity]
        if entity.kind is EntityKind.PLACE and entity.chosen is None and link.country is not None:
            yield named(entity.iri), ckg("countryCode"), text(link.country)


def _match(node: str, chosen: Candidate) -> Iterator[Statement]:
    if chosen.target.startswith(WIKIDATA):
        yield node, term(SKOS, "exactMatch"), named(chosen.target)
    geonames = _geonames(chosen)
    if geonames is not None:
        yield node, ckg("geonames"), geonames


def _geonames(chosen: Candidate) -> str | None:
    """Return the GeoNames IRI, whether the candidate holds the number, the IRI, or is a GeoNames entry itself."""
    for value in (chosen.geonames, chosen.target):
        number = (value or "").removeprefix(GEONAMES).rstrip("/")
        if number.isascii() and number.isdigit():
            return named(f"{GEONAMES}{number}/")
    return None


def _position(scope: Scope, node: str, chosen: Candidate) -> Iterator[Statement]:
    if chosen.country:
        yield node, ckg("countryCode"), text(chosen.country)
    if chosen.precision:
        yield node, ckg("placePrecision"), text(chosen.precision)
    if chosen.latitude is None or chosen.longitude is None:
        return
    north, east = (plain_decimal(value, COORDINATE_DIGITS) for value in (chosen.latitude, chosen.longitude))
    yield node, ckg("lat"), typed(north, XSD + "decimal")
    yield node, ckg("long"), typed(east, XSD + "decimal")
    geometry = scope.mint(Kind.GEOMETRY, north, east)
    yield node, term(GEO, "hasGeometry"), geometry
    yield geometry, TYPE, term(SF, "Point")
    yield geometry, TYPE, term(GEO, "Geometry")
    yield geometry, term(GEO, "asWKT"), typed(f"POINT({east} {north})", GEO + "wktLiteral")


def _decision(scope: Scope, entity: str, link: Link) -> Iterator[Statement]:
    """Yield one node per candidate, or one without candidate; equal decisions of several articles are one node."""
    ranked: list[tuple[int, Candidate | None]] = [*enumerate(link.candidates, start=1)] or [(1, None)]
    for rank, candidate in ranked:
        score = plain_decimal(candidate.score, 4) if candidate else ""
        target = candidate.target if candidate else ""
        node = scope.mint(Kind.LINK, entity, target, rank, score, link.outcome)
        yield node, TYPE, ckg("EntityLink")
        yield node, ckg("entity"), named(entity)
        yield node, ckg("rank"), integer(rank)
        yield node, ckg("outcome"), text(link.outcome)
        if candidate:
            yield node, ckg("candidate"), named(candidate.target)
            yield node, ckg("linkScore"), typed(score, XSD + "decimal")
