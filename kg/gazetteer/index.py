"""Finding entries by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from kg.gazetteer import table
from kg.gazetteer.entry import Entry, PlaceScope
from kg.gazetteer.fold import fold, loosen, plain, scoped, strip_the
from kg.records import EntityKind, Record
from kg.resources import folder as resource_folder

_SETTLEMENTS = frozenset({"city", "district"})


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
        rows: rows in the form that `kg.gazetteer.table` describes; they are decoded when they are needed.
    """

    def __init__(self, rows: Sequence[str]) -> None:
        self._rows = rows
        self._decoded: dict[int, Entry] = {}
        self._index: dict[str, list[int]] = {}
        for number, row in enumerate(rows):
            for key in row[row.rfind("\t") + 1 :].split("|"):
                if key in self._index:
                    self._index[key].append(number)
                else:
                    self._index[key] = [number]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Entry]:
        return (self._entry(number) for number in range(len(self._rows)))

    def lookup(self, surface: str, kind: EntityKind | None = None) -> Sequence[Entry]:
        """Return the entries that `surface` may name, those of `kind` if it is given."""
        return [match.entry for match in self.find(surface, kind)]

    def find(self, surface: str, kind: EntityKind | None = None) -> Sequence[Match]:
        """Return the entries that `surface` may name and how they were found; only the best tier that finds any.

        "Raqqa", "Al-Raqqah" and "Ar-Raqqa" find the same entries; "Idlib province" finds regions, "Gaza City"
        settlements.
        """
        key = fold(surface)
        bare = strip_the(key)
        for found in self._tries(key, bare):
            matches = [match for match in found if kind is None or match.entry.kind is kind]
            if matches:
                return matches
        return []

    def _tries(self, key: str, bare: str) -> Iterator[list[Match]]:
        yield self._named(key)
        if bare != key:
            yield self._named(bare)
        for stem, scope in scoped(bare):
            yield self._scoped(stem, scope)
        yield self._at(table.DEMONYM + bare, Tier.DEMONYM)
        loose = loosen(bare)
        yield self._at(table.LOOSE + loose, Tier.LOOSE) + self._at(table.NAME + loose, Tier.LOOSE)
        yield self._at(table.SURNAME + loose, Tier.SURNAME)

    def _at(self, key: str, tier: Tier) -> list[Match]:
        return [Match(entry=self._entry(number), tier=tier) for number in self._index.get(key, ())]

    def _named(self, key: str) -> list[Match]:
        return [
            Match(entry=entry, tier=Tier.NAME if fold(entry.name) == key else Tier.ALIAS)
            for entry in map(self._entry, self._index.get(table.NAME + key, ()))
        ]

    def _scoped(self, stem: str, scope: PlaceScope) -> list[Match]:
        numbers = dict.fromkeys(
            number
            for key in (table.STEM + stem, table.NAME + stem, table.STEM + loosen(stem), table.LOOSE + loosen(stem))
            for number in self._index.get(key, ())
        )
        entries = [
            entry for entry in map(self._entry, numbers) if entry.kind is EntityKind.PLACE and entry.scope is scope
        ]
        exact = [entry for entry in entries if fold(entry.name) == stem or fold(entry.name).startswith(stem + " ")]
        return [Match(entry=entry, tier=Tier.SCOPED) for entry in exact or entries]

    def _entry(self, number: int) -> Entry:
        entry = self._decoded.get(number)
        if entry is None:
            entry = self._decoded[number] = table.decode(self._rows[number])
        return entry

    def kinds(self, surface: str) -> frozenset[EntityKind]:
        """Return the kinds of what bears the name `surface`, spelling variants aside; made for asking often."""
        numbers = self._index.get(table.NAME + strip_the(fold(surface)), ())
        return frozenset(EntityKind(self._rows[number].split("\t", 2)[1]) for number in numbers)

    def names(self, *, least_people: int = 30_000) -> Iterator[tuple[str, EntityKind]]:
        """Yield the names that may stand alone, as written, with the kind of what they name; no demonyms, no surnames.

        A name with accents comes without them too. Settlements with fewer than `least_people` are left out.
        """
        for row in self._rows:
            _, label, type_, name, aliases, _, _, _, _, population, _ = row.split("\t", 10)
            small = type_ in _SETTLEMENTS and int(population or 0) < least_people
            if small or row[row.rfind("\t") + 1] != table.NAME:
                continue
            kind = EntityKind(label)
            for surface in (name, *aliases.split("|")) if aliases else (name,):
                yield surface, kind
                if not surface.isascii():
                    yield plain(surface), kind

    def by_target(self, target: str) -> Entry | None:
        """Return the entry whose Wikidata or GeoNames IRI is `target`."""
        number = self._by_target.get(table.short(target))
        return None if number is None else self._entry(number)

    @cached_property
    def _by_target(self) -> Mapping[str, int]:
        return {row.partition("\t")[0]: number for number, row in enumerate(self._rows)}

    @cached_property
    def demonyms(self) -> Mapping[str, Entry]:
        """Words for the people of a country ("Russian", "Russians") → the country."""
        found: dict[str, Entry] = {}
        for number in sorted({n for key, numbers in self._index.items() if key[0] == table.DEMONYM for n in numbers}):
            entry = self._entry(number)
            for word in entry.demonyms:
                known = found.get(word)
                if known is None or (entry.population or 0) > (known.population or 0):
                    found[word] = entry
        return found

    @cached_property
    def countries(self) -> Mapping[str, Entry]:
        """ISO 3166-1 alpha-2 code → the country or territory."""
        found: dict[str, Entry] = {}
        for number, row in enumerate(self._rows):
            type_ = row.split("\t", 3)[2]
            if type_ in {"country", "territory"}:
                entry = self._entry(number)
                if entry.country and (type_ == "country" or entry.country not in found):
                    found[entry.country] = entry
        return found

    @cached_property
    def metonyms(self) -> Mapping[str, Entry]:
        """A capital's name → the government that it may stand for."""
        governments: dict[str, Entry] = {}
        capitals: list[Entry] = []
        for number, row in enumerate(self._rows):
            type_ = row.split("\t", 3)[2]
            if type_ == "capital":
                capitals.append(self._entry(number))
            elif type_ == "government":
                entry = self._entry(number)
                if entry.country:
                    governments.setdefault(entry.country, entry)
        return {capital.name: governments[capital.country] for capital in capitals if capital.country in governments}


def load_gazetteer(folder: Path | None = None, *, more: Iterable[Path] = ()) -> Gazetteer:
    """Read the tables in `folder`, by default those that come with the program, and the tables `more`.

    Raises:
        KgError: there is no table, or one cannot be read.
    """
    rows = table.read_rows(folder or resource_folder("gazetteer"))
    for path in more:
        rows = table.join(rows, table.read_table(path))
    return Gazetteer(rows)
