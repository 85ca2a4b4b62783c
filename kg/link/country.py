"""The country that an article puts a place in which the tables do not know, or know several of."""

import re

import msgspec

from kg.gazetteer import Gazetteer
from kg.link.beside import countries_beside
from kg.link.evidence import Evidence
from kg.link.overrides import SOURCE
from kg.records import Entity, EntityKind, Link, Outcome

_SHARED = re.compile(
    r"\b(?:Sea|Ocean|Gulf|Bay|Straits?|Channel|River|Delta|Mountains)\b|^(?:(?:North|South|East|West)(?:ern)? )?"
    r"(?:Europe|Asia|Africa|America|Middle East|Balkans|Baltic|Caucasus|Sahel|Levant|Mediterranean|Atlantic|Pacific|Arctic)\b"
)
"""Waters, continents and the like, which no country has for itself."""


def in_country(link: Link, entity: Entity, text: str, gazetteer: Gazetteer, evidence: Evidence) -> Link:
    """Return `link`, with the country of a place that is not linked, if the article tells it.

    What the words beside the place say comes first ("Sarmada, Syria", "Yemen's Red Sea coast"); then what all that bear its
    name have in common, unless none of them was meant and the article speaks of elsewhere; then the only country that the
    article speaks of.

    Args:
        link: the decision for `entity`.
        entity: the place; other kinds keep their link.
        text: the text of the article.
        gazetteer: the names that are known.
        evidence: the countries that the article speaks of.
    """
    chosen = link.chosen
    bare = chosen is not None and chosen.source == SOURCE and chosen.country is None
    decided = (chosen is not None and not bare) or link.country is not None
    if entity.kind is not EntityKind.PLACE or decided or _SHARED.search(entity.name):
        return link
    only = evidence.only_country(without=entity.id)
    beside = countries_beside(evidence.mentions[entity.id], text, gazetteer)
    rivals = {candidate.country for candidate in link.candidates if candidate is not chosen}
    spoken_of = any(rival is None or evidence.speaks_of(rival, without=entity.id) for rival in rivals)
    if link.outcome is Outcome.NIL and only is not None and not spoken_of:
        rivals = set()  # Sadah in Iraq is not that of Yemen
    country: str | None
    if len(beside) == 1:
        (country,), reason = beside, "the words beside it say it lies in"
    elif len(rivals) == 1:
        (country,), reason = rivals, "all candidates lie in"
    else:
        country, reason = only, "the article speaks of no country but"
        if country is None or (rivals and country not in rivals):
            return link
    reasons = (*link.reasons, f"{reason} {country}")
    if chosen is None:
        return msgspec.structs.replace(link, country=country, reasons=reasons)
    placed = msgspec.structs.replace(chosen, country=country)
    return msgspec.structs.replace(link, candidates=(placed, *link.candidates[1:]), reasons=reasons)
