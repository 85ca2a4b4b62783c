"""Which entries an entity may stand for at all."""

from collections.abc import Sequence

from kg.gazetteer import Gazetteer, Match, Tier, fold
from kg.gazetteer.fold import strip_the, whole
from kg.link.evidence import Evidence
from kg.records import Entity, EntityKind, PlacePrecision

_SURE = frozenset({Tier.NAME, Tier.ALIAS, Tier.DEMONYM})
_BACKED = 5.0
_WELL_KNOWN = 150_000


def find_matches(entity: Entity, gazetteer: Gazetteer) -> Sequence[Match]:
    """Return what `entity` may be, by its kind and name.

    An organisation called like a capital is the government there ("Kyiv said"); one called like a country is the
    country. A named group is an armed group or, by its nationality, nothing.
    """
    kind = EntityKind.ORGANISATION if entity.kind is EntityKind.GROUP else entity.kind
    matches = gazetteer.find(entity.name, kind)
    if matches or kind is not EntityKind.ORGANISATION:
        return matches
    found: list[Match] = []
    for match in gazetteer.find(entity.name, EntityKind.PLACE):
        if entity.kind is EntityKind.GROUP:
            continue
        if match.entry.type == "capital" and match.entry.name in gazetteer.metonyms:
            found.append(Match(entry=gazetteer.metonyms[match.entry.name], tier=Tier.ALIAS))
        elif match.entry.precision is PlacePrecision.COUNTRY:
            found.append(match)
    return found


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
