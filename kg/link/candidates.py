"""Which entries an entity may stand for at all."""

from collections.abc import Sequence

from kg.gazetteer import Gazetteer, Match, Tier, fold
from kg.gazetteer.fold import strip_the, whole
from kg.link.beside import of_kind, owned
from kg.link.evidence import Evidence
from kg.records import Entity, EntityKind

_SURE = frozenset({Tier.NAME, Tier.ALIAS, Tier.DEMONYM})
_BACKED = 5.0
_WELL_KNOWN = 150_000


def find_matches(entity: Entity, text: str, gazetteer: Gazetteer, evidence: Evidence) -> Sequence[Match]:
    """Return what `entity` may be, by its kind and name and the word for its kind that stands beside it in `text`.

    An organisation called like a country or a seat of government ("Kyiv said") is that place. A named group is an armed
    group or, by its nationality, nothing.
    """
    if entity.kind is EntityKind.PLACE:
        scoped = of_kind(entity.name, evidence.mentions[entity.id], text, gazetteer)
        return scoped or gazetteer.find(entity.name, EntityKind.PLACE)
    if entity.kind is EntityKind.PERSON:
        return _persons(entity.name, gazetteer)
    if entity.kind is EntityKind.WEAPON:
        return gazetteer.find(entity.name, EntityKind.WEAPON)
    matches = gazetteer.find(entity.name, EntityKind.ORGANISATION)
    if entity.kind is EntityKind.GROUP or any(match.entry.target for match in matches):
        return matches
    for surface in owned(entity.name, evidence.mentions[entity.id], text):
        full = gazetteer.find(surface, EntityKind.ORGANISATION)
        if full:
            return full
    places = [
        match
        for match in gazetteer.find(entity.name, EntityKind.PLACE)
        if match.entry.type in {"country", "territory"} or match.entry.acts_for
    ]
    return places or matches


def _persons(name: str, gazetteer: Gazetteer) -> Sequence[Match]:
    """Return the people called `name`, its titles and initials left out: "Dr. Ashraf Ghani", "President Joe R. Biden"."""
    matches = gazetteer.find(name, EntityKind.PERSON)
    words = [word for word in name.split() if len(word.rstrip(".")) > 1]
    titles: list[str] = []
    while not matches and len(words) > 1:
        found = gazetteer.find(" ".join(words), EntityKind.PERSON)
        matches = [match for match in found if all(_is_title(word, match.entry.type) for word in titles)]
        titles.append(words.pop(0))
    return matches


def _is_title(word: str, office: str) -> bool:
    return word.endswith(".") or word in office.split()


def find_wholes(entity: Entity, gazetteer: Gazetteer, evidence: Evidence) -> Sequence[Match]:
    """Return known places that an unknown one is part of or named after.

    Iraq for "northern Iraq"; Hostomel for "Hostomel Airport", if the article speaks of Ukraine otherwise: "Temple of
    Bel" has nothing to do with Temple, Texas.
    """
    if entity.kind is not EntityKind.PLACE:
        return []
    key = strip_the(fold(entity.name))
    larger = whole(key)
    if larger is not None:
        return gazetteer.find(larger, EntityKind.PLACE)
    words = key.split()
    for length in range(len(words) - 1, 0, -1):
        matches = [
            match
            for match in gazetteer.find(" ".join(words[:length]), EntityKind.PLACE)
            if match.tier in _SURE and _is_backed(match, entity, evidence)
        ]
        if matches:
            return matches
    return []


def _is_backed(match: Match, entity: Entity, evidence: Evidence) -> bool:
    known = match.entry.type in {"country", "capital"} or (match.entry.population or 0) >= _WELL_KNOWN
    return known or evidence.boost(match.entry.country, without=entity.id) > _BACKED
