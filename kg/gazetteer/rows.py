"""The form of a user's own table: gzipped tab-separated rows without a header, as `kg gazetteer refresh` writes them.

Columns: target, kind, type, name, aliases, demonyms, latitude, longitude, country, population, geonames id, source,
licence, keys; lists are joined by "|". Targets and keys are those of `kg.gazetteer.table`.
"""

import gzip
import zlib
from pathlib import Path

from msgspec import structs

from kg.errors import KgError
from kg.gazetteer import table
from kg.gazetteer.entry import Entry

MOST_BYTES = 200_000_000
"""The longest table that is read, unpacked."""

_COLUMNS = 11
"""The cells that a row begins with, as those of `kg.gazetteer.table` do."""
_UNTOLD = ("", "")
"""Years, and what a thing acts for, which only the tables that come with the program tell."""
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
    *cells, source, licence, _ = row.split("\t")
    if len(cells) != _COLUMNS:
        msg = f"it has {len(cells) + 3} cells, not {_COLUMNS + 3}"
        raise ValueError(msg)
    return table.decode([*cells, *_UNTOLD], source, licence)


def encode(entry: Entry, keys: list[str]) -> str:
    """Return the row of `entry`, found under `keys`."""
    return "\t".join([*table.encode(entry)[:_COLUMNS], entry.source, entry.licence, "|".join(keys)])
