"""A user's table of names, drawn from live Wikidata by the queries in `queries/wikidata/refresh/`."""

import datetime as dt
import gzip
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.errors import EndpointError
from kg.gazetteer import GEONAMES, WIKIDATA, Entry, fold
from kg.gazetteer.keys import keys_of
from kg.gazetteer.rows import encode
from kg.link.wikidata import values
from kg.link.wikidata.client import Client, Row
from kg.records import EntityKind
from kg.resources import folder

_LEAST_NAME = 4
_LISTED = frozenset("UN EU US UK IS IDF FSB".split())


def parts() -> Mapping[str, str]:
    """Return the queries by name: what a table may hold."""
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((folder("queries") / "wikidata" / "refresh").glob("*.rq"))
    }


def fetch(client: Client, name: str, day: dt.date) -> list[Entry]:
    """Return the entries of the part `name`, as Wikidata has them on `day`.

    Raises:
        EndpointError: Wikidata is out of reach, or has none.
    """
    entries = [entry for entry in (_entry(row, day) for row in client.select(parts()[name])) if entry is not None]
    if not entries:
        raise EndpointError(f"Wikidata's answer about {name} holds no usable row; nothing was written")
    return entries


def to_table(entries: Sequence[Entry]) -> bytes:
    """Return the entries, each target once, as a packed table; the same entries give the same bytes."""
    by_target = {entry.target: entry for entry in reversed(entries)}
    surnames = Counter(fold(entry.name.split()[-1]) for entry in by_target.values() if entry.kind is EntityKind.PERSON)
    rows = sorted(encode(entry, keys_of(entry, surname=_surname(entry, surnames))) for entry in by_target.values())
    return gzip.compress("".join(row + "\n" for row in rows).encode(), compresslevel=9, mtime=0)


def _surname(entry: Entry, surnames: Mapping[str, int]) -> str | None:
    """Return the last name of a person, if it may stand alone for them."""
    words = entry.name.split()
    alone = entry.kind is EntityKind.PERSON and len(words) > 1 and surnames[fold(words[-1])] == 1
    return words[-1] if alone and len(words[-1]) >= _LEAST_NAME else None


def _entry(row: Row, day: dt.date) -> Entry | None:
    """Return the entry of one solution, `None` when it has no usable name or identifier."""
    qid, label = values.qid(row.get("item", "")), values.line(row.get("label", ""))
    kind, people = row.get("kind", ""), row.get("population", "").partition(".")[0]
    if qid is None or kind not in {known.value for known in EntityKind} or not _is_usable(label):
        return None
    latitude, longitude = values.position(row.get("position", ""))
    number = values.single(row.get("geonames", ""), values.NUMBER)
    return Entry(
        target=WIKIDATA + qid,
        kind=EntityKind(kind),
        type=values.line(row.get("type", "")) or kind.lower(),
        name=label,
        aliases=tuple(_aliases(row.get("aliases", ""), label)),
        latitude=latitude,
        longitude=longitude,
        country=values.single(row.get("countries", ""), values.COUNTRY),
        population=int(people) if values.NUMBER.fullmatch(people) else None,
        geonames=f"{GEONAMES}{number}/" if number else None,
        source=f"wikidata {day.isoformat()}",
        licence=values.LICENCE,
    )


def _aliases(told: str, label: str) -> Iterator[str]:
    seen = {fold(label)}
    for alias in sorted({values.line(alias) for alias in told.split("|")}):
        if _is_usable(alias) and fold(alias) not in seen:
            seen.add(fold(alias))
            yield alias


def _is_usable(name: str) -> bool:
    """Tell whether a name may be found in texts: a word with a letter, longer than a code unless listed, without a tab."""
    return name in _LISTED or (len(fold(name)) >= _LEAST_NAME and name.isprintable() and "|" not in name)
