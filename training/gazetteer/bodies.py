"""Organisations, armed groups, weapons and people from the raw tables."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.gazetteer import WIKIDATA, Entry, fold
from kg.records import EntityKind
from names import distinct, is_latin
from sources import LICENCES, read_actors, read_tsv

_PEOPLE_SOURCES = frozenset({"ep_leaders", "ep_fm"})
_ACRONYM = re.compile(r"^(.*?) \(([A-Z][A-Za-z&-]{1,9})\)$")
_FACTION = re.compile(r"forces of|faction|supporters of|\bn/a\b", re.IGNORECASE)


def _entry(qid: str | None, kind: EntityKind, type_: str, name: str, aliases: list[str], source: str, country: str | None) -> Entry:
    return Entry(
        target=WIKIDATA + qid if qid else None,
        kind=kind,
        type=type_,
        name=name,
        aliases=distinct(name, aliases),
        country=country,
        source=source,
        licence=LICENCES[source],
    )


def organisations(raw: Path, choices: dict, demonyms: dict[str, str], codes: dict[str, str]) -> Iterator[Entry]:  # type: ignore[type-arg]
    """Yield international bodies, governments, forces and agencies, then armed groups.

    Args:
        raw: the folder of raw tables.
        choices: the editorial decisions of `choices.toml`.
        demonyms: country name → its demonym.
        codes: country name → its ISO 3166-1 code.
    """
    chosen = choices["bodies"]
    general = set(map(fold, chosen["general"]))
    governments = {row[4]: row for row in read_tsv(raw / "metonyms.tsv")}
    rows = {row[0]: row for row in read_tsv(raw / "orgs.tsv")}
    for row in read_tsv(raw / "verified_qids.tsv"):
        if row[2] == "org":
            rows.setdefault(row[0], [row[0], row[1], "org", "verified", ""])
            chosen["take"].append(row[0])
    nations = "|".join(sorted(map(re.escape, {*demonyms, *demonyms.values(), "Royal"}), key=len, reverse=True))
    body = re.compile(rf"^(?:The )?(?:({nations}) .*?\b({'|'.join(chosen['words'])})|({'|'.join(chosen['words'])}) of (?:the )?({nations})|(?:{nations}) ({'|'.join(chosen['words'])}))$")
    identified: dict[str, str] = {}
    for qid, row in sorted(rows.items(), key=lambda item: int(item[0][1:])):
        name = chosen["names"].get(qid, row[1])
        type_ = {"igo": "international", "cabinet": "government"}.get(row[2], "body")
        if type_ == "body" and row[2] == "org":
            identified.setdefault(fold(name), qid)
        if type_ == "body" and qid not in chosen["take"] and (not body.match(name) or any(word in name for word in chosen["gone"])):
            continue
        country = None
        if type_ == "government":
            country = codes.get(governments[qid][2]) if qid in governments else None
            if fold(name) in general:
                if qid not in governments:
                    continue
                name = f"Government of {governments[qid][2]}"
        elif fold(name) in general:
            continue
        aliases = [*chosen["aliases"].get(qid, ()), *_turned(name, demonyms)]
        yield _entry(qid, EntityKind.ORGANISATION, type_, name, aliases, "wikidata", country)
    yield from _armed_groups(raw, {fold(rows[q][1]): q for q in rows if rows[q][2] != "org?"} | {fold(rows[q][1]): q for q in chosen["take"] if q in rows}, codes)


def _turned(name: str, demonyms: dict[str, str]) -> list[str]:
    """Return other orders of words: "Ministry of Defence of Russia" → "Russian Defence Ministry", "Russian Ministry of Defence"."""
    match = re.match(r"^(Armed Forces|Ministry of ([\w ]+?)) of (?:the )?([\w ]+)$", name)
    if not match or match[3] not in demonyms:
        return []
    people = demonyms[match[3]]
    turned = [f"{people} {match[1]}"]
    if match[2]:
        what = "Foreign" if match[2] == "Foreign Affairs" else match[2]
        turned += [f"{people} {what} Ministry", f"{people} {match[1]}"]
    return [spelling for found in turned for spelling in (found, found.replace("Defence", "Defense"), found.replace("Defense", "Defence"))]


def _armed_groups(raw: Path, identified: dict[str, str], codes: dict[str, str]) -> Iterator[Entry]:
    actors = [row for row in read_actors(raw / "ucdp_actors_22.1.csv") if row["Org"] == "1"]
    short = Counter(row["NameData"] for row in actors)
    seen: set[str] = set(identified)
    for row in actors:
        written = [row[column].strip() for column in ("NameOrigFullEng", "NameData", "NameOrig", "NewName", "NewNameFullEng")]
        names = [part.strip() for value in written for part in value.split(", ") if part and not _FACTION.search(value) and is_latin(part)]
        names = [name.replace("Taleban", "Taliban") for name in names]
        names = [match[1] if (match := _ACRONYM.match(name)) else name for name in names]
        names = [name for name in names if len(name) >= 3 and name[0].isupper() | name.startswith("al-")]
        if not names or short[row["NameData"]] > 1 and len(names) < 2:
            continue
        name = next((n for n in names if not n.isupper() and n == row["NameData"]), names[0])
        if fold(name) in seen:
            continue
        seen.add(fold(name))
        place = row["Location"].split(",")[0].split(" (")[0].strip()
        aliases = [alias for alias in names if len(alias) >= 4 or alias == row["NameData"]]
        qid = next((identified[fold(n)] for n in names if fold(n) in identified), None)
        if qid is None:
            yield _entry(None, EntityKind.ORGANISATION, "armed group", name, aliases, "ucdp", codes.get(place))


def weapons(raw: Path) -> Iterator[Entry]:
    """Yield the weapons with a Wikidata item."""
    for qid, name, class_, *aliases in read_tsv(raw / "weapons_seed.tsv"):
        plain = name.split(" (")[0]
        other = [alias for alias in (aliases[0].split("|") if aliases and aliases[0] else [])]
        yield _entry(qid, EntityKind.WEAPON, class_, plain, other, "wikidata", None)


def people(raw: Path, choices: dict, codes: dict[str, str]) -> Iterator[tuple[Entry, str | None]]:  # type: ignore[type-arg]
    """Yield people in office with the surname that alone may name them, `None` when two share it."""
    found: dict[str, tuple[str, list[str], str, str | None]] = {}
    refused = set(choices["people"]["refused"])
    for qid, _, label, aliases, office, country, source in read_tsv(raw / "people.tsv"):
        if not _PEOPLE_SOURCES & set(source.split("|")):
            continue
        names = [label, *(aliases.split("|") if aliases else [])]
        names = [name.strip(" .") for name in names if not refused & set(name.split()) and is_latin(name)]
        names.sort(key=lambda name: " " not in name)
        if names:
            found[qid] = (names[0], names[1:], office.split("|")[0], codes.get(country.split("|")[0]))
    for path in ("russia_ukraine_cabinet_seed.tsv", "leaders_2026_additions.tsv"):
        for qid, name, office, country, *_ in read_tsv(raw / path):
            old = found.get(qid)
            other = [old[0], *old[1]] if old else []
            found[qid] = (name, other, re.sub(r" \(.*", "", office), codes.get(country))
    for row in read_tsv(raw / "verified_qids.tsv"):
        if row[2] == "person":
            found.setdefault(row[0], (row[1], [], "", None))
    surnames = Counter(fold(name.split()[-1]) for name, *_ in found.values())
    for qid, (name, other, office, country) in sorted(found.items(), key=lambda item: int(item[0][1:])):
        other = [*choices["people"]["aliases"].get(qid, ()), *other]
        entry = _entry(qid, EntityKind.PERSON, office or "person", name, other, "wikidata", country)
        last = name.split()[-1]
        yield entry, last if surnames[fold(last)] == 1 and len(last) >= 4 else None
