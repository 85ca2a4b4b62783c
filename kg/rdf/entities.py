"""Entities, and the decisions that link them to knowledge bases."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.ids import Kind
from kg.rdf import literals
from kg.rdf.namespaces import GEO, GEONAMES, LABEL, SF, SKOS, TYPE, WIKIDATA, ckg
from kg.rdf.scope import Scope, Statement
from kg.records import Candidate, EntityKind, Link, Outcome, ResolvedEntity

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
    node = scope.mint(Kind.ORGANISATION, "link", body.target)
    yield ox.NamedNode(entity.iri), ckg("actsFor"), node
    yield node, TYPE, ckg(EntityKind.ORGANISATION)
    yield node, LABEL, literals.text(body.name)
    yield from _match(node, body)
    decided = Link(entity="", outcome=Outcome.LINKED, target=body.target, score=body.score, candidates=(body,))
    yield from _decision(scope, node.value, decided)


def _entity(scope: Scope, entity: ResolvedEntity) -> Iterator[Statement]:
    node = ox.NamedNode(entity.iri)
    yield node, TYPE, ckg(entity.kind)
    yield node, LABEL, literals.text(entity.label)
    for name in entity.names:
        yield node, ox.NamedNode(SKOS + "altLabel"), literals.text(name)
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
            yield ox.NamedNode(entity.iri), ckg("countryCode"), literals.text(link.country)


def _match(node: ox.NamedNode, chosen: Candidate) -> Iterator[Statement]:
    if chosen.target.startswith(WIKIDATA):
        yield node, ox.NamedNode(SKOS + "exactMatch"), ox.NamedNode(chosen.target)
    geonames = _geonames(chosen)
    if geonames is not None:
        yield node, ckg("geonames"), geonames


def _geonames(chosen: Candidate) -> ox.NamedNode | None:
    """Return the GeoNames IRI, whether the candidate holds the number, the IRI, or is a GeoNames entry itself."""
    for value in (chosen.geonames, chosen.target):
        number = (value or "").removeprefix(GEONAMES).rstrip("/")
        if number.isascii() and number.isdigit():
            return ox.NamedNode(f"{GEONAMES}{number}/")
    return None


def _position(scope: Scope, node: ox.NamedNode, chosen: Candidate) -> Iterator[Statement]:
    if chosen.country:
        yield node, ckg("countryCode"), literals.text(chosen.country)
    if chosen.precision:
        yield node, ckg("placePrecision"), literals.text(chosen.precision)
    if chosen.latitude is None or chosen.longitude is None:
        return
    latitude = literals.decimal(chosen.latitude, COORDINATE_DIGITS)
    longitude = literals.decimal(chosen.longitude, COORDINATE_DIGITS)
    yield node, ckg("lat"), latitude
    yield node, ckg("long"), longitude
    geometry = scope.mint(Kind.GEOMETRY, latitude.value, longitude.value)
    yield node, ox.NamedNode(GEO + "hasGeometry"), geometry
    yield geometry, TYPE, ox.NamedNode(SF + "Point")
    yield geometry, TYPE, ox.NamedNode(GEO + "Geometry")
    point = f"POINT({longitude.value} {latitude.value})"
    yield geometry, ox.NamedNode(GEO + "asWKT"), ox.Literal(point, datatype=ox.NamedNode(GEO + "wktLiteral"))


def _decision(scope: Scope, entity: str, link: Link) -> Iterator[Statement]:
    """Yield one node per candidate, or one without candidate; equal decisions of several articles are one node."""
    ranked: list[tuple[int, Candidate | None]] = [*enumerate(link.candidates, start=1)] or [(1, None)]
    for rank, candidate in ranked:
        score = literals.decimal(candidate.score, 4) if candidate else None
        target = candidate.target if candidate else ""
        node = scope.mint(Kind.LINK, entity, target, rank, score.value if score else "", link.outcome)
        yield node, TYPE, ckg("EntityLink")
        yield node, ckg("entity"), ox.NamedNode(entity)
        yield node, ckg("rank"), literals.integer(rank)
        yield node, ckg("outcome"), literals.text(link.outcome)
        if candidate and score:
            yield node, ckg("candidate"), ox.NamedNode(candidate.target)
            yield node, ckg("linkScore"), score
