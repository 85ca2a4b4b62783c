"""The form of the tables in `gazetteer/`: memory-mapped, read-only, so that opening one reads nothing.

A file holds, one after another and little-endian: the magic number and the numbers of keys, rows and bytes of the list
of sources (8 bytes each); the hash of each key (8 bytes), sorted; what each key names (4 bytes); where each row begins
and the last ends (4 bytes); the list of sources; the rows.

A row is a line of cells separated by tabs: target, kind, type, name, aliases, demonyms, latitude, longitude, country,
population, GeoNames id, years, what it acts for, source. Targets are "Q…" (Wikidata), "gn:…" (GeoNames) or empty. Lists
are joined by "|". The source is a line number in the list of sources, whose lines hold a name and an SPDX licence.
Countries, territories, governments and capitals come first.

A key is a folded name behind a mark: "=" for a name, "~" for a loose key, "^" for a place's bare name before a region
word, "%" for a demonym, "$" for a surname; or a target behind "@". "-" marks, until a table is packed, a name that the
reader of texts is not told: a hamlet called like many other things. `pack` refuses two keys of one hash.
"""

import mmap
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from kg.errors import KgError
from kg.gazetteer.entry import GEONAMES, WIKIDATA, Entry
from kg.records import EntityKind

NAME, LOOSE, STEM, DEMONYM, SURNAME, TARGET, QUIET = "=~^%$@-"
SUFFIX = ".kgz"
HEADS = ("country", "territory", "government", "capital")
"""The types of the rows that come first."""

_MAGIC = int.from_bytes(b"kg-gaz-2", "big")
_HEADER = struct.Struct("<QQQQ")
_KINDS = tuple(EntityKind)
_KIND_BITS, _TOLD = 24, 1 << 27
_ROW = (1 << _KIND_BITS) - 1


class Table:
    """One table.

    Args:
        data: what `pack` made, in memory or mapped.

    Raises:
        ValueError: `data` is something else.
    """

    def __init__(self, data: "bytes | mmap.mmap") -> None:
        view = memoryview(data)
        header = _HEADER.size
        magic, keys, rows, listed = view[:header].cast("Q") if len(view) >= header else (0, 0, 0, 0)
        if magic != _MAGIC:
            msg = "no table of this version, or not a little-endian machine"
            raise ValueError(msg)
        ends = (header + 8 * keys, header + 12 * keys, header + 12 * keys + 4 * rows + 4)
        self._hashes = view[header : ends[0]].cast("Q")
        self._refs = view[ends[0] : ends[1]].cast("I")
        self._starts = view[ends[1] : ends[2]].cast("I")
        sources = str(view[ends[2] : ends[2] + listed], "utf-8").split("\n")
        self._sources = [tuple(line.split("\t")) for line in sources]
        self._text = view[ends[2] + listed :]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def row(self, number: int) -> Entry:
        """Return the entry in row `number`."""
        text = str(self._text[self._starts[number] : self._starts[number + 1]], "utf-8")
        *cells, source = text.split("\t")
        return decode(cells, *self._sources[int(source)])

    def find(self, digest: int) -> list[int]:
        """Return the numbers of the rows under the key with this digest."""
        return [ref & _ROW for ref in self._at(digest)]

    def kinds(self, digest: int) -> Iterator[EntityKind]:
        """Yield the kinds of the rows that the reader of texts is told under the key with this digest."""
        return (_KINDS[(ref & ~_TOLD) >> _KIND_BITS] for ref in self._at(digest) if ref & _TOLD)

    def _at(self, digest: int) -> Iterator[int]:
        hashes = self._hashes
        at, end = bisect_left(hashes, digest), len(hashes)
        while at < end and hashes[at] == digest:
            yield self._refs[at]
            at += 1


