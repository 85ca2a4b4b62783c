"""The form of the tables in `gazetteer/`: gzipped tab-separated rows without a header.

Columns: target, kind, type, name, aliases, demonyms, latitude, longitude, country, population, geonames id, source,
licence, keys. The target is "Q…" (Wikidata), "gn:…" (GeoNames) or empty. Lists are joined by "|". The last column holds
the folded names under which the row is found, so that loading folds nothing; a key starts with
"=" for a name, "~" for a loose key, "^" for a place's bare name before a region word, "%" for a demonym and "$" for a
surname.
"""

import gzip
from pathlib import Path

from kg.errors import KgError
from kg.gazetteer.entry import GEONAMES, WIKIDATA, Entry
from kg.records import EntityKind

COLUMNS = 14

NAME, LOOSE, STEM, DEMONYM, SURNAME = "=~^%$"


def read_rows(folder: Path) -> list[str]:
    """Return the rows of all tables in `folder`, as they stand.

    Raises:
        KgError: there is no table, or one cannot be read.
    """
    rows: list[str] = []
    for path in sorted(folder.glob("*.tsv.gz")):
        try:
            rows += gzip.decompress(path.read_bytes()).decode().rstrip("\n").split("\n")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            msg = f"cannot read the gazetteer table {path}: {error}; install conflict-kg again"
            raise KgError(msg) from error
    if not rows:
        msg = f"no gazetteer table (*.tsv.gz) in {folder}: build it with training/gazetteer/build.py"
        raise KgError(msg)
    return rows


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


def encode(entry: Entry, keys: list[str]) -> str:
    """Return the row of `entry`, found under `keys`."""
    target = entry.target or ""
    target = f"gn:{target[len(GEONAMES) : -1]}" if target.startswith(GEONAMES) else target.removeprefix(WIKIDATA)
    cells = (
        target,
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
