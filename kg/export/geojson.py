"""Events as GeoJSON (RFC 7946): a point each, or no geometry where the place is unknown."""

from collections.abc import Iterable

import msgspec

from kg.export.row import Row, flat
from kg.geojson import Feature, FeatureCollection, Point


def geojson(rows: Iterable[Row]) -> bytes:
    """Return the events as one feature collection."""
    return msgspec.json.encode(FeatureCollection(features=[_feature(row) for row in rows])) + b"\n"


def _feature(row: Row) -> Feature:
    point = Point(coordinates=row.point) if row.point else None
    return Feature(id=row.iri, geometry=point, properties=dict(flat(row)))
