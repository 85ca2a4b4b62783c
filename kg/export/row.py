"""One row an event: what every export is written from."""

import msgspec

Flat = dict[str, str | int | float | list[str] | None]
"""What a row tells, without nesting."""


class Place(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Where an event took place; coordinates are WGS 84 decimal degrees, `country` an ISO 3166-1 alpha-2 code."""

    name: str
    iri: str
    precision: str | None = None
    country: str | None = None
    lat: float | None = None
    long: float | None = None


class Article(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """An article that tells of an event; `issued` is an ISO date."""

    id: str
    iri: str
    title: str | None = None
    issued: str | None = None
    publisher: str | None = None
    url: str | None = None

    @property
    def name(self) -> str:
        """The title, else the id."""
        return self.title or self.id


class Count(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """How many victims a source gives; `category` and `harm` are local names of the ontology, an open bound is `None`."""

    harm: str
    category: str
    source: str
    stance: str
    group: str = ""
    low: int | None = None
    high: int | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One event.

    `type` and `parent` are local names of the ontology; dates are ISO days; names are sorted, each once; the lists of
    alleged participants hold those that only quoted sources name. `place` is the finest one known.
    """

    iri: str
    label: str
    type: str
    parent: str
    status: str | None
    confidence: float | None
    start: str | None
    end: str | None
    precision: str | None
    phrase: str | None
    place: Place | None
    perpetrators: tuple[str, ...]
    alleged_perpetrators: tuple[str, ...]
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    alleged_weapons: tuple[str, ...]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    counts: tuple[Count, ...]
    articles: tuple[Article, ...]
    sentence: str | None

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude of the place, `None` when they are unknown."""
        if self.place is None or self.place.long is None or self.place.lat is None:
            return None
        return self.place.long, self.place.lat


def flat(row: Row) -> Flat:
    """Return what a row tells without nesting, in a fixed order: for tables and features."""
    place = row.place
    return {
        "event": row.iri,
        "label": row.label,
        "type": row.type,
        "parent": row.parent,
        "status": row.status,
        "confidence": row.confidence,
        "start": row.start,
        "end": row.end,
        "date_precision": row.precision,
        "place": place.name if place else None,
        "place_phrase": row.phrase,
        "place_precision": place.precision if place else None,
        "country": place.country if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.long if place else None,
        "perpetrators": list(row.perpetrators),
        "alleged_perpetrators": list(row.alleged_perpetrators),
        "targets": list(row.targets),
        "weapons": list(row.weapons),
        "alleged_weapons": list(row.alleged_weapons),
        "killed_low": row.killed_low,
        "killed_high": row.killed_high,
        "injured_low": row.injured_low,
        "injured_high": row.injured_high,
        "articles": [article.name for article in row.articles],
        "sentence": row.sentence,
    }


COLUMNS = tuple(
    "event label type parent status confidence start end date_precision place place_phrase place_precision country "
    "latitude longitude perpetrators alleged_perpetrators targets weapons alleged_weapons killed_low killed_high "
    "injured_low injured_high articles sentence".split()
)
"""The names that `flat` gives, in its order."""
