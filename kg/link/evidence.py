"""What the article says about where it plays: the countries that its unambiguous names point to."""

import re
from collections.abc import Mapping

from kg.gazetteer import Entry, Gazetteer
from kg.link.prominence import prominence
from kg.records import Entity, EntityKind, Extraction, Mention, PlacePrecision, Record

_WORD = re.compile(r"\b[A-Z][\w'’-]+")
_PLACE_BOOST = 60.0
_NAMED_BOOST = 30.0
_ACTOR_WEIGHT = 0.3
_ABROAD_WEIGHT = 0.3
_DOMINANT = 0.9
# States whose forces fight outside their borders: that they are named says less about where things happen
# ("Russian forces shelled Donetsk"). The states with the most locations abroad in UCDP's list of actors.
_ABROAD = frozenset({"US", "RU", "GB", "FR", "IL", "IR", "TR", "SA"})


class Evidence(Record, frozen=True, kw_only=True):
    """What each name in the article says about the country.

    `places` and `named`: country code → (id of the entity or the word that says so → weight); `places` holds places
    within the country, `named` the country itself and its people.
    """

    places: Mapping[str, Mapping[str, float]]
    named: Mapping[str, Mapping[str, float]]

    def boost(self, country: str | None, *, without: str) -> float:
        """Return the factor ≥ 1 by which the article, but for the entity `without`, makes a thing of `country` likelier."""
        if country is None:
            return 1.0
        return (
            1.0
            + _PLACE_BOOST * _share(self.places, country, without)
            + _NAMED_BOOST * _share(self.named, country, without)
        )

    def speaks_of(self, country: str, *, without: str) -> bool:
        """Tell whether the article, but for the entity `without`, names `country`, its people or a place in it."""
        said = (*self.places.get(country, ()), *self.named.get(country, ()))
        return any(source != without for source in said)

    def only_country(self, *, without: str) -> str | None:
        """Return the one country that all the article, but for the entity `without`, speaks of, states that fight abroad aside."""
        said = {
            code
            for weights in (self.places, self.named)
            for code, sources in weights.items()
            if any(weight >= 1.0 for source, weight in sources.items() if source != without)
        }
        return said.pop() if len(said) == 1 else None


def _share(weights: Mapping[str, Mapping[str, float]], country: str, without: str) -> float:
    totals = {code: _combine([w for source, w in said.items() if source != without]) for code, said in weights.items()}
    return totals.get(country, 0.0) / max(sum(totals.values()), 1.0)


def _combine(weights: list[float]) -> float:
    return max(weights, default=0.0) + 0.1 * max(len(weights) - 1, 0)


def gather(extraction: Extraction, gazetteer: Gazetteer) -> Evidence:
    """Return the evidence of one article.

    A country that only acts says less about where things are than one where things happen.
    """
    actors = _actors(extraction)
    places: dict[str, dict[str, float]] = {}
    named: dict[str, dict[str, float]] = {}
    for entity in extraction.entities:
        entry = unambiguous(entity.name, gazetteer) if entity.named and entity.kind is EntityKind.PLACE else None
        if entry is None or entry.country is None:
            continue
        if entry.precision is PlacePrecision.COUNTRY:
            weight = _ACTOR_WEIGHT if actors.issuperset(entity.mentions) else 1.0
            named.setdefault(entry.country, {})[entity.id] = weight * _abroad(entry.country)
        else:
            places.setdefault(entry.country, {})[entity.id] = 1.0
    for word in sorted(set(_WORD.findall(extraction.article.text))):
        countries = {entry.country for entry in gazetteer.lookup(word)} if word in gazetteer.demonyms else set()
        if len(countries) == 1 and (country := countries.pop()) is not None:
            named.setdefault(country, {})[word] = _abroad(country)
    return Evidence(places=places, named=named)


def _abroad(country: str) -> float:
    return _ABROAD_WEIGHT if country in _ABROAD else 1.0


def _actors(extraction: Extraction) -> set[str]:
    claims = [
        mention for claim in extraction.claims for mention in (claim.claimant, claim.target) if mention is not None
    ]
    return {*claims, *(participant.mention for event in extraction.events for participant in event.participants)}


def unambiguous(name: str, gazetteer: Gazetteer) -> Entry | None:
    """Return the place that `name` means nearly always, `None` when places of several countries share it."""
    weights: dict[str | None, float] = {}
    found = gazetteer.lookup(name, EntityKind.PLACE)
    for entry in found:
        weights[entry.country] = weights.get(entry.country, 0.0) + prominence(entry)
    country, weight = max(weights.items(), key=lambda item: item[1], default=(None, 0.0))
    if country is None or weight < _DOMINANT * sum(weights.values()):
        return None
    return max((entry for entry in found if entry.country == country), key=prominence)


def mentions_of(entity: Entity, extraction: Extraction) -> list[Mention]:
    """Return the mentions of `entity` in the order of the text."""
    ids = set(entity.mentions)
    return sorted((mention for mention in extraction.mentions if mention.id in ids), key=lambda mention: mention.span)
