"""Events as GeoJSON (RFC 7946): a point each, or no geometry where the place is unknown."""

from collections.abc import Iterable

import msgspec

from kg.export.row import Flat, Row, flat


class Point(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="Point"):
    """Longitude, then latitude, WGS 84."""

    coordinates: tuple[float, float]


class Feature(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="Feature"):
    """One event; `id` is its IRI."""

    id: str
    geometry: Point | None
    properties: Flat


class FeatureCollection(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="FeatureCollection"):
    """All events."""

    features: list[Feature]


def geojson(rows: Iterable[Row]) -> bytes:
    """Return the events as one feature collection."""
    return msgspec.json.encode(FeatureCollection(features=[_feature(row) for row in rows])) + b"\n"


def _feature(row: Row) -> Feature:
    point = None
    if row.place is not None and row.place.lat is not None and row.place.long is not None:
        point = Point(coordinates=(row.place.long, row.place.lat))
    return Feature(id=row.iri, geometry=point, properties=flat(row))
