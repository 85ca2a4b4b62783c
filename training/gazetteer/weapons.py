"""Weapons from the raw tables."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from names import distinct, is_latin, without_brackets
from sources import LICENCES, read_tsv

from kg.gazetteer import WIKIDATA, Entry, fold
from kg.records import EntityKind

_QUOTES = str.maketrans("", "", "'‘’")
_CALIBRE = re.compile(r"^\d+mm |^\d+(?:x\d+mm)? ")
_YEAR = re.compile(r" Obr\. \d{4}$")
_KINDS = re.compile(
    r" (?:attack |transport )?helicopter$| (?:strike |fighter |close air support |multirole )*aircraft$| strategic bomber$"
)
_NO_NAME = re.compile(r"unknown|\bfor\b|\bwith\b|\bbased\b| control | command ", re.IGNORECASE)


class _Model(msgspec.Struct, frozen=True, kw_only=True):
    equipment_oryx: str
    model: str


def weapons(raw: Path) -> Iterator[Entry]:
    """Yield the weapons with a Wikidata item, then other models by name and class."""
    known: set[str] = set()
    for qid, label, class_, *aliases in read_tsv(raw / "weapons_seed.tsv"):
        name = label.split(" (")[0]
        entry = _weapon(
            WIKIDATA + qid, class_, name, aliases[0].split("|") if aliases and aliases[0] else [], "wikidata"
        )
        known.update(map(fold, (entry.name, *entry.aliases)))
        yield entry
    path = raw / "oryx_equipment_models.json"
    models = msgspec.json.decode(path.read_bytes(), type=list[_Model]) if path.exists() else []
    for model in sorted(models, key=lambda model: model.model):
        name, *aliases = _names(model.model)
        names = [name for name in (name, *aliases) if fold(name) not in known]
        if names and is_latin(name) and not _NO_NAME.search(model.model):
            known.update(map(fold, names))
            yield _weapon(None, model.equipment_oryx, names[0], names[1:], "oryx")


def _names(model: str) -> list[str]:
    """Return how a model may be written: "122mm 9P138 Grad-1" is "9P138 Grad-1" as well."""
    plain = _KINDS.sub("", without_brackets(model.translate(_QUOTES)))
    return list(dict.fromkeys([plain, _CALIBRE.sub("", plain), _YEAR.sub("", plain)]))


def _weapon(target: str | None, class_: str, name: str, aliases: list[str], source: str) -> Entry:
    return Entry(
        target=target,
        kind=EntityKind.WEAPON,
        type=class_,
        name=name,
        aliases=distinct(name, aliases),
        source=source,
        licence=LICENCES[source],
    )
