"""Makes the tables in `gazetteer/` from raw facts.

    python training/gazetteer/build.py RAW_DIR gazetteer/

Two tables: `open.kgz`, and `odbl.kgz` with the rows under the Open Database Licence, which may be left out.
Deterministic: the same raw files give the same bytes.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from bodies import Nations, organisations
from choices import Choices, read_choices
from msgspec import structs
from people import people
from places import Places
from sources import read_tsv
from weapons import weapons

from kg.gazetteer import WIKIDATA, Entry, fold
from kg.gazetteer.fold import loosen
from kg.gazetteer.keys import keys_of
from kg.gazetteer.table import SUFFIX, pack
from kg.records import EntityKind

_ODBL = "ODbL-1.0"
Row = tuple[Entry, list[str]]
"""An entry and the keys under which it is found."""


def read_demonyms(raw: Path, choices: Choices) -> dict[str, list[str]]:
    """Return country item → its demonyms, plurals included."""
    first, dropped = choices.demonyms.first, set(choices.demonyms.drop)
    found: dict[str, list[str]] = {}
    pairs = [(row[0], row[1]) for row in read_tsv(raw / "demonyms.tsv")]
    pairs += sorted(choices.demonyms.more.items())
    for word, listed in pairs:
        if "," in word or word in dropped or first.get(word, listed) != listed or not word[0].isupper():
            continue
        qid = choices.places.items.get(listed, listed)
        found.setdefault(qid, []).append(word)
        if re.search(r"(n|i|t|b|k|d|e|o|r|g)$", word) and not re.search(r"(ese|ch|sh|Island)$", word):
            found[qid].append(word + "s")
    return found


def place_rows(places: Places, demonyms: dict[str, list[str]], choices: Choices) -> list[Row]:
    """Return the places with their keys; a region called like a city of its country is not found by its bare name."""
    entries = list(places.entries())
    cities = {
        (loosen(fold(e.name)), e.country) for e in entries if e.type in {"city", "capital"} and e.target in places.told
    }
    common = {*choices.places.common_words.split(), *choices.places.stem_only}
    rows: list[Row] = []
    for place in entries:
        qid = (place.target or "").removeprefix(WIKIDATA)
        words = [word for word in demonyms.get(qid, ()) if place.type in {"country", "territory"}]
        entry = structs.replace(place, demonyms=tuple(dict.fromkeys(words)))
        bare = entry.type not in {"adm1", "district"} or (
            (loosen(fold(entry.name)), entry.country) not in cities and entry.name not in common
        )
        rows.append((entry, keys_of(entry, bare=bare, told=entry.type != "seat" and entry.target in places.told)))
    return rows


def make_rows(raw: Path, choices: Choices) -> list[Row]:
    """Return everything that is taken in."""
    rows = place_rows(Places(raw, choices), read_demonyms(raw, choices), choices)
    codes: dict[str, str] = {}
    nations: dict[str, str] = {}
    for entry, _ in rows:
        if entry.type in {"country", "territory"} and entry.country:
            for name in (entry.name, *entry.aliases, (entry.target or "").removeprefix(WIKIDATA)):
                codes.setdefault(name, entry.country)
            if entry.demonyms:
                nations.setdefault(entry.name, entry.demonyms[0])
    quiet = frozenset(choices.abbreviations.quiet)
    bodies = organisations(raw, choices, Nations(demonyms=nations, codes=codes))
    rows += [(entry, keys_of(entry, quiet=quiet)) for entry in bodies]
    rows += [(entry, keys_of(entry, told=entry.target is not None)) for entry in weapons(raw)]
    past = {WIKIDATA + qid for qid in choices.people.take}
    rows += [
        (entry, keys_of(entry, told=entry.target not in past, surname=surname))
        for entry, surname in people(raw, choices, codes)
    ]
    order = list(EntityKind)
    rows.sort(key=lambda row: (order.index(row[0].kind), -(row[0].population or 0), row[0].name, row[0].target or ""))
    return [(entry, keys) for entry, keys in rows if keys]


def main(raw: Path, target: Path) -> None:
    """Build the tables and print what is in them."""
    rows = make_rows(raw, read_choices(Path(__file__).with_name("choices.toml")))
    target.mkdir(parents=True, exist_ok=True)
    for name, odbl in (("open", False), ("odbl", True)):
        part = [row for row in rows if (row[0].licence == _ODBL) is odbl]
        packed = pack(part)
        (target / f"{name}{SUFFIX}").write_bytes(packed)
        print(f"{name}: {len(part)} rows, {len(packed):,} bytes")
    kinds = Counter(
        (entry.kind.value, entry.type, entry.source) for entry, _ in rows if entry.kind is not EntityKind.PERSON
    )
    print(*kinds.most_common(30), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
