"""The form of the tables in `gazetteer/`: gzipped tab-separated rows without a header.

Columns: target, kind, type, name, aliases, demonyms, latitude, longitude, country, population, geonames id, source,
licence, keys. The target is "Q…" (Wikidata), "gn:…" (GeoNames) or empty. Lists are joined by "|". The last column holds
the folded names under which the row is found, so that loading folds nothing; a key starts with
"=" for a name, "~" for a loose key, "^" for a place's bare name before a region word, "%" for a demonym and "$" for a
surname.
"""

import gzip
import zlib
from pathlib import Path

from kg.errors import KgError
from kg.gazetteer.entry import GEONAMES, WIKIDATA, Entry
from kg.records import EntityKind

COLUMNS = 14
MOST_BYTES = 200_000_000
"""The longest table that is read, unpacked."""

_LISTS = (4, 5, 13)

NAME, LOOSE, STEM, DEMONYM, SURNAME = "=~^%$"


def read_rows(folder: Path) -> list[str]:
    """Return the rows of all tables in `folder`, as they stand.

    Raises:
        KgError: there is no table, or one cannot be read.
    """
    rows = [row for path in sorted(folder.glob("*.tsv.gz")) for row in _lines(path)]
    if not rows:
        msg = f"no gazetteer table (*.tsv.gz) in {folder}: build it with training/gazetteer/build.py"
        raise KgError(msg)
    return rows


def read_table(path: Path) -> list[str]:
    """Return the rows of a user's table; each is looked at, for it may be anything.

    Raises:
        KgError: the table cannot be read, or a row is none.
    """
    rows = _lines(path)
    for number, row in enumerate(rows, start=1):
        try:
            decode(row)
        except ValueError as error:
            raise KgError(f"{path}, line {number}: no row of a gazetteer table ({error}): write it anew") from error
    return rows


def join(rows: list[str], more: list[str]) -> list[str]:
    """Return `rows` and `more`; what both know is told by `more`, and keeps the names and keys that `rows` had for it."""
    at = {row.partition("\t")[0]: number for number, row in enumerate(rows) if row[0] != "\t"}
    joined = list(rows)
    for row in more:
        number = at.get(row.partition("\t")[0])
        if number is None:
            joined.append(row)
        else:
            joined[number] = _over(joined[number], row)
    return joined


def _over(old: str, new: str) -> str:
    before, after = old.split("\t"), new.split("\t")
    for column in _LISTS:
        kept = dict.fromkeys([*after[column].split("|"), *before[column].split("|")])
        after[column] = "|".join(word for word in kept if word)
    return "\t".join(cell or old_cell for cell, old_cell in zip(after, before, strict=True))


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
        target=_iri(target),
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


def _iri(target: str) -> str | None:
    if not target:
        return None
    return f"{GEONAMES}{target[3:]}/" if target.startswith("gn:") else WIKIDATA + target


def short(target: str) -> str:
    """Return the IRI `target` as the first column has it.

    >>> short("http://www.wikidata.org/entity/Q1"), short("https://sws.geonames.org/2/")
    ('Q1', 'gn:2')
    """
    return f"gn:{target[len(GEONAMES) : -1]}" if target.startswith(GEONAMES) else target.removeprefix(WIKIDATA)


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
