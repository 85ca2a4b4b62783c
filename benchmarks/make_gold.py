"""Makes `benchmarks/samples/` from the mark-up of the invented samples: `python benchmarks/make_gold.py CORPORA`.

CORPORA/written holds the texts of `seeds/invented.jsonl` with mark-up (Apache-2.0; its GUIDE.md tells the tags). The form
of the gold is that of `docs/reference/gold.md`. The mark-up says less than annotation by hand, so this gold guards against
regressions rather than measuring quality; where it leaves a choice:

- Only paragraphs count, since a title is no part of an article's text. An event needs a trigger there; its first one is it.
- Status: occurred if any trigger says so, else that of the first trigger. Date: the narrowest interval, the first of equals.
- Place: the first marked name within the first place phrase that has one, a name that is no bare country if there is any
  such phrase ("hamlet of Tiguila" before "Mali"); of "the Red Sea port of Ras Isa" the port. Countries of places are not marked, so `country` is null throughout.
- Participants: phrases of one role that agree are one, and the longest stands for it; pronouns are left out. Phrases that
  mean the same in other words stay apart. Groups of victims are targets too.
- Claims need content in a paragraph. Accused actors are not marked, so `target` is null.
- Weapons are entities only when their name has a capital letter ("Grad" of "122mm Grad rockets" is an alias); a shorter name
  of a person, or the initials of an organisation, is an alias.
"""

import argparse
import datetime as dt
import json
import runpy
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.evaluate.align import agree
from kg.gazetteer import load_gazetteer
from kg.records import EntityKind

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "benchmarks" / "samples"
NEWS = ROOT / "seeds" / "invented.jsonl"
KINDS = {"PER": "Person", "ORG": "Organisation", "LOC": "Place", "WEA": "Weapon"}
ARTICLES = ("the ", "a ", "an ")
PRONOUNS = frozenset("he she it they them him her we us who which that those these this both one i you".split())
BARE = frozenset("dead wounded lives bodies corpses casualties others more fatalities deaths people persons".split())
"""Groups of victims that name nobody."""
Marks = list[ET.Element]


