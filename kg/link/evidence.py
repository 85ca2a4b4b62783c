"""What the article says about where it plays: the countries and places that its unambiguous names point to."""

import re
from collections.abc import Mapping, Sequence

from kg.gazetteer import Entry, Gazetteer
from kg.link.prominence import prominence
from kg.records import EntityKind, Extraction, Mention, PlacePrecision, Record, Role

_WORD = re.compile(r"\b[A-Z][\w'’-]+")
_PLACE_BOOST = 60.0
_NAMED_BOOST = 30.0
_ACTOR_WEIGHT = 0.3
_ABROAD_WEIGHT = 0.3
_DOMINANT = 0.9
# States whose forces fight outside their borders: that they are named says less about where things happen
# ("Russian forces shelled Donetsk"). The states with the most locations abroad in UCDP's list of actors.
_ABROAD = frozenset({"US", "RU", "GB", "FR", "IL", "IR", "TR", "SA"})


class Tally:
    """How strongly the article speaks of each country.

    Args:
        said: country code → the id of the entity or the word that says so → weight; each speaks of one country.
    """

    def __init__(self, said: Mapping[str, Mapping[str, float]]) -> None:
        self._said = said
        self._sums = {code: _combine(list(weights.values())) for code, weights in said.items()}
        self._total = sum(self._sums.values())
        self._home = {source: code for code, weights in said.items() for source in weights}

    def share(self, country: str, without: str) -> float:
        """Return the share of `country`, from 0 to 1, in what all but `without` say."""
        value = self._rest(without) if self._home.get(without) == country else self._sums.get(country, 0.0)
        return value / max(self.total(without), 1.0)

    def total(self, without: str) -> float:
        """Return how strongly all but `without` speak of countries."""
        home = self._home.get(without)
        return self._total if home is None else self._total - self._sums[home] + self._rest(without)

    def _rest(self, without: str) -> float:
        """Return how strongly the others speak of the country that `without` speaks of."""
        said = self._said[self._home[without]]
        return _combine([weight for source, weight in said.items() if source != without])

    def speaks_of(self, country: str, without: str) -> bool:
        """Tell whether something other than `without` speaks of `country`."""
        return any(source != without for source in self._said.get(country, ()))

    def countries(self, without: str, least: float = 1.0) -> set[str]:
        """Return the countries that something other than `without` speaks of with a weight of at least `least`."""
        return {
            code
            for code, weights in self._said.items()
            if any(weight >= least for source, weight in weights.items() if source != without)
        }


class Evidence(Record, frozen=True, kw_only=True):
    """What the article as a whole says about each entity.

    `places` counts places within a country, `named` the country itself and its people. `mentions` maps the ids of
    named entities to their mentions in the order of the text, `near` to the places that take part in the same events.
    `acting` holds the ids of the mentions that say something, are addressed or do something; `scenes` those of the
    entities that are places or countries beyond doubt, where things may happen.
    """

    places: Tally
    named: Tally
    mentions: Mapping[str, Sequence[Mention]]
    near: Mapping[str, Sequence[Entry]]
    acting: frozenset[str]
    scenes: frozenset[str]

    def boost(self, country: str | None, *, without: str) -> float:
        """Return the factor ≥ 1 by which the article, but for the entity `without`, makes a thing of `country` likelier."""
        if country is None:
            return 1.0
        return (
            1.0 + _PLACE_BOOST * self.places.share(country, without) + _NAMED_BOOST * self.named.share(country, without)
        )

    def speaks(self, *, without: str) -> bool:
        """Tell whether the article names a place or country, other than the entity `without`, where things may happen."""
        return len(self.scenes) > (without in self.scenes)

    def speaks_of(self, country: str, *, without: str) -> bool:
        """Tell whether the article, but for the entity `without`, names `country`, its people or a place in it."""
        return self.places.speaks_of(country, without) or self.named.speaks_of(country, without)

    def only_country(self, *, without: str) -> str | None:
        """Return the one country that all the article, but for the entity `without`, speaks of, states that fight abroad aside.

        Of several the one that places are named in counts, else the one that is named at all: Ukraine in "Ukraine says
        that Russian ships have attacked the island".
        """
        local, named = self.places.countries(without), self.named.countries(without)
        anyhow = self.places.countries(without, 0.0) | self.named.countries(without, 0.0)
        for said in (local | named, local, anyhow - _ABROAD):
            if len(said) == 1:
                return next(iter(said))
        return None


def _combine(weights: list[float]) -> float:
    return max(weights, default=0.0) + 0.1 * max(len(weights) - 1, 0)


def gather(extraction: Extraction, gazetteer: Gazetteer) -> Evidence:
    """Return the evidence of one article.

    A country that only acts says less about where things are than one where things happen.
    """
    spoken = {
        mention for claim in extraction.claims for mention in (claim.claimant, claim.target) if mention is not None
    }
    taking_part = {(part.mention, part.role) for event in extraction.events for part in event.participants}
    busy = spoken | {mention for mention, _ in taking_part}
    places: dict[str, dict[str, float]] = {}
    named: dict[str, dict[str, float]] = {}
    known: dict[str, Entry] = {}
    scenes: set[str] = set()
    for entity in extraction.entities:
        entry = unambiguous(entity.name, gazetteer) if entity.named and entity.kind is EntityKind.PLACE else None
        if entry is None or entry.country is None:
            continue
        if entry.precision is PlacePrecision.COUNTRY:
            weight = (_ACTOR_WEIGHT if busy.issuperset(entity.mentions) else 1.0) * _abroad(entry.country)
            named.setdefault(entry.country, {})[entity.id] = weight
        else:
            weight = places.setdefault(entry.country, {})[entity.id] = 1.0
            known[entity.id] = entry
        if weight >= 1.0:
            scenes.add(entity.id)
    for word in sorted(gazetteer.demonyms.keys() & set(_WORD.findall(extraction.article.text))):
        countries = {entry.country for entry in gazetteer.lookup(word)}
        if len(countries) == 1 and (country := countries.pop()) is not None:
            named.setdefault(country, {})[word] = _abroad(country)
    by_id = {mention.id: mention for mention in extraction.mentions}
    return Evidence(
        places=Tally(places),
        named=Tally(named),
        mentions={
            entity.id: sorted((by_id[mention] for mention in entity.mentions), key=lambda mention: mention.span.start)
            for entity in extraction.entities
            if entity.named
        },
        near=_near(extraction, known),
        scenes=frozenset(scenes),
        acting=frozenset(spoken | {mention for mention, role in taking_part if role is not Role.TARGET}),
    )


def _near(extraction: Extraction, known: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    """Return, for each entity that an event names, the unambiguous places that the event names beside it."""
    owner = {mention: entity.id for entity in extraction.entities for mention in entity.mentions}
    found: dict[str, list[Entry]] = {}
    for event in extraction.events:
        mentions = [participant.mention for participant in event.participants]
        mentions += [event.place.mention] if event.place else []
        ids = dict.fromkeys(owner[mention] for mention in mentions if mention in owner)
        entries = {one: known[one] for one in ids if one in known}
        for one in ids if entries else ():
            found.setdefault(one, []).extend(entry for other, entry in entries.items() if other != one)
    return found


def _abroad(country: str) -> float:
    return _ABROAD_WEIGHT if country in _ABROAD else 1.0


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
