"""How likely two events of different articles are one: a sum of evidence, each piece with its reason.

The evidence adds up as log odds (Fellegi and Sunter, A Theory for Record Linkage, 1969). The weights are set by judgement
and checked against invented corpora and real news (`benchmarks/merging.py`); precision goes before recall.
"""

import math
from typing import NamedTuple

from kg.merge.signature import EventSignature, Level, Site, Toll
from kg.vocab import Vocab

NEAR_KM = 6.0
FAR_KM = 12.0
"""Two towns that are farther apart are not the place of one event."""
REGION_KM = 250.0
"""How far from a region's middle a town of it may lie."""
SLACK = 3
"""Days between an event and the publication of an article that does not date it."""

NEAR_DAYS = 7
"""Days between the publication of articles that may tell an event without day or place in the same words."""
LEAST_WORDS = 8
"""So few words are the same by chance."""
SAME_WORDS = 0.99
"""The probability that two such events are one."""

_PRIOR = -4.2
_KM_PER_DEGREE = 111.2
_NAMED = ("=", "~")


class Evidence(NamedTuple):
    """One piece: its weight in log odds and its reason."""

    weight: float
    reason: str


class Comparer:
    """Compares events.

    `groups` maps each event type to the name of the group of types that it may be told for, directly or by way of others.

    Args:
        vocab: knows which types may be told for one another.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._kin = {name: {name: _SAME_TYPE} for name in vocab.event_types}
        for name, row in self._kin.items():
            for other in (*vocab.covers[name], *vocab.resembles[name]):
                row[other] = self._kin[other][name] = _KIN_TYPE
        self.groups = _groups(vocab)
        self._vague = {name for name in vocab.event_types if len(vocab.covers[name]) > _MANY}

    def compare(self, one: EventSignature, other: EventSignature) -> tuple[float, tuple[str, ...]]:
        """Return the probability that the two are one event, and the reasons for it; 0 when they cannot be."""
        if one.real is not other.real or one.article == other.article:
            return 0.0, ()
        if one.site is None or other.site is None or not one.start or not other.start:
            near = len(one.words) >= LEAST_WORDS and abs(one.published - other.published) <= NEAR_DAYS
            return (SAME_WORDS, ("same words",)) if near and told(one) == told(other) else (0.0, ())
        kind = self._kin[one.type].get(other.type)
        when = _time(one, other)
        where = _place(one.site, other.site)
        if kind is None or when is None or where is None:
            return 0.0, ()
        found = [where, when, kind if one.type not in self._vague or kind is not _SAME_TYPE else _SAME_VAGUE]
        found += _facts(one, other)
        odds = _PRIOR + sum(piece.weight for piece in found)
        reasons = tuple(piece.reason for piece in found if piece.reason)
        return 1 / (1 + math.exp(-odds)), reasons


def _groups(vocab: Vocab) -> dict[str, str]:
    groups = {name: name for name in vocab.event_types}
    for name in vocab.event_types:
        for other in (*vocab.covers[name], *vocab.resembles[name]):
            first, second = sorted((groups[name], groups[other]))
            groups = {key: first if group == second else group for key, group in groups.items()}
    return groups


def told(event: EventSignature) -> tuple[object, ...]:
    """Return what an article says of an event, its own place and day left out."""
    return event.type, event.site, event.perpetrators, event.targets, event.weapons, event.tolls, event.words


_MANY = 6
_SAME_TYPE = Evidence(1.5, "same type")
_SAME_VAGUE = Evidence(1.0, "same type")
_KIN_TYPE = Evidence(-0.4, "types that may be told for one another")


_NOTHING = Evidence(0.0, "")


def _time(one: EventSignature, other: EventSignature) -> Evidence | None:
    gap = max(one.start, other.start) - min(one.end, other.end)
    if one.told and other.told:
        if gap > 1:
            return None
        if gap == 1:
            return Evidence(-1.5, "")
        short = one.start == one.end or other.start == other.end
        return Evidence(1.5 if short else 0.5, "same day" if short else "days that overlap")
    if one.told != other.told:
        dated, published = (one, other) if one.told else (other, one)
        if not dated.start - 1 <= published.start <= dated.end + SLACK:
            return None
        return Evidence(0.8, "same day") if gap <= 0 else Evidence(-0.7 * gap, "")
    if gap > 1:
        return None
    return Evidence(1.0, "same day") if gap <= 0 else Evidence(-1.5, "")


def _place(one: Site, other: Site) -> Evidence | None:
    if one.key == other.key:
        return Evidence(3.8, "same place") if one.exact else Evidence(1.0, "same region or country")
    if one.country and other.country and one.country != other.country:
        return None
    apart = _km(one, other)
    if one.exact and other.exact:
        if apart is None or apart > FAR_KM:
            return None
        return Evidence(2.5, f"{apart:.0f} km apart") if apart <= NEAR_KM else Evidence(-0.5, f"{apart:.0f} km apart")
    if apart is not None and apart > REGION_KM and Level.COUNTRY not in (one.level, other.level):
        return None
    return Evidence(0.5, "one place within the other")


def _facts(one: EventSignature, other: EventSignature) -> list[Evidence]:
    found = [
        _actors(one.perpetrators, other.perpetrators, "perpetrator"),
        _actors(one.targets, other.targets, "target"),
    ]
    if one.weapons and other.weapons:
        shared = set(one.weapons) & set(other.weapons)
        found.append(Evidence(0.7, f"same weapon ({min(shared)})") if shared else Evidence(-0.7, ""))
    found += [_tolls(one.tolls, other.tolls, harm) for harm in _HARMS]
    if one.words and other.words:
        both = len(set(one.words).intersection(other.words))
        shared_words = both / (len(one.words) + len(other.words) - both)
        found.append(Evidence(min(2.0, 4 * shared_words - 0.4), "same words" if shared_words > 0.3 else ""))
    return found


def _actors(one: tuple[str, ...], other: tuple[str, ...], role: str) -> Evidence:
    if not one or not other:
        return _NOTHING
    shared = set(one) & set(other)
    if any(key.startswith(_NAMED) for key in shared):
        return Evidence(1.0, f"same {role}")
    if shared:
        return Evidence(0.2, f"same {role}")
    rivals = all(any(key.startswith(_NAMED) for key in keys) for keys in (one, other))
    return Evidence(-0.7 if rivals else 0.0, "")


_HARMS = ("Killed", "Injured")
_ANY = "AnyPerson"


def _tolls(one: tuple[Toll, ...], other: tuple[Toll, ...], harm: str) -> Evidence:
    """Weigh the closest two numbers of comparable people; the larger an equal number, the less it is chance."""
    best: Evidence | None = None
    for a in one:
        if a.harm != harm:
            continue
        for b in other:
            if b.harm == harm and (a.category == b.category or _ANY in (a.category, b.category)):
                found = _numbers(a, b, harm)
                if best is None or found.weight > best.weight:
                    best = found
    return best or _NOTHING


def _numbers(a: Toll, b: Toll, harm: str) -> Evidence:
    x, y = a.low if a.low is not None else a.high or 0, b.low if b.low is not None else b.high or 0
    if x == y:
        weight = min(3.0, 0.5 + 0.8 * math.log(x)) if x else 0.5
        return Evidence(weight, f"{x} {harm.lower()} in both")
    least, most = min(x, y), max(x, y)
    if most - least <= 2 or least / most >= 0.75:
        return Evidence(0.4, f"{least} {harm.lower()} in one, {most} in the other")
    if least / most >= 0.5:
        return Evidence(-0.4, "")
    return Evidence(-1.2 if most - least <= 8 else -2.5, "")


def _km(one: Site, other: Site) -> float | None:
    """Return the distance of two places, good to a few per cent below 1,000 km; `None` without coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, east) * _KM_PER_DEGREE
