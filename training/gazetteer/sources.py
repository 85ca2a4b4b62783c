"""Reading the raw tables, and where each comes from."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

LICENCES = {
    "natural-earth": "CC-BY-4.0",  # Natural Earth itself is in the public domain, the aliases beside it are GeoNames'
    "rigour": "MIT",
    "countries-states-cities": "ODbL-1.0",
    "geonames": "CC-BY-4.0",
    "wikidata": "CC0-1.0",
    "ucdp": "CC-BY-4.0",
    "oryx": "LicenseRef-names-only",  # names and classes of models, no other content
    "choices": "Apache-2.0",
}
PLACE_SOURCES = {
    "ne": "natural-earth",
    "rigour": "rigour",
    "dr5hn": "countries-states-cities",
    "dr5hn-st": "countries-states-cities",
}


@dataclass(frozen=True, kw_only=True)
class RawPlace:
    """One row of a places table; `id` is "Q…" or "gn:…"."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    lat: float | None
    lon: float | None
    country: str
    population: int
    geonames: str
    source: str


def read_tsv(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a tab-separated file; nothing when there is no such file."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                yield line.split("\t")


def read_places(path: Path) -> Iterator[RawPlace]:
    """Yield the rows of a places table."""
    for row in read_tsv(path):
        id_, type_, name, aliases, lat, lon, country, population, *rest = row
        geonames, source = rest or (id_.removeprefix("gn:"), "geonames")
        yield RawPlace(
            id=id_,
            type=type_,
            name=name,
            aliases=tuple(aliases.split("|")) if aliases else (),
            lat=float(lat) if lat else None,
            lon=float(lon) if lon else None,
            country=country,
            population=int(population or 0),
            geonames=geonames,
            source=PLACE_SOURCES.get(source, source),
        )


class Territory(msgspec.Struct, frozen=True, kw_only=True):
    """One record of `territories.jsonl`; its weak names are not read."""

    qid: str
    name: str
    full_name: str
    names_strong: list[str] = []


def read_territories(path: Path) -> Iterator[Territory]:
    """Yield the records of `territories.jsonl`."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                yield msgspec.json.decode(line, type=Territory)


def read_actors(path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of UCDP's list of actors."""
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
