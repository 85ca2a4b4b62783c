"""Places from the raw tables: which ones, and under which names."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from choices import Choices, Seat, Unidentified
from msgspec import structs
from names import distinct, good_alias, is_latin, press_name, without_brackets
from sources import LICENCES, RawPlace, read_places, read_territories, read_tsv

from kg.gazetteer import GEONAMES, WIKIDATA, Entry, fold
from kg.gazetteer.fold import loosen, scoped
from kg.records import EntityKind

_SETTLEMENTS = frozenset(
    {"city", "capital", "town", "settlement", "village", "municipality", "locality", "cities", "township", "place"}
)
_DISTRICTS = frozenset({"district", "county", "regency", "section", "adm4", "prefecture", "parish"})
_SAME_PLACE_KM = 15.0


class Places:
    """All places that the gazetteer takes in; `told` holds the targets of those that the reader of texts is told.

    Args:
        raw: the folder of raw tables.
        choices: the editorial decisions of `choices.toml`.
    """

    def __init__(self, raw: Path, choices: Choices) -> None:
        self._choices = choices
        self._sizes = choices.sizes
        self._conflict = frozenset(choices.countries.conflict.split())
        self._war = frozenset(choices.countries.war.split())
        self._romanised = frozenset(choices.countries.romanised.split())
        self._small_regions = frozenset(choices.places.small_regions.split())
        self._common = frozenset(choices.places.common_words.split())
        self._acts_for = {
            row[1]: WIKIDATA + row[4]
            for row in read_tsv(raw / "metonyms.tsv")
            if row[0] not in choices.places.no_capitals
        }
        fuller = {row.id: row for row in read_places(raw / "places_ne_only.tsv")}
        rows = [self._repaired(fuller.get(row.id, row)) for row in read_places(raw / "places_q_strict.tsv")]
        self._rows = [row for row in rows if self._wanted(row)]
        self._geonames = [self._repaired(row) for row in read_places(raw / "places_gn_only.tsv")]
        self._territories = {row.qid: row for row in read_territories(raw / "territories.jsonl")}
        self.told: set[str | None] = {None}
        self._verified = [row for row in read_tsv(raw / "verified_qids.tsv") if row[2] == "city"]

    def entries(self) -> Iterator[Entry]:
        """Yield the places; regions that share their name with a city come with that name too (see `shares_name`)."""
        entries = [self._entry(row) for row in self._rows]
        entries += self._twins()
        entries += self._from_geonames()
        entries += [self._unidentified(row) for row in self._choices.places.unidentified]
        entries += [_seat(row) for row in self._choices.places.seats]
        larger = {"country", "territory", "adm1"}
        regions = {(fold(e.name), e.country) for e in entries if e.type in larger}
        taken = {(fold(e.name), e.country) for e in entries if e.type in {"country", "capital", "territory", "adm1"}}
        owners: dict[str, set[str | None]] = defaultdict(set)
        for name, country in taken:
            owners[name].add(country)
        by_name: dict[str, int] = defaultdict(int)
        for entry in entries:
            by_name[fold(entry.name)] = max(by_name[fold(entry.name)], entry.population or 0)
        for entry in entries:
            yield self._without_clashes(entry, owners, regions, by_name)

    def _repaired(self, row: RawPlace) -> RawPlace:
        country = self._choices.countries.codes.get(row.id, row.country)
        type_ = row.type
        if type_ == "capital" and row.name in self._choices.places.no_capitals:
            type_ = "city"
        elif type_ == "adm1:capital city":
            type_ = "capital"
        elif type_.startswith("adm1"):
            type_ = "adm1"
        elif type_ in _SETTLEMENTS - {"capital"}:
            type_ = "city"
        elif type_ in _DISTRICTS:
            type_ = "district"
        return replace(row, country=country[:2] if country[2:3] == "-" else country, type=type_)

    def _wanted(self, row: RawPlace) -> bool:
        if row.source == "countries-states-cities" and row.country == "TR" and row.type != "adm1":
            return False
        if row.id in self._choices.places.no_places or not is_latin(row.name):
            return False
        if row.type == "adm1" and row.country in self._small_regions:
            return False
        if row.type not in {"adm1", "district"} and row.name in self._common:
            return False
        if row.type in {"country", "capital", "adm1", "territory"}:
            return len(row.country) == 2
        return row.type in {"city", "district"} and len(row.country) == 2 and len(fold(row.name)) >= 3

    def _large(self, row: RawPlace) -> bool:
        if row.country in self._war:
            return row.population >= self._sizes.war
        return row.population >= (self._sizes.conflict if row.country in self._conflict else self._sizes.elsewhere)

    def _names(self, row: RawPlace) -> tuple[str, tuple[str, ...]]:
        label = without_brackets(row.name)
        name = self._choices.places.names.get(row.id, press_name(label) if row.country in self._romanised else label)
        territory = self._territories.get(row.id)
        aliases: list[str] = list(self._choices.places.aliases.get(row.id, ()))
        if territory is not None:
            strong = [territory.name, territory.full_name, *territory.names_strong]
            aliases += [without_brackets(alias) for alias in strong if good_alias(without_brackets(alias))]
        if row.type not in {"country", "territory"}:
            found = [without_brackets(alias) for alias in row.aliases]
            found = [alias for alias in found if good_alias(alias) and "," not in alias]
            if row.type == "adm1":
                found = [alias for alias in found if any(True for _ in scoped(fold(alias)))]
            aliases += found[: self._sizes.aliases if self._large(row) else self._sizes.aliases_of_small]
        if fold(name) != fold(label) and good_alias(label):
            aliases.insert(0, label)
        refused = {*self._common, *self._choices.places.refused.get(row.id, ())}
        return name, distinct(name, (alias for alias in aliases if alias not in refused))

    def _entry(self, row: RawPlace) -> Entry:
        name, aliases = self._names(row)
        population = None if row.type == "adm1" else row.population or None  # those of regions are their towns'
        item = self._choices.places.items.get(row.id, row.id)
        target = WIKIDATA + item if row.id.startswith("Q") else f"{GEONAMES}{row.geonames}/"
        told = row.source != "geonames" or row.id.startswith("Q") or row.country in self._conflict
        if row.type not in {"city", "district"} or (told and self._large(row)):
            self.told.add(target)
        return Entry(
            target=target,
            kind=EntityKind.PLACE,
            type=row.type,
            name=name,
            aliases=aliases,
            latitude=row.lat,
            longitude=row.lon,
            country=row.country or None,
            population=population,
            geonames=f"{GEONAMES}{row.geonames}/" if row.geonames else None,
            acts_for=self._acts_for.get(row.id) if row.type == "capital" else None,
            source=row.source,
            licence=LICENCES[row.source],
        )

    def _from_geonames(self) -> Iterator[Entry]:
        """Yield places without a Wikidata row; a checked one of the same name lends its identifier to exactly one."""
        known_ids = {row.geonames for row in self._rows if row.geonames}
        near: dict[str, list[RawPlace]] = defaultdict(list)
        for row in self._rows:
            if row.type in {"city", "capital"}:
                for key in {_loose(name) for name in (row.name, *row.aliases)}:
                    near[key].append(row)
        verified = {
            fold(name): qid
            for qid, name, *_ in self._verified
            if WIKIDATA + qid not in {WIKIDATA + r.id for r in self._rows}
        }
        matches: dict[str, list[RawPlace]] = defaultdict(list)
        for row in self._geonames:
            for key in {fold(row.name), *map(fold, row.aliases)} & verified.keys():
                matches[key].append(row)
        lent = {max(rows, key=lambda r: (r.population, r.id)).id: key for key, rows in matches.items()}
        for row in self._geonames:
            if (
                row.geonames in known_ids
                or not is_latin(row.name)
                or row.name in self._common
                or len(fold(row.name)) < 4
            ):
                continue
            if row.id in lent:
                key = lent[row.id]
                name = next(name for _, name, *_ in self._verified if fold(name) == key)
                yield self._entry(replace(row, id=verified[key], name=name, aliases=(row.name, *row.aliases)))
            elif not any(_close(row, other) for other in near[_loose(row.name)]):
                yield self._entry(row)

    @staticmethod
    def _unidentified(row: Unidentified) -> Entry:
        return Entry(
            target=None,
            kind=EntityKind.PLACE,
            type="region",
            name=row.name,
            country=row.country,
            source=row.source,
            licence=LICENCES[row.source],
        )

    def _twins(self) -> Iterator[Entry]:
        rows = {row.id: row for row in self._rows}
        for twin in self._choices.places.twins:
            if twin.like in rows:
                row = replace(rows[twin.like], id=twin.item, type="region", name=twin.name, aliases=(), geonames="")
                yield structs.replace(self._entry(replace(row, source="rigour")), aliases=tuple(twin.aliases))

    def _without_clashes(
        self,
        entry: Entry,
        owners: dict[str, set[str | None]],
        regions: set[tuple[str, str | None]],
        by_name: dict[str, int],
    ) -> Entry:
        """Drop aliases that are another place's name ("Gaza", an alias of Palestine; "Oklahoma", one of Oklahoma City)."""
        given = set(self._choices.places.aliases.get((entry.target or "").removeprefix(WIKIDATA), ()))
        kept = [
            alias
            for alias in entry.aliases
            if alias in given
            or (
                owners.get(fold(alias), {entry.country}) == {entry.country}
                and ((fold(alias), entry.country) not in regions or loosen(fold(alias)) == loosen(fold(entry.name)))
                and by_name.get(fold(alias), -1) < max(entry.population or 0, 1) // 2
            )
        ]
        if entry.type in {"country", "territory"}:
            kept = [
                alias
                for alias in kept
                if alias in given
                or (fold(alias) not in by_name and not fold(alias).endswith(("ian", "lander", "lic of")))
            ]
        return structs.replace(entry, aliases=tuple(kept))


def _loose(name: str) -> str:
    return loosen(fold(without_brackets(name)))


def _seat(seat: Seat) -> Entry:
    return Entry(
        target=None,
        kind=EntityKind.PLACE,
        type="seat",
        name=seat.name,
        country=seat.country,
        acts_for=WIKIDATA + seat.acts_for,
        source="choices",
        licence=LICENCES["choices"],
    )


def _close(row: RawPlace, other: RawPlace) -> bool:
    if row.lat is None or row.lon is None or other.lat is None or other.lon is None:
        return False
    east = (row.lon - other.lon) * math.cos(math.radians(row.lat))
    return math.hypot(row.lat - other.lat, east) * 111.2 < _SAME_PLACE_KM
