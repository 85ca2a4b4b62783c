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
    aliases_of_small: int


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


class Seat(_Section, kw_only=True):
    """A seat of power that is known by name only, and the item of the government or ministry it stands for."""

    name: str
    country: str
    acts_for: str


class Twin(_Section, kw_only=True):
    """A region that lies where another does: its item, the item of the other, and its names."""

    item: str
    like: str
    name: str
    aliases: list[str]


class PlaceChoices(_Section, kw_only=True):
    """Which places are left out, renamed or get aliases; keys are Wikidata items."""

    no_capitals: list[str]
    no_places: list[str]
    small_regions: str
    stem_only: list[str]
    common_words: str
    twins: list[Twin]
    items: dict[str, str]
    names: dict[str, str]
    refused: dict[str, list[str]]
    aliases: dict[str, list[str]]
    unidentified: list[Unidentified]
    seats: list[Seat]


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
    """Who is taken beside those in office, words that spoil a label, names and aliases."""

    take: list[str]
    refused: list[str]
    names: dict[str, str]
    aliases: dict[str, list[str]]


class Abbreviations(_Section, kw_only=True):
    """Aliases of three letters and fewer that are kept; the reader of texts is not told of the quiet ones."""

    kept: list[str]
    quiet: list[str]


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
