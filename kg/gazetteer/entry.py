"""One row of the gazetteer."""

from enum import StrEnum

from kg.records import EntityKind, PlacePrecision, Record

WIKIDATA = "http://www.wikidata.org/entity/"
"""What the IRI of a Wikidata item starts with."""

GEONAMES = "https://sws.geonames.org/"
"""What the IRI of a GeoNames feature starts with; it ends with "/"."""


class PlaceScope(StrEnum):
    """What a region word asks for: "Idlib province" is a region, "Gaza City" a settlement."""

    REGION = "region"
    DISTRICT = "district"
    SETTLEMENT = "settlement"


class Entry(Record, frozen=True, kw_only=True):
    """Something with a name that a text may speak of.

    `target` is its Wikidata or GeoNames IRI, `None` for a name that no source gives an identifier for. `type` is finer
    than `kind`: "country", "territory", "adm1", "capital", "city", "district"; "international", "government", "armed
    group"; the class of a weapon; the office of a person, held from the year `since` to the year `until`, as far as known.
    `acts_for` is the IRI of the government or ministry that a capital or seat speaks for. `country` is an ISO 3166-1
    alpha-2 code, `licence` an SPDX id.
    """

    target: str | None
    kind: EntityKind
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    population: int | None = None
    geonames: str | None = None
    since: int | None = None
    until: int | None = None
    acts_for: str | None = None
    source: str
    licence: str

    @property
    def precision(self) -> PlacePrecision | None:
        """How exactly this row locates something; `None` when it is no place."""
        if self.kind is not EntityKind.PLACE:
            return None
        return _PRECISION.get(self.type, PlacePrecision.SETTLEMENT)

    @property
    def scope(self) -> PlaceScope | None:
        """Which region words fit this place; `None` for countries and what is no place."""
        precision = self.precision
        return PlaceScope(precision.value) if precision in _SCOPED else None


_PRECISION = {
    "country": PlacePrecision.COUNTRY,
    "territory": PlacePrecision.REGION,
    "region": PlacePrecision.REGION,
    "adm1": PlacePrecision.REGION,
    "district": PlacePrecision.DISTRICT,
    "seat": PlacePrecision.SITE,
}
_SCOPED = frozenset({PlacePrecision.REGION, PlacePrecision.DISTRICT, PlacePrecision.SETTLEMENT})
