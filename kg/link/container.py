"""Phrases beside a place's name that say what it lies in: "Tripoli, Lebanon", "the Lebanese city of Tripoli"."""

import re
from collections.abc import Iterable

from kg.gazetteer import Entry, Gazetteer, Tier
from kg.records import EntityKind, Mention, PlacePrecision

_AFTER = re.compile(
    r"^(?:,| in| of|, in)\s+(?:the\s+)?((?:[A-Z][\w.'’-]*)(?:\s+(?:[A-Z][\w.'’-]*|of|and|the|region|province|state|oblast|governorate|district)){0,4})"
)
_BEFORE = re.compile(
    r"\b([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)(?:['’]s)?\s+(?:[\w-]+\s+){0,2}(?:cit(?:y|ies)|towns?|villages?|capital|port|provinces?|regions?|oblasts?|districts?)(?:\s+of)?(?:\s+the)?\s+$"
)
_PART = re.compile(r"\b([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?),\s+$")
_REACH = 80
_LARGE = frozenset({PlacePrecision.COUNTRY, PlacePrecision.REGION})


def containers(mentions: Iterable[Mention], text: str, gazetteer: Gazetteer) -> list[Entry]:
    """Return the countries and regions that the words next to a place's mentions put it in."""
    found: list[Entry] = []
    for mention in mentions:
        after = _AFTER.match(text[mention.span.end : mention.span.end + _REACH])
        if after:
            found += _large(after[1].split(), gazetteer)
        before = _BEFORE.search(text[max(0, mention.span.start - _REACH) : mention.span.start])
        if before:
            found += _large(before[1].split()[-1:], gazetteer) or _large(before[1].split(), gazetteer)
    return found


def parts(mentions: Iterable[Mention], text: str, gazetteer: Gazetteer) -> list[Entry]:
    """Return the settlements that a place's mentions are said to contain: "Atlanta" for the second name in "Atlanta, Georgia"."""
    found: list[Entry] = []
    for mention in mentions:
        before = _PART.search(text[max(0, mention.span.start - _REACH) : mention.span.start])
        if before:
            found += [entry for entry in gazetteer.lookup(before[1], EntityKind.PLACE) if entry.precision not in _LARGE]
    return found


def _large(words: list[str], gazetteer: Gazetteer) -> list[Entry]:
    for length in range(len(words), 0, -1):
        matches = gazetteer.find(" ".join(words[:length]).rstrip(".,"), EntityKind.PLACE)
        large = [match.entry for match in matches if match.entry.precision in _LARGE and match.tier is not Tier.LOOSE]
        if large:
            countries = [entry for entry in large if entry.precision is PlacePrecision.COUNTRY]
            return countries or large
    return []
