"""The words beside a place's mentions: what they say it lies in, what lies in it, and which kind of place it is.

"Tripoli, Lebanon"; "the Lebanese city of Tripoli"; "Iraq's western town of Zarwa"; "a quarter of Baghdad"; "Atlanta,
Georgia"; "the U.S. state of Georgia"; "Idlib province".
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.gazetteer import Entry, Gazetteer, Match, Tier
from kg.link.evidence import unambiguous
from kg.records import EntityKind, Mention, PlacePrecision

_NAME = (
    r"((?:[A-Z][\w.'’-]*)(?:\s+(?:[A-Z][\w.'’-]*|of|and|the|region|province|state|oblast|governorate|district)){0,4})"
)
_KIND = r"(?:cit(?:y|ies)|towns?|villages?|settlements?|capital|port|provinces?|regions?|oblasts?|states?|districts?|governorates?)"
_INSIDE = re.compile(rf"^(?:,\s+an?\b)?(?:\s+[a-z-]+){{0,2}}(?:,| in|, in| of)\s+(?:[a-z-]+\s+){{0,2}}{_NAME}")
_OWNER = re.compile(
    rf"([A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?)(?:['’]s\s+(?:[\w-]+\s+){{0,3}}|\s+(?:[\w-]+\s+){{0,2}}{_KIND}(?:\s+of)?\s+)(?:the\s+)?$"
)
_PART = re.compile(r"\b([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?),\s+$")
_POSSESSOR = re.compile(r"\b([A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?)['’]s\s+$")
_KIND_BEFORE = re.compile(rf"\b({_KIND})\s+of\s+(?:the\s+)?$")
_KIND_AFTER = re.compile(r"^\s+([A-Za-z]+)\b")
_REACH = 80
_SURE = frozenset({Tier.NAME, Tier.ALIAS, Tier.SCOPED})
_LARGE = frozenset({PlacePrecision.COUNTRY, PlacePrecision.REGION})


def containers(mentions: Iterable[Mention], text: str, gazetteer: Gazetteer) -> list[Entry]:
    """Return the countries and regions that the words next to a place's mentions put it in."""
    return [entry for names in _names_beside(mentions, text) for entry in _large(names, gazetteer)]


def countries_beside(mentions: Iterable[Mention], text: str, gazetteer: Gazetteer) -> set[str]:
    """Return the countries of the places, large or small, that the words next to a place's mentions put it in."""
    found = set()
    for names in _names_beside(mentions, text):
        entry = next((entry for name in names if (entry := unambiguous(name, gazetteer)) is not None), None)
        if entry is not None and entry.country is not None:
            found.add(entry.country)
    return found


def parts(mentions: Iterable[Mention], text: str, gazetteer: Gazetteer) -> list[Entry]:
    """Return the settlements that a place's mentions are said to contain: "Atlanta" for the second name in "Atlanta, Georgia"."""
    found: list[Entry] = []
    for mention in mentions:
        before = _PART.search(_before(mention, text))
        if before:
            found += [entry for entry in gazetteer.lookup(before[1], EntityKind.PLACE) if entry.precision not in _LARGE]
    return found


def of_kind(name: str, mentions: Sequence[Mention], text: str, gazetteer: Gazetteer) -> Sequence[Match]:
    """Return what `name` finds with the word for a kind of place that stands beside all its mentions.

    Niger State for "the Nigerian state of Niger", the governorate for "Idlib province".
    """
    found: Sequence[Match] = ()
    for mention in mentions:
        before, after = _KIND_BEFORE.search(_before(mention, text)), _KIND_AFTER.match(_after(mention, text))
        surfaces = [f"{before[1]} of {name}"] if before else []
        surfaces += [f"{name} {after[1]}"] if after else []
        surfaces += [words for words in (mention.span.of(text),) if words != name]
        matches = (gazetteer.find(surface, EntityKind.PLACE) for surface in surfaces)
        found = next((some for some in matches if some and some[0].tier in _SURE), ())
        if not found:
            return ()
    return found


def owned(name: str, mentions: Iterable[Mention], text: str) -> Iterator[str]:
    """Yield the full names of a body that its owner stands before: "Ministry of Defence of Russia" for "Russia's Ministry of Defence"."""
    for mention in mentions:
        owner = _POSSESSOR.search(_before(mention, text))
        if owner:
            yield f"{name} of {owner[1]}"


def _names_beside(mentions: Iterable[Mention], text: str) -> Iterator[list[str]]:
    """Yield, for each place beside a mention, what may be its name, best first."""
    for mention in mentions:
        after = _INSIDE.match(_after(mention, text))
        if after:
            words = after[1].split()
            yield [" ".join(words[:size]).rstrip(".,") for size in range(len(words), 0, -1)]
        before = _OWNER.search(_before(mention, text))
        if before:
            yield [before[1], before[1].split()[-1]]


def _after(mention: Mention, text: str) -> str:
    return text[mention.span.end : mention.span.end + _REACH]


def _before(mention: Mention, text: str) -> str:
    return text[max(0, mention.span.start - _REACH) : mention.span.start]


def _large(names: Iterable[str], gazetteer: Gazetteer) -> list[Entry]:
    for name in names:
        matches = gazetteer.find(name, EntityKind.PLACE)
        large = [match.entry for match in matches if match.entry.precision in _LARGE and match.tier is not Tier.LOOSE]
        if large:
            countries = [entry for entry in large if entry.precision is PlacePrecision.COUNTRY]
            return countries or large
    return []
