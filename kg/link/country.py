"""The country that an article puts a place in which the tables do not know, or know several of."""

import re

import msgspec

from kg.gazetteer import Gazetteer
from kg.link.evidence import Evidence, mentions_of, unambiguous
from kg.records import Entity, EntityKind, Extraction, Link, Outcome

_NAME = r"(?:the\s+)?((?:[A-Z][\w.'’-]*)(?:\s+(?:[A-Z][\w.'’-]*|of|and|the)){0,3})"
_INSIDE = re.compile(rf"^(?:,\s+an?\b)?(?:\s+[a-z-]+){{0,2}}(?:,| in|, in| of)\s+(?:[a-z-]+\s+){{0,2}}{_NAME}")
_OWNED = re.compile(r"([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)['’]s\s+(?:[\w-]+\s+){0,3}$")
_REACH = 80
_SHARED = re.compile(
    r"\b(?:Sea|Ocean|Gulf|Bay|Straits?|Channel|River|Delta|Mountains)\b|^(?:(?:North|South|East|West)(?:ern)? )?"
    r"(?:Europe|Asia|Africa|America|Middle East|Balkans|Baltic|Caucasus|Sahel|Levant|Mediterranean|Atlantic|Pacific|Arctic)\b"
)
"""Waters, continents and the like, which no country has for itself."""


def in_country(link: Link, entity: Entity, extraction: Extraction, gazetteer: Gazetteer, evidence: Evidence) -> Link:
    """Return `link`, with the country of a place that is not linked, if the article tells it.

    What the words beside the place say comes first ("Sarmada, Syria", "Yemen's Red Sea coast"); then what all that bear its
    name have in common; then the only country that the article speaks of.

    Args:
        link: the decision for `entity`.
        entity: the place; other kinds keep their link.
        extraction: the article with what it tells.
        gazetteer: the names that are known.
        evidence: the countries that the article speaks of.
    """
    decided = link.outcome is Outcome.LINKED or link.country is not None
    if entity.kind is not EntityKind.PLACE or decided or _SHARED.search(entity.name):
        return link
    beside = _beside(entity, extraction, gazetteer)
    rivals = {candidate.country for candidate in link.candidates}
    country: str | None
    if len(beside) == 1:
        (country,), reason = beside, "the words beside it say it lies in"
    elif len(rivals) == 1:
        (country,), reason = rivals, "all candidates lie in"
    else:
        country, reason = evidence.only_country(without=entity.id), "the article speaks of no country but"
    if country is None or (rivals and country not in rivals):
        return link
    return msgspec.structs.replace(link, country=country, reasons=(*link.reasons, f"{reason} {country}"))


def _beside(entity: Entity, extraction: Extraction, gazetteer: Gazetteer) -> set[str]:
    """Return the countries of the places that the words beside a place's mentions put it in."""
    text = extraction.article.text
    found: set[str] = set()
    for mention in mentions_of(entity, extraction):
        after = _INSIDE.match(text[mention.span.end : mention.span.end + _REACH])
        before = _OWNED.search(text[max(0, mention.span.start - _REACH) : mention.span.start])
        for match in (after, before):
            words = match[1].split() if match else []
            entries = (unambiguous(" ".join(words[:size]).rstrip(".,"), gazetteer) for size in range(len(words), 0, -1))
            entry = next((entry for entry in entries if entry is not None), None)
            if entry is not None and entry.country is not None:
                found.add(entry.country)
    return found
