"""Makes the tables in `gazetteer/` from raw facts.

    python training/gazetteer/build.py RAW_DIR gazetteer/

Two tables: `open.tsv.gz`, and `odbl.tsv.gz` with the rows under the Open Database Licence, which may be left out.
Deterministic: the same raw files give the same bytes.
"""

import gzip
import re
import sys
from collections import Counter
from pathlib import Path

from bodies import Nations, organisations
from choices import Choices, read_choices
from msgspec import structs
from people import people, weapons
from places import Places
from sources import read_tsv

from kg.gazetteer import WIKIDATA, Entry, fold
from kg.gazetteer.fold import loosen
from kg.gazetteer.keys import keys_of
from kg.gazetteer.table import encode
from kg.records import EntityKind

_ODBL = "ODbL-1.0"


def read_demonyms(raw: Path, choices: Choices) -> dict[str, list[str]]:
    """Return country item → its demonyms, plurals included."""
    first, dropped = choices.demonyms.first, set(choices.demonyms.drop)
    found: dict[str, list[str]] = {}
    pairs = [(row[0], row[1]) for row in read_tsv(raw / "demonyms.tsv")]
    pairs += sorted(choices.demonyms.more.items())
    for word, qid in pairs:
        if "," in word or word in dropped or first.get(word, qid) != qid or not word[0].isupper():
            continue
        found.setdefault(qid, []).append(word)
        if re.search(r"(n|i|t|b|k|d|e|o|r|g)$", word) and not re.search(r"(ese|ch|sh|Island)$", word):
            found[qid].append(word + "s")
    return found


def entries(raw: Path, choices: Choices) -> list[str]:
    """Return the encoded rows of everything that is taken in."""
    demonyms = read_demonyms(raw, choices)
    places = list(Places(raw, choices).entries())
    cities = {
        (loosen(fold(name)), e.country)
        for e in places
        if e.type in {"city", "capital"}
        for name in (e.name, *e.aliases)
    }
    common = {*choices.places.common_words.split(), *choices.places.stem_only}
    codes: dict[str, str] = {}
    nations: dict[str, str] = {}
    rows: list[tuple[Entry, list[str]]] = []
    for place in places:
        qid = (place.target or "").removeprefix(WIKIDATA)
        words = [word for word in demonyms.get(qid, ()) if place.type in {"country", "territory"}]
        entry = structs.replace(place, demonyms=tuple(dict.fromkeys(words)))
        bare = entry.type not in {"adm1", "district"} or (
            (loosen(fold(entry.name)), entry.country) not in cities and entry.name not in common
        )
        rows.append((entry, keys_of(entry, bare=bare)))
        if entry.type in {"country", "territory"} and entry.country:
            for name in (entry.name, *entry.aliases, qid):
                codes.setdefault(name, entry.country)
            if words:
                nations.setdefault(entry.name, words[0])
    rows += [(entry, keys_of(entry)) for entry in organisations(raw, choices, Nations(demonyms=nations, codes=codes))]
    rows += [(entry, keys_of(entry)) for entry in weapons(raw)]
    rows += [(entry, keys_of(entry, surname=surname)) for entry, surname in people(raw, choices, codes)]
    order = list(EntityKind)
    rows.sort(key=lambda row: (order.index(row[0].kind), -(row[0].population or 0), row[0].name, row[0].target or ""))
    return [encode(entry, keys) for entry, keys in rows if keys]


def main(raw: Path, target: Path) -> None:
    """Build the tables and print what is in them."""
    choices = read_choices(Path(__file__).with_name("choices.toml"))
    rows = entries(raw, choices)
    target.mkdir(parents=True, exist_ok=True)
    for name, odbl in (("open", False), ("odbl", True)):
        part = [row for row in rows if (row.split("\t")[12] == _ODBL) is odbl]
        packed = gzip.compress("".join(row + "\n" for row in part).encode(), compresslevel=9, mtime=0)
        (target / f"{name}.tsv.gz").write_bytes(packed)
        print(f"{name}: {len(part)} rows, {len(packed):,} bytes")
    print(
        *Counter(tuple(row.split("\t")[1:3]) for row in rows if row.split("\t")[1] != "Person").most_common(20),
        sep="\n",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