def hash_key(key: str) -> int:
    """Return the 64 bits under which a table holds `key`."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def read_tables(folder: Path) -> list[Table]:
    """Open all tables in `folder`.

    Raises:
        KgError: there is no table, or one cannot be read.
    """
    tables = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            with path.open("rb") as file:
                tables.append(Table(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
        except (OSError, ValueError) as error:
            msg = f"cannot read the gazetteer table {path}: {error}; install conflict-kg again"
            raise KgError(msg) from error
    if not tables:
        msg = f"no gazetteer table (*{SUFFIX}) in {folder}: build it with training/gazetteer/build.py"
        raise KgError(msg)
    return tables


def pack(rows: Sequence[tuple[Entry, Sequence[str]]], *, digest_of: Callable[[str], int] = hash_key) -> bytes:
    """Return the table of entries and the keys under which each is found; `digest_of` hashes a key.

    Raises:
        ValueError: two keys have one hash.
    """
    rank = {type_: number for number, type_ in enumerate(HEADS)}
    ordered = sorted(rows, key=lambda row: rank.get(row[0].type, len(rank)))
    sources = sorted({f"{entry.source}\t{entry.licence}" for entry, _ in ordered})
    lines = [
        "\t".join([*encode(entry), str(sources.index(f"{entry.source}\t{entry.licence}"))]).encode()
        for entry, _ in ordered
    ]
    refs: set[tuple[int, int]] = set()
    known: dict[int, str] = {}
    for number, (entry, keys) in enumerate(ordered):
        for key in keys:
            stored = NAME + key[1:] if key[0] == QUIET else key
            digest = digest_of(stored)
            if known.setdefault(digest, stored) != stored:
                msg = f"{stored} and {known[digest]} have one hash"
                raise ValueError(msg)
            refs.add((digest, number | _KINDS.index(entry.kind) << _KIND_BITS | (_TOLD if key[0] == NAME else 0)))
    found = sorted(refs)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    listed = "\n".join(sources).encode()
    return b"".join(
        (
            _HEADER.pack(_MAGIC, len(found), len(lines), len(listed)),
            struct.pack(f"<{len(found)}Q", *(digest for digest, _ in found)),
            struct.pack(f"<{len(found)}I", *(ref for _, ref in found)),
            struct.pack(f"<{len(starts)}I", *starts),
            listed,
            *lines,
        )
    )


def decode(cells: Sequence[str], source: str, licence: str) -> Entry:
    """Return the entry of a row's cells, the source left out.

    Raises:
        ValueError: they are no row's.
    """
    target, kind, type_, name, aliases, demonyms, lat, lon, country, population, geonames, years, acts_for = cells
    since, _, until = years.partition("-")
    iri = iri_of(target)
    return Entry(
        target=iri,
        kind=EntityKind(kind),
        type=type_,
        name=name,
        aliases=tuple(aliases.split("|")) if aliases else (),
        demonyms=tuple(demonyms.split("|")) if demonyms else (),
        latitude=float(lat) if lat else None,
        longitude=float(lon) if lon else None,
        country=country or None,
        population=int(population) if population else None,
        geonames=f"{GEONAMES}{geonames}/" if geonames else iri if target.startswith("gn:") else None,
        since=int(since) if since else None,
        until=int(until) if until else None,
        acts_for=iri_of(acts_for),
        source=source,
        licence=licence,
    )


def encode(entry: Entry) -> list[str]:
    """Return the cells of the row of an entry, the source left out."""
    years = "" if entry.since is entry.until is None else f"{entry.since or ''}-{entry.until or ''}"
    return [
        short(entry.target),
        entry.kind.value,
        entry.type,
        entry.name,
        "|".join(entry.aliases),
        "|".join(entry.demonyms),
        "" if entry.latitude is None else f"{entry.latitude:.4f}".rstrip("0").rstrip("."),
        "" if entry.longitude is None else f"{entry.longitude:.4f}".rstrip("0").rstrip("."),
        entry.country or "",
        str(entry.population or ""),
        "" if entry.geonames == entry.target else short(entry.geonames).removeprefix("gn:"),
        years,
        short(entry.acts_for),
    ]


def iri_of(target: str) -> str | None:
    """Return the IRI of a target as tables write it, `None` of ""."""
    if not target:
        return None
    return f"{GEONAMES}{target[3:]}/" if target.startswith("gn:") else WIKIDATA + target


def short(iri: str | None) -> str:
    """Return the target as tables write it: "Q…" or "gn:…", "" for `None`."""
    if iri is None:
        return ""
    return f"gn:{iri[len(GEONAMES) : -1]}" if iri.startswith(GEONAMES) else iri.removeprefix(WIKIDATA)
