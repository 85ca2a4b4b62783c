"""People in office from the raw tables, and others who made war and peace."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from choices import Choices
from names import distinct, is_latin
from sources import LICENCES, read_tsv

from kg.gazetteer import WIKIDATA, Entry, fold
from kg.records import EntityKind

_SOURCES = frozenset({"ep_leaders", "ep_fm"})
_FILES = ("russia_ukraine_cabinet_seed.tsv", "leaders_2026_additions.tsv")
_YEARS = re.compile(r" \((\d{4})?-?(\d{4})?\)| \([^)]*\)")
_LEAST_SURNAME = 4


@dataclass(frozen=True, kw_only=True)
class Person:
    """What the raw tables tell of one person."""

    name: str
    aliases: tuple[str, ...]
    office: str
    country: str | None
    since: int | None = None
    until: int | None = None


def people(raw: Path, choices: Choices, codes: dict[str, str]) -> Iterator[tuple[Entry, str | None]]:
    """Yield people in office with the surname that alone may name them, `None` when two share it."""
    found = _found(raw, choices, codes)
    surnames = Counter(fold(_surname(person.name)) for person in found.values())
    for qid, person in sorted(found.items(), key=lambda item: int(item[0][1:])):
        entry = Entry(
            target=WIKIDATA + qid,
            kind=EntityKind.PERSON,
            type=person.office or "person",
            name=person.name,
            aliases=distinct(person.name, (*choices.people.aliases.get(qid, ()), *person.aliases)),
            country=person.country,
            since=person.since,
            until=person.until,
            source="wikidata",
            licence=LICENCES["wikidata"],
        )
        last = _surname(person.name)
        alone = " " in person.name and surnames[fold(last)] == 1 and len(last) >= _LEAST_SURNAME
        yield entry, last if alone else None


def _found(raw: Path, choices: Choices, codes: dict[str, str]) -> dict[str, Person]:
    refused, taken = set(choices.people.refused), set(choices.people.take)
    found: dict[str, Person] = {}
    for qid, _, label, aliases, office, country, source in read_tsv(raw / "people.tsv"):
        if qid in taken or _SOURCES & set(source.split("|")):
            names = [label, *(aliases.split("|") if aliases else [])]
            names = [name.strip(" .") for name in names if not refused & set(name.split()) and is_latin(name)]
            names.sort(key=lambda name: " " not in name)
            if names:
                code = codes.get(country.split("|")[0])
                found[qid] = Person(name=names[0], aliases=tuple(names[1:]), office=office.split("|")[0], country=code)
    for file in _FILES:
        for qid, name, office, country, *year in read_tsv(raw / file):
            old = found.get(qid)
            years = _YEARS.search(office)
            since = (year and year[0]) or (years and years[1])
            until = (years and years[2]) or (since if years and "-" not in years[0] else None)
            found[qid] = Person(
                name=name,
                aliases=(old.name, *old.aliases) if old else (),
                office=_YEARS.sub("", office),
                country=codes.get(country),
                since=int(since) if since else None,
                until=int(until) if until else None,
            )
    for qid, name in choices.people.names.items():
        if qid in found:
            found[qid] = replace(found[qid], name=name, aliases=(found[qid].name, *found[qid].aliases))
    for row in read_tsv(raw / "verified_qids.tsv"):
        if row[2] == "person":
            found.setdefault(row[0], Person(name=row[1], aliases=(), office="", country=None))
    return found


def _surname(name: str) -> str:
    return re.sub(r"^(?:al|el)-", "", name.rsplit(maxsplit=1)[-1], flags=re.IGNORECASE)
