"""The form of a user's own table: gzipped tab-separated rows without a header, as `kg gazetteer refresh` writes them.

Columns: target, kind, type, name, aliases, demonyms, latitude, longitude, country, population, geonames id, source,
licence, keys; lists are joined by "|". Targets and keys are those of `kg.gazetteer.table`.
"""

import gzip
import zlib
from pathlib import Path

from msgspec import structs

from kg.errors import KgError
from kg.gazetteer.entry import GEONAMES, Entry
from kg.gazetteer.table import iri_of, short
from kg.records import EntityKind

MOST_BYTES = 200_000_000
"""The longest table that is read, unpacked."""

_JOINED = ("aliases", "demonyms")


def read_table(path: Path) -> list[tuple[Entry, list[str]]]:
    """Return the entries of a user's table with their keys; each row is looked at, for it may be anything.

    Raises:
        KgError: the table cannot be read, or a row is none.
    """
    found = []
    for number, row in enumerate(_lines(path), start=1):
        try:
            entry = decode(row)
        except ValueError as error:
            raise KgError(f"{path}, line {number}: no row of a gazetteer table ({error}): write it anew") from error
        found.append((entry, [key for key in row.rpartition("\t")[2].split("|") if key]))
    return found


def over(old: Entry, new: Entry) -> Entry:
    """Return `new` with what only `old` tells, and the aliases and demonyms of both."""
    told = {name: getattr(new, name) for name in new.__struct_fields__ if getattr(new, name) not in (None, "", ())}
    lists = {name: tuple(dict.fromkeys((*getattr(new, name), *getattr(old, name)))) for name in _JOINED}
    return structs.replace(old, **{**told, **lists})


def _lines(path: Path) -> list[str]:
    try:
        with gzip.open(path) as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise KgError(f"the gazetteer table {path} holds more than {MOST_BYTES:,} bytes")
        text = data.decode().rstrip("\n")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        msg = (
            f"cannot read the gazetteer table {path}: {error}; install conflict-kg again, or write your own table anew"
        )
        raise KgError(msg) from error
    return text.split("\n") if text else []


def decode(row: str) -> Entry:
    """Return the entry that `row` holds."""
    target, kind, type_, name, aliases, demonyms, lat, lon, country, population, geonames, source, licence, _ = (
        row.split("\t")
    )
    return Entry(
        target=iri_of(target),
        kind=EntityKind(kind),
        type=type_,
        name=name,
        aliases=tuple(aliases.split("|")) if aliases else (),
        demonyms=tuple(demonyms.split("|")) if demonyms else (),
        latitude=float(lat) if lat else None,
        longitude=float(lon) if lon else None,
        country=country or None,
        population=int(population) if population else None,
        geonames=f"{GEONAMES}{geonames}/" if geonames else None,
        source=source,
        licence=licence,
    )


def encode(entry: Entry, keys: list[str]) -> str:
    """Return the row of `entry`, found under `keys`."""
    cells = (
        short(entry.target or ""),
        entry.kind.value,
        entry.type,
        entry.name,
        "|".join(entry.aliases),
        "|".join(entry.demonyms),
        "" if entry.latitude is None else f"{entry.latitude:.4f}".rstrip("0").rstrip("."),
        "" if entry.longitude is None else f"{entry.longitude:.4f}".rstrip("0").rstrip("."),
        entry.country or "",
        str(entry.population or ""),
        entry.geonames.removeprefix(GEONAMES).rstrip("/") if entry.geonames else "",
        entry.source,
        entry.licence,
        "|".join(keys),
    )
    return "\t".join(cells)
