"""All events of a store in columns: what the map, the timeline, the list and the filters need, and nothing else.

Events refer to types and entities by their row numbers there. Days count from 1970-01-01; unknown is null.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import msgspec
import pyoxigraph as ox

from kg.ids import ENTITY_KIND
from kg.rdf.namespaces import LABEL, TYPE, ckg, last_part
from kg.serve.explorer import read
from kg.vocab import Vocab

_EPOCH = dt.date(1970, 1, 1).toordinal()
_SINGLE = ("status", "startDate", "endDate", "killedLow", "killedHigh")
_ROLES = {
    "place": ("place",),
    "perpetrator": ("perpetrator",),
    "alleged": ("allegedPerpetrator",),
    "target": ("target",),
    "weapon": ("weapon", "allegedWeapon"),
    "source": ("source",),
}
"""The columns of what takes part in events, and what the graph calls them."""

_Fact = tuple[str, list[int]]
"""A value, and the rows of the events that have it."""


class Types(msgspec.Struct, frozen=True, kw_only=True):
    """The leaf classes of events, each with the name of its parent."""

    id: list[str]
    label: list[str]
    parent: list[str]


class Entities(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an event refers to; an IRI is `prefix` and `iri`. Articles are here when they speak themselves."""

    prefix: str
    iri: list[str]
    label: list[str]
    kind: list[str]
    country: list[str | None]
    lat: list[float | None]
    long: list[float | None]


class Events(msgspec.Struct, frozen=True, kw_only=True):
    """One row an event; an IRI is `prefix` and `iri`."""

    prefix: str
    iri: list[str]
    label: list[str]
    type: list[int]
    status: list[str]
    start: list[int | None]
    end: list[int | None]
    low: list[int | None]
    high: list[int | None]
    place: list[list[int]]
    perpetrator: list[list[int]]
    alleged: list[list[int]]
    target: list[list[int]]
    weapon: list[list[int]]
    source: list[list[int]]


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """All events, and what they refer to."""

    types: Types
    entities: Entities
    events: Events


def columns(store: ox.Store, vocab: Vocab) -> Columns:
    """Read all events of `store`, in the order of their IRIs; the time grows with the number of triples."""
    classes = sorted(vocab.event_types)
    kinds = _kinds(store, classes)
    iris = sorted(kinds)
    facts = _facts(store, {iri: number for number, iri in enumerate(iris)})
    used = sorted({value for names in _ROLES.values() for name in names for value, _ in facts[name]})
    number = {iri: position for position, iri in enumerate(used)}
    labels = dict(read.pairs(store, LABEL))
    prefix = _prefix(iris)
    status, start, end, low, high = (_single(facts[name], len(iris)) for name in _SINGLE)
    roles = {
        role: _grouped([fact for name in names for fact in facts[name]], number, len(iris))
        for role, names in _ROLES.items()
    }
    events = Events(
        prefix=prefix,
        iri=[iri[len(prefix) :] for iri in iris],
        label=[labels.get(iri) or last_part(iri) for iri in iris],
        type=[kinds[iri] for iri in iris],
        status=[last_part(text or "") for text in status],
        start=[_day(text) for text in start],
        end=[_day(text) for text in end],
        low=[read.as_integer(text) for text in low],
        high=[read.as_integer(text) for text in high],
        **roles,
    )
    types = Types(
        id=classes,
        label=[vocab.event_types[name].label for name in classes],
        parent=[vocab.event_types[name].parent for name in classes],
    )
    return Columns(types=types, entities=_entities(store, used, labels), events=events)


def _kinds(store: ox.Store, classes: list[str]) -> dict[str, int]:
    """Return the row of the leaf class by event; of several the first one."""
    found: dict[str, int] = {}
    for number, name in enumerate(classes):
        for quad in store.quads_for_pattern(None, TYPE, ckg(name), None):
            found.setdefault(read.value(quad.subject), number)
    return found


def _facts(store: ox.Store, row: dict[str, int]) -> dict[str, list[_Fact]]:
    """Return what is said of the events, by the names of the properties; "source" is who makes claims about them."""
    facts: dict[str, list[_Fact]] = defaultdict(list)
    for query in ("facts", "sources"):
        for found in read.ask(store, query):
            rows = [row[iri] for iri in found["subjects"].split() if iri in row]
            if rows:
                facts[last_part(found.get("property", "source"))].append((found["value"], rows))
    return facts


def _grouped(facts: list[_Fact], number: dict[str, int], events: int) -> list[list[int]]:
    """Return the numbers of all values of each event, in their order."""
    cells: list[list[int]] = [[] for _ in range(events)]
    for value, rows in sorted(facts):
        for row in rows:
            if number[value] not in cells[row][-1:]:
                cells[row].append(number[value])
    return cells


def _single(facts: list[_Fact], events: int) -> list[str | None]:
    """Return one value of each event; of several the first in the order of characters."""
    cells: list[str | None] = [None] * events
    for value, rows in sorted(facts, reverse=True):
        for row in rows:
            cells[row] = value
    return cells


def _entities(store: ox.Store, used: list[str], labels: dict[str, str]) -> Entities:
    known = set(used)
    kinds = {
        read.value(quad.subject): kind.value
        for kind in ENTITY_KIND
        for quad in store.quads_for_pattern(None, TYPE, ckg(kind), None)
    }
    titles = {iri: text for term in (read.IDENTIFIER, read.TITLE) for iri, text in read.pairs(store, term)}
    country, lat, long = (
        {iri: text for iri, text in read.pairs(store, ckg(name)) if iri in known}
        for name in ("countryCode", "lat", "long")
    )
    prefix = _prefix(used)
    return Entities(
        prefix=prefix,
        iri=[iri[len(prefix) :] for iri in used],
        label=[labels.get(iri) or titles.get(iri) or last_part(iri) for iri in used],
        kind=[kinds.get(iri, "Article" if iri in titles else "Other") for iri in used],
        country=[country.get(iri) for iri in used],
        lat=[read.as_number(lat.get(iri)) for iri in used],
        long=[read.as_number(long.get(iri)) for iri in used],
    )


def _prefix(iris: Sequence[str]) -> str:
    """Return what all of the sorted IRIs begin with, up to a slash.

    >>> _prefix(["https://a.org/id/place/1", "https://a.org/id/place/12", "https://a.org/id/weapon/1"])
    'https://a.org/id/'
    """
    if not iris:
        return ""
    first, last = iris[0], iris[-1]
    shared = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind("/", 0, shared) + 1]


def _day(text: str | None) -> int | None:
    """Return the number of days since 1970-01-01.

    >>> _day("1970-02-01"), _day("soon")
    (31, None)
    """
    try:
        return dt.date.fromisoformat(text or "").toordinal() - _EPOCH
    except ValueError:
        return None
