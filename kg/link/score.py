"""How likely an entity is to be each of the entries that bear its name.

Every entry has a weight: how much is written about such a thing, times what the article and the words beside the name
make of it. The score is its share of all weights, a rest for things that no table lists included, times how well the
name fits. So one bearer of a rare name scores high, equals share, and "none of these" is always possible.
"""

import math
from collections.abc import Sequence

from kg.gazetteer import Entry, Match, Tier
from kg.link.evidence import Evidence
from kg.records import EntityKind, PlacePrecision, Record

_FIT = {Tier.NAME: 1.0, Tier.ALIAS: 0.95, Tier.SCOPED: 0.97, Tier.DEMONYM: 0.95, Tier.LOOSE: 0.85, Tier.SURNAME: 0.85}
_REST = {Tier.LOOSE: 3e4, Tier.SURNAME: 5e6}
_PLAIN_REST = 3e3
_COUNTRY, _CAPITAL, _TERRITORY, _REGION, _DISTRICT, _VILLAGE = 1e8, 3e6, 3e6, 3e5, 1e5, 1e4
_CAPITAL_FACTOR = 3.0
_OTHER_KIND = 1e6
_CONTAINED, _ELSEWHERE = 100.0, 0.01
_REACH_KM = 400.0


class Surroundings(Record, kw_only=True):
    """What the words next to an entity's mentions put it in, and what they put in it."""

    containers: tuple[Entry, ...] = ()
    parts: tuple[Entry, ...] = ()


class Scored(Record, kw_only=True):
    """An entry with its score and the reasons for it."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]


def score(matches: Sequence[Match], evidence: Evidence, near: Surroundings) -> list[Scored]:
    """Return the matches with scores between 0 and 1, best first."""
    settled = [other for other in near.containers if any(_inside(match.entry, other) for match in matches)]
    near = Surroundings(containers=tuple(settled), parts=near.parts)
    weighed = [(match, *_weigh(match.entry, evidence, near)) for match in matches]
    total = sum(weight for _, weight, _ in weighed) + max((_REST.get(match.tier, _PLAIN_REST) for match in matches), default=0.0)
    scored = [
        Scored(
            entry=match.entry,
            score=round(_FIT[match.tier] * weight / total, 4),
            reasons=(f"{match.tier.value} {match.entry.name}", *reasons, f"{100 * weight / total:.0f} % of the weight of all that are called so"),
        )
        for match, weight, reasons in weighed
    ]
    return sorted(scored, key=lambda one: (-one.score, one.entry.target or "", one.entry.name))


def _weigh(entry: Entry, evidence: Evidence, near: Surroundings) -> tuple[float, list[str]]:
    weight, why = _prominence(entry)
    reasons = [why]
    boost = evidence.boost(entry.country)
    if boost > 1.5:
        reasons.append(f"the article speaks of {entry.country}")
    weight *= boost
    if near.containers and entry.kind is EntityKind.PLACE:
        names = " or ".join(dict.fromkeys(other.name for other in near.containers))
        inside = any(_inside(entry, other) for other in near.containers)
        weight *= _CONTAINED if inside else _ELSEWHERE
        reasons.append(f"the words beside it say {'it lies in' if inside else 'it lies elsewhere, in'} {names}")
    if any(_inside(part, entry) for part in near.parts):
        weight *= _CONTAINED
        reasons.append(f"the words before it say it contains {near.parts[0].name}")
    return weight, reasons


def _prominence(entry: Entry) -> tuple[float, str]:
    people = entry.population or 0
    if entry.kind is not EntityKind.PLACE:
        return _OTHER_KIND, entry.type
    if entry.precision is PlacePrecision.COUNTRY:
        return max(_COUNTRY, people), "a country"
    if entry.type == "capital":
        return max(_CAPITAL, _CAPITAL_FACTOR * people), f"the capital of {entry.country}"
    least = {"territory": _TERRITORY, "adm1": _REGION, "region": _REGION, "district": _DISTRICT}.get(entry.type, _VILLAGE)
    what = f"a {'region' if entry.type == 'adm1' else entry.type}"
    return max(least, people), f"{what} of {people:,} people" if people else f"{what} in {entry.country}"


def _inside(part: Entry, whole: Entry) -> bool:
    if part.country is None or part.country != whole.country or part == whole:
        return False
    if whole.precision is PlacePrecision.COUNTRY:
        return True
    distance = _distance_km(part, whole)
    return distance is None or distance < _REACH_KM


def _distance_km(one: Entry, other: Entry) -> float | None:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, east) * 111.2
