"""What the article says about where it plays: the countries that its unambiguous names point to."""

import re
from collections import Counter
from collections.abc import Mapping

from kg.gazetteer import Entry, Gazetteer
from kg.records import Entity, EntityKind, Extraction, Mention, PlacePrecision, Record

_WORD = re.compile(r"\b[A-Z][\w'’-]+")
_PLACE_BOOST = 60.0
_NAMED_BOOST = 30.0
_ACTOR_WEIGHT = 0.3
_DEMONYM_WEIGHT = 0.3


class Evidence(Record, kw_only=True):
    """Country code → how strongly the article points to it, by places within it and by its own name."""

    places: Mapping[str, float]
    named: Mapping[str, float]

    def boost(self, country: str | None) -> float:
        """Return the factor ≥ 1 by which the article makes a thing of `country` more likely."""
        if country is None:
            return 1.0
        return 1.0 + _PLACE_BOOST * _share(self.places, country) + _NAMED_BOOST * _share(self.named, country)


def _share(weights: Mapping[str, float], country: str) -> float:
    total = sum(weights.values())
    return weights.get(country, 0.0) / max(total, 1.0)


def gather(extraction: Extraction, gazetteer: Gazetteer) -> Evidence:
    """Return the evidence of one article.

    A country that only acts ("Russia shelled Donetsk") says less about where things are than one where things happen.
    """
    actors = _actors(extraction)
    places: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for entity in extraction.entities:
        entry = _unambiguous(entity, gazetteer)
        if entry is None or entry.country is None:
            continue
        if entry.precision is PlacePrecision.COUNTRY:
            named[entry.country] += _ACTOR_WEIGHT if actors.issuperset(entity.mentions) else 1.0
        else:
            places[entry.country] += 1.0
    for word in sorted(set(_WORD.findall(extraction.article.text))):
        demonym = gazetteer.demonyms.get(word)
        if demonym is not None and demonym.country is not None:
            named[demonym.country] += _DEMONYM_WEIGHT
    return Evidence(places=dict(places), named=dict(named))


def _actors(extraction: Extraction) -> set[str]:
    claims = [mention for claim in extraction.claims for mention in (claim.claimant, claim.target) if mention is not None]
    return {*claims, *(participant.mention for event in extraction.events for participant in event.participants)}


def _unambiguous(entity: Entity, gazetteer: Gazetteer) -> Entry | None:
    if not entity.named or entity.kind is not EntityKind.PLACE:
        return None
    found = gazetteer.lookup(entity.name, EntityKind.PLACE)
    return found[0] if found and len({entry.country for entry in found}) == 1 else None


def mentions_of(entity: Entity, extraction: Extraction) -> list[Mention]:
    """Return the mentions of `entity` in the order of the text."""
    ids = set(entity.mentions)
    return sorted((mention for mention in extraction.mentions if mention.id in ids), key=lambda mention: mention.span)
