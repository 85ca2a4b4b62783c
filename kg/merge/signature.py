"""What merging needs to know of an event or an article: small records that travel in place of the texts."""

from enum import StrEnum

import msgspec


class Level(StrEnum):
    """How much a place takes in: a district or a site counts as the settlement."""

    SETTLEMENT = "settlement"
    REGION = "region"
    COUNTRY = "country"


class Site(msgspec.Struct, frozen=True, array_like=True):
    """Where an event took place.

    `key` is the IRI that the place is linked to, else its folded name; `level` is how much it takes in. `latitude` and `longitude` are WGS 84 decimal degrees.
    """

    key: str
    level: Level
    country: str | None
    latitude: float | None
    longitude: float | None

    @property
    def exact(self) -> bool:
        """Whether it is a settlement or a part of one."""
        return self.level is Level.SETTLEMENT


class Toll(msgspec.Struct, frozen=True, array_like=True):
    """How many people were harmed; an open bound is `None`."""

    harm: str
    category: str
    low: int | None
    high: int | None


class EventSignature(msgspec.Struct, frozen=True, array_like=True):
    """One event of one article.

    `event` and `article` are IRIs; `order` sorts events: day of publication, article, place in the text. `published`,
    `start` and `end` are proleptic Gregorian ordinals, 0 when unknown or too rough; `told`: the article dates the
    event itself. `site` is `None` when the place is unknown or has no name. `real`: it happened or goes on, or
    somebody denies that it did. `perpetrators` and `targets` are keys of `actor_key`; `weapons` are names of weapon
    classes; `words` are the longer words around the trigger.
    """

    event: str
    article: str
    order: tuple[str, str, int, int, str]
    published: int
    type: str
    real: bool
    start: int
    end: int
    told: bool
    site: Site | None
    perpetrators: tuple[str, ...]
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    tolls: tuple[Toll, ...]
    words: tuple[str, ...]


class Print(msgspec.Struct, frozen=True, array_like=True):
    """One article as copies are found by: its IRI, what sorts it (day of publication, then id), and its MinHash.

    `day` is the ordinal of the day of publication, 0 when unknown; `minhash` holds numbers of 4 bytes, none when the text
    has no words.
    """

    article: str
    order: tuple[str, str]
    day: int
    minhash: bytes


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """One article and its events."""

    print: Print
    events: tuple[EventSignature, ...]
