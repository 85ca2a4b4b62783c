"""The editorial decisions of `choices.toml`, with types."""

from pathlib import Path

import msgspec


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Sizes(_Section, kw_only=True):
    """How many people a settlement needs, and how many aliases a place keeps."""

    war: int
    conflict: int
    elsewhere: int
    aliases: int


class Countries(_Section, kw_only=True):
    """Country codes, separated by spaces; `codes` repairs the code of an item."""

    war: str
    conflict: str
    romanised: str
    codes: dict[str, str]


class Unidentified(_Section, kw_only=True):
    """A place that is known by name only."""

    name: str
    country: str
    source: str


class PlaceChoices(_Section, kw_only=True):
    """Which places are left out, renamed or get aliases; keys are Wikidata items."""

    no_capitals: list[str]
    no_places: list[str]
    small_regions: str
    stem_only: list[str]
    common_words: str
    names: dict[str, str]
    refused: dict[str, list[str]]
    aliases: dict[str, list[str]]
    unidentified: list[Unidentified]


class Demonyms(_Section, kw_only=True):
    """Repairs of the list of demonyms: demonym → item, rows to drop."""

    first: dict[str, str]
    drop: list[str]
    more: dict[str, str]


class Bodies(_Section, kw_only=True):
    """Which organisations are taken, renamed or get aliases."""

    words: list[str]
    gone: list[str]
    acronyms_refused: list[str]
    general: list[str]
    take: list[str]
    names: dict[str, str]
    aliases: dict[str, list[str]]
    groups: dict[str, list[str]]


class PeopleChoices(_Section, kw_only=True):
    """Words that spoil a label, and aliases."""

    refused: list[str]
    names: dict[str, str]
    aliases: dict[str, list[str]]


class Abbreviations(_Section, kw_only=True):
    """Aliases of three letters and fewer that are kept."""

    kept: list[str]


class Choices(_Section, kw_only=True):
    """Everything in `choices.toml`."""

    sizes: Sizes
    countries: Countries
    places: PlaceChoices
    demonyms: Demonyms
    bodies: Bodies
    people: PeopleChoices
    abbreviations: Abbreviations


def read_choices(path: Path) -> Choices:
    """Return the decisions in `path`."""
    return msgspec.toml.decode(path.read_bytes(), type=Choices)
