"""Finding entries by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from kg.gazetteer import table
from kg.gazetteer.entry import Entry, PlaceScope
from kg.gazetteer.fold import fold, loosen, scoped, strip_the
from kg.gazetteer.rows import over, read_table
from kg.gazetteer.table import Table, hash_key
from kg.records import EntityKind, Record
from kg.resources import folder as resource_folder

_CACHED = 10_000
_LOOSE = (table.LOOSE, table.NAME)
_LEAST_LOOSE = 5
"""The least letters of a name that may be spelled otherwise: "Asia" is no spelling of Ashiya."""


class Tier(StrEnum):
    """How a surface found an entry, best first."""

    NAME = "name"
    ALIAS = "alias"
    SCOPED = "name with a region word"
    DEMONYM = "demonym"
    LOOSE = "other transliteration"
    SURNAME = "surname"


class Match(Record, frozen=True, kw_only=True):
    """An entry and how it was found."""

    entry: Entry
    tier: Tier


class Gazetteer:
    """Entries by folded name.

    Args:
        tables: where they are; rows are read when they are needed.
        replaced: number of a table and of a row in it → the entry that a later table puts in its place.
    """

    def __init__(self, tables: Sequence[Table], replaced: Mapping[tuple[int, int], Entry] | None = None) -> None:
        self._tables = tables
        self._replaced = replaced or {}
        self._rows: dict[tuple[int, int], Entry] = {}
        self._kinds: dict[str, frozenset[EntityKind]] = {}
        self._found: dict[tuple[str, EntityKind | None], Sequence[Match]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._tables)) - len(self._replaced)

    def __iter__(self) -> Iterator[Entry]:
        for number, part in enumerate(self._tables):
            yield from (part.row(row) for row in range(len(part)) if (number, row) not in self._replaced)

    def lookup(self, surface: str, kind: EntityKind | None = None) -> Sequence[Entry]:
        """Return the entries that `surface` may name, those of `kind` if it is given."""
        return [match.entry for match in self.find(surface, kind)]

    def find(self, surface: str, kind: EntityKind | None = None) -> Sequence[Match]:
        """Return the entries that `surface` may name and how they were found; only the best tier that finds any.

        "Raqqa", "Al-Raqqah" and "Ar-Raqqa" find the same entries; "Idlib province" finds regions, "Gaza City"
        settlements.
        """
        found = self._found.get((surface, kind))
        if found is None:
            if len(self._found) >= _CACHED:
                self._found.clear()
            found = self._found[surface, kind] = self._find(surface, kind)
        return found

    def _find(self, surface: str, kind: EntityKind | None) -> Sequence[Match]:
        key = fold(surface)
        for found in self._tries(key, strip_the(key)):
            matches = tuple(match for match in found if kind is None or match.entry.kind is kind)
            if matches:
                return matches
        return ()

    def _tries(self, key: str, bare: str) -> Iterator[list[Match]]:
        yield self._named(key)
        if bare != key:
            yield self._named(bare)
        for stem, scope in scoped(bare):
            yield self._scoped(stem, scope)
        yield [Match(entry=entry, tier=Tier.DEMONYM) for entry in self._at(table.DEMONYM + bare)]
        loose = loosen(bare)
        if len(bare) >= _LEAST_LOOSE:
            yield [Match(entry=entry, tier=Tier.LOOSE) for mark in _LOOSE for entry in self._at(mark + loose)]
        yield [Match(entry=entry, tier=Tier.SURNAME) for entry in self._at(table.SURNAME + loose)]

    def _named(self, key: str) -> list[Match]:
        return [
            Match(entry=entry, tier=Tier.NAME if fold(entry.name) == key else Tier.ALIAS)
            for entry in self._at(table.NAME + key)
        ]

    def _scoped(self, stem: str, scope: PlaceScope) -> list[Match]:
        loose = loosen(stem)
        keys = (table.STEM + stem, table.NAME + stem, table.STEM + loose, table.LOOSE + loose)
        entries = [
            entry
            for entry in dict.fromkeys(entry for key in keys for entry in self._at(key))
            if entry.kind is EntityKind.PLACE and entry.scope is scope
        ]
        exact = [entry for entry in entries if fold(entry.name) == stem or fold(entry.name).startswith(stem + " ")]
        return [Match(entry=entry, tier=Tier.SCOPED) for entry in exact or entries]

    def _at(self, key: str) -> Iterable[Entry]:
        entries = (self._row(*place) for place in self._places(key))
        return dict.fromkeys(entries) if self._replaced else entries

    def _places(self, key: str) -> Iterator[tuple[int, int]]:
        digest = hash_key(key)
        for number, part in enumerate(self._tables):
            for row in part.find(digest):
                yield number, row

    def _row(self, part: int, number: int) -> Entry:
        entry = self._replaced.get((part, number)) or self._rows.get((part, number))
        if entry is None:
            if len(self._rows) >= _CACHED:
                self._rows.clear()
            entry = self._rows[part, number] = self._tables[part].row(number)
        return entry

    def by_target(self, target: str) -> Entry | None:
        """Return the entry whose Wikidata or GeoNames IRI is `target`."""
        return next(iter(self._at(table.TARGET + table.short(target))), None)

    def with_table(self, rows: Iterable[tuple[Entry, Sequence[str]]]) -> "Gazetteer":
        """Return a gazetteer with more rows; what both know is told by these, and keeps the keys that it had."""
        replaced = dict(self._replaced)
        added = []
        for entry, keys in rows:
            key = table.TARGET + table.short(entry.target)
            places = list(self._places(key)) if entry.target else []
            known = over(self._row(*places[0]), entry) if places else entry
            replaced.update(dict.fromkeys(places, known))
            added.append((known, list(dict.fromkeys([*keys, *([key] if entry.target else [])]))))
        return Gazetteer([*self._tables, Table(table.pack(added))], replaced)

    def kinds(self, surface: str) -> frozenset[EntityKind]:
        """Return the kinds of what bears the name `surface`, spelling variants aside; made for asking often.

        Small places count only where wars are reported village by village: elsewhere their names are mostly others'.
        """
        kinds = self._kinds.get(surface)
        if kinds is None:
            digest = hash_key(table.NAME + strip_the(fold(surface)))
            if len(self._kinds) >= _CACHED:
                self._kinds.clear()
            kinds = self._kinds[surface] = frozenset(kind for part in self._tables for kind in part.kinds(digest))
        return kinds

    def _heads(self) -> Iterator[Entry]:
        for number, part in enumerate(self._tables):
            rows = (self._row(number, row) for row in range(len(part)))
            yield from takewhile(lambda entry: entry.type in table.HEADS, rows)

    @cached_property
    def demonyms(self) -> Mapping[str, Entry]:
        """Words for the people of a country ("Russian", "Russians") → the country."""
        found: dict[str, Entry] = {}
        for entry in self._heads():
            for word in entry.demonyms:
                known = found.get(word)
                if known is None or (entry.population or 0) > (known.population or 0):
                    found[word] = entry
        return found

    @cached_property
    def countries(self) -> Mapping[str, Entry]:
        """ISO 3166-1 alpha-2 code → the country or territory."""
        found: dict[str, Entry] = {}
        for entry in self._heads():
            if entry.type in {"country", "territory"} and entry.country:
                known = found.get(entry.country)
                if known is None or (entry.type == "country" and known.type != "country"):
                    found[entry.country] = entry
        return found


def load_gazetteer(folder: Path | None = None, *, more: Iterable[Path] = ()) -> Gazetteer:
    """Open the tables in `folder`, by default those that come with the program, and read the user's tables `more`.

    Raises:
        KgError: there is no table, or one cannot be read.
    """
    gazetteer = Gazetteer(table.read_tables(folder or resource_folder("gazetteer")))
    for path in more:
        gazetteer = gazetteer.with_table(read_table(path))
    return gazetteer