def words(element: ET.Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def phrase(element: ET.Element) -> str:
    """Return the text of an element without its leading article."""
    found = words(element)
    return next((found[len(one) :] for one in ARTICLES if found.lower().startswith(one)), found)


def distinct(phrases: Iterable[str]) -> list[str]:
    """Return one phrase, the longest, for all that agree, in the order of first mention; no pronouns."""
    groups: list[list[str]] = []
    for one in phrases:
        if one.lower() in PRONOUNS:
            continue
        group = next((group for group in groups if any(agree(one, other) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [max(group, key=len) for group in groups]


def status(triggers: Marks) -> str:
    """Return the status of an event with several triggers."""
    found = [one.attrib["status"] for one in triggers]
    return "occurred" if "occurred" in found else found[0]


def date(times: Marks) -> dict[str, str] | None:
    """Return the narrowest interval."""
    found = []
    for one in times:
        start, _, end = one.attrib["d"].partition("/")
        found.append((start, end or start))
    if not found:
        return None
    start, end = min(found, key=lambda days: dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0]))
    return {"start": start, "end": end}


def _names(phrase: ET.Element) -> list[ET.Element]:
    """Return the marked names of a place phrase; that of a town comes first: "the Red Sea port of Ras Isa"."""
    names = list(phrase.iter("LOC"))
    if len(names) > 1 and (names[0].tail or "").strip() in {"port of", "town of", "city of", "village of"}:
        names = names[1:]
    return names


def place(phrases: Marks, countries: frozenset[str]) -> dict[str, str | None] | None:
    """Return the first name of a place that is no country, else the first name."""
    names = [words(name) for one in phrases for name in _names(one)]
    chosen = next((name for name in names if name.lower() not in countries), next(iter(names), None))
    return None if chosen is None else {"name": chosen, "country": None}


def bound(element: ET.Element, key: str) -> int | None:
    """Return one bound of a number, `None` where it is open."""
    return int(element.attrib[key]) if element.get(key) else None


def casualties(numbers: Marks) -> list[dict[str, str | int | None]]:
    """Return each number once."""
    found: dict[tuple[str, int | None, int | None], str] = {}
    for one in numbers:
        key = (one.attrib["k"], bound(one, "low"), bound(one, "high"))
        found.setdefault(key, one.attrib["g"])
    return [{"kind": kind, "low": low, "high": high, "group": group} for (kind, low, high), group in found.items()]


def events(marks: Marks, countries: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield the events of one text."""
    for number in dict.fromkeys(one.attrib["e"] for one in marks if one.tag == "T"):
        own = [one for one in marks if one.get("e") == number]
        triggers = [one for one in own if one.tag == "T"]
        roles = {role: [one for one in own if one.get("r") == role] for role in ("time", "place")}
        numbers = [one for one in own if one.tag == "N"]
        parts = {
            role: [phrase(one) for one in own if one.get("r") == role] for role in ("perpetrator", "target", "weapon")
        }
        parts["target"] += [one.attrib["g"] for one in numbers if one.attrib["g"].lower() not in BARE]
        yield {
            "id": f"e{number}",
            "type": triggers[0].attrib["type"],
            "trigger": words(triggers[0]),
            "status": status(triggers),
            "date": date(roles["time"]),
            "place": place(roles["place"], countries),
            "perpetrator": distinct(parts["perpetrator"]),
            "target": distinct(parts["target"]),
            "weapons": distinct(parts["weapon"]),
            "casualties": casualties(numbers),
        }


def claims(marks: Marks, known: frozenset[str]) -> Iterator[dict[str, str | None]]:
    """Yield the claims of one text; `known` are the ids of its events."""
    for number in dict.fromkeys(one.attrib["c"] for one in marks if one.tag == "Q"):
        own = {tag: [one for one in marks if one.get("c") == number and one.tag == tag] for tag in "SQC"}
        if not own["S"] or not own["C"]:
            continue
        cue = own["Q"][0]
        about = f"e{cue.get('e')}"
        yield {
            "id": f"c{number}",
            "claimant": max((phrase(one) for one in own["S"]), key=len),
            "stance": cue.attrib["stance"],
            "about": about if about in known else None,
            "target": None,
            "cue": words(cue),
            "content": words(own["C"][0]),
        }


def entities(marks: Marks) -> list[dict[str, Any]]:
    """Return the named entities of one text, each once."""
    found: list[dict[str, Any]] = []
    named = {(KINDS[one.tag], words(one)): None for one in marks if one.tag in KINDS}
    for kind, name in sorted(named, key=lambda key: -len(key[1])):
        if kind == "Weapon" and name == name.lower():
            continue
        known = next((one for one in found if one["type"] == kind and is_alias(name, one["name"], kind)), None)
        if known:
            known["aliases"].append(name)
        else:
            model = " ".join(word for word in name.split() if word != word.lower())
            aliases = [model] if kind == "Weapon" and model != name else []
            found.append({"name": name, "type": kind, "aliases": aliases})
    return sorted(found, key=lambda one: [key[1] for key in named].index(one["name"]))


def is_alias(short: str, full: str, kind: str) -> bool:
    """Tell whether `short` is another name of `full`: the same in other case, part of a person's name, or initials."""
    if short.lower() == full.lower():
        return True
    if kind == "Person":
        return set(short.split()) <= set(full.split())
    initials = "".join(word[0] for word in full.replace("-", " ").split() if word[0].isupper())
    return kind == "Organisation" and len(short) > 1 and short.upper() == initials


def gold(doc: ET.Element, name: str, countries: frozenset[str]) -> dict[str, Any]:
    """Return the gold annotation of one marked-up text."""
    marks = [mark for block in doc.iter("p") for mark in block.iter() if mark.tag != "p"]
    told = list(events(marks, countries))
    return {
        "doc": name,
        "published": doc.attrib["published"],
        "events": told,
        "claims": list(claims(marks, frozenset(event["id"] for event in told))),
        "entities": entities(marks),
    }


def country_names() -> frozenset[str]:
    """Return the names of all countries in lower case."""
    entries = [entry for entry in load_gazetteer() if entry.kind is EntityKind.PLACE and entry.type == "country"]
    return frozenset(name.lower() for entry in entries for name in (entry.name, *entry.aliases))


def main() -> None:
    """Read the command line and write the gold of all samples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    read_texts = runpy.run_path(str(ROOT / "training" / "make_seeds.py"))["read_texts"]
    texts = {f"invented-{doc.attrib['id'].lower()}": doc for doc in read_texts(parser.parse_args().corpora / "written")}
    names = [json.loads(line)["id"] for line in NEWS.read_text(encoding="utf-8").splitlines()]
    countries = country_names()
    shutil.rmtree(SAMPLES, ignore_errors=True)
    (SAMPLES / "gold").mkdir(parents=True)
    for name in names:
        annotation = json.dumps(gold(texts[name], name, countries), ensure_ascii=False, indent=1)
        (SAMPLES / "gold" / f"{name}.json").write_text(annotation + "\n", encoding="utf-8")
    shutil.copyfile(NEWS, SAMPLES / "news.jsonl")
    print(f"{len(names)} documents in {SAMPLES}")


if __name__ == "__main__":
    main()
