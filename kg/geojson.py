"""The parts of GeoJSON (RFC 7946) that results and exports are written as."""

import msgspec

Value = str | int | float | list[str] | None
"""A value in JSON."""


class Point(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="Point"):
    """Longitude, then latitude, WGS 84."""

    coordinates: tuple[float, float]


class Feature(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="Feature", omit_defaults=True):
    """One thing; its geometry is null where its place is unknown, `id` is its IRI if it has one."""

    id: str | None = None
    geometry: Point | None
    properties: dict[str, Value]


class FeatureCollection(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="FeatureCollection"):
    """All of them."""

    features: list[Feature]
