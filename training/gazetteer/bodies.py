"""Organisations and armed groups from the raw tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from choices import Choices
from names import distinct, is_latin
from sources import LICENCES, read_actors, read_tsv

from kg.gazetteer import WIKIDATA, Entry, fold
from kg.records import EntityKind

_ACRONYM = re.compile(r"^(.*?) \(([A-Z][A-Za-z&-]{1,9})\)$")
_FACTION = re.compile(r"forces of|forces loyal|faction|supporters of|\bn/a\b|[\[\]/]", re.IGNORECASE)
_NAMES = ("NameData", "NameOrigFullEng", "NameOrig", "NewName", "NewNameFullEng", "NameOrigFull")
_TURNED = re.compile(r"^(Armed Forces|Ministry of ([\w ]+?)) of (?:the )?([\w ]+)$")


@dataclass(frozen=True, kw_only=True)
class Nations:
    """Country names → their first demonym and their ISO 3166-1 codes."""

    demonyms: dict[str, str]
    codes: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Group:
    """An armed group of UCDP's list."""

    key: str
    name: str
    aliases: tuple[str, ...]
    country: str | None


def body(qid: str | None, type_: str, name: str, aliases: list[str], source: str, country: str | None) -> Entry:
    """Return an organisation's entry."""
    return Entry(
        target=WIKIDATA + qid if qid else None,
        kind=EntityKind.ORGANISATION,
        type=type_,
        name=name,
        aliases=distinct(name, aliases),
        country=country,
        source=source,
        licence=LICENCES[source],
    )


def organisations(raw: Path, choices: Choices, nations: Nations) -> Iterator[Entry]:
    """Yield international bodies, governments, forces and agencies, then armed groups without an identifier.

    An armed group has an identifier only when the list of organisations bears exactly its name, typed as one.
    """
    chosen = choices.bodies
    rows = {row[0]: row for row in read_tsv(raw / "orgs.tsv") if any(character.isalpha() for character in row[1])}
    verified = [row for row in read_tsv(raw / "verified_qids.tsv") if row[2] == "org"]
    for row in verified:
        rows.setdefault(row[0], [row[0], row[1], "org", "verified", ""])
    wanted = {*chosen.take, *(row[0] for row in verified)}
    typed = {
        fold(name): qid
        for qid, row in rows.items()
        if row[2] == "org" or qid in wanted
        for name in (row[1], *chosen.aliases.get(qid, ()))
    }
    groups, also = [], dict[str, list[str]]()
    for group in armed_groups(raw, choices, nations):
        qid = next(
            (
                typed[fold(name)]
                for name in (group.name, *group.aliases)
                if " " in name or len(name) > 6
                if fold(name) in typed
            ),
            None,
        )
        if qid is None:
            groups.append(group)
        else:
            also.setdefault(qid, []).extend((group.name, *group.aliases))
            wanted.add(qid)
    governments = {row[4]: row for row in read_tsv(raw / "metonyms.tsv")}
    for qid, row in governments.items():
        rows.setdefault(qid, [qid, row[5], "cabinet", "wikidata", ""])
    general = set(map(fold, chosen.general))
    pattern = _forces(chosen.words, nations)
    for qid, row in sorted(rows.items(), key=lambda item: int(item[0][1:])):
        name = chosen.names.get(qid, row[1])
        aliases = [*chosen.aliases.get(qid, ()), *also.get(qid, ()), *_turned(name, nations)]
        if row[2] == "igo":
            yield body(qid, "international", name, aliases, "wikidata", None)
        elif qid in governments:
            yield _government(qid, name, governments[qid][2], nations, general)
        elif qid in wanted or (
            pattern.match(name) and not any(word in name for word in chosen.gone) and fold(name) not in general
        ):
            yield body(qid, "armed group" if qid in also else "body", name, aliases, "wikidata", None)
    for group in groups:
        yield body(None, "armed group", group.name, list(group.aliases), "ucdp", group.country)


def _government(qid: str, name: str, country: str, nations: Nations, general: set[str]) -> Entry:
    people = nations.demonyms.get(country)
    aliases = [
        f"Government of {country}",
        *([f"{people} Government", f"Government of the {country}"] if people else []),
    ]
    name = f"Government of {country}" if fold(name) in general else name
    return body(qid, "government", name[0].upper() + name[1:], aliases, "wikidata", nations.codes.get(country))


def _forces(words: list[str], nations: Nations) -> re.Pattern[str]:
    """Return what matches the full name of a country's force or ministry."""
    names = "|".join(sorted(map(re.escape, {*nations.demonyms, *nations.demonyms.values()}), key=len, reverse=True))
    kinds = "|".join(words)
    return re.compile(
        rf"^(?:(?:Royal )?(?:{names}) (?:\w+ )?(?:{kinds})|(?:{kinds}) of (?:the )?(?:{names})|Royal (?:{kinds}))$"
    )


def _turned(name: str, nations: Nations) -> list[str]:
    """Return other orders of words: "Ministry of Defence of Russia" → "Russian Defence Ministry", "Russian Ministry of Defence"."""
    if name.startswith("United States "):
        return [name.replace("United States", short, 1) for short in ("US", "U.S.")]
    match = _TURNED.match(name)
    if not match or match[3] not in nations.demonyms:
        return []
    people = nations.demonyms[match[3]]
    turned = [f"{people} {match[1]}"]
    if match[2]:
        turned.append(f"{people} {match[2].removesuffix(' Affairs')} Ministry")
    return [
        spelling
        for found in turned
        for spelling in (found, found.replace("Defence", "Defense"), found.replace("Defense", "Defence"))
    ]


def armed_groups(raw: Path, choices: Choices, nations: Nations) -> Iterator[Group]:
    """Yield the formally organised non-state actors of UCDP's list, those of the same short name once."""
    kept = {*choices.abbreviations.kept, *choices.abbreviations.quiet}
    press, refused = choices.bodies.groups, set(choices.bodies.acronyms_refused)
    seen: set[str] = set()
    for row in read_actors(raw / "ucdp_actors_22.1.csv"):
        key = row["NameData"].strip()
        if row["Org"] != "1" or key in seen:
            continue
        seen.add(key)
        names = list(
            dict.fromkeys([*press.get(key, ()), *(name for column in _NAMES for name in _spellings(row[column]))])
        )
        names = [name for name in names if name not in refused]
        longer = [name for name in names if len(name) > 4 and not name.isupper()]
        if names and (longer or len(names[0]) > 3):
            place = row["Location"].split(",")[0].split(" (")[0].strip()
            name = longer[0] if longer else names[0]
            aliases = [other for other in names if len(other) >= 4 or other in kept]
            yield Group(key=key, name=name, aliases=distinct(name, aliases), country=nations.codes.get(place))


def _spellings(cell: str) -> Iterator[str]:
    """Yield the usable names in a cell: "ISI, ISIS, IS", "Some Front (SF)", "Taleban"."""
    if _FACTION.search(cell):
        return
    for part in cell.split(", "):
        found = _ACRONYM.match(part.strip())
        for written in (found[1], found[2]) if found else (part.strip(),):
            name = written.replace("Taleban", "Taliban").replace("’", "'")
            if (
                len(name) >= 3
                and name != name.lower()
                and is_latin(name)
                and (name[0].isupper() or name.startswith("al-"))
            ):
                yield name
