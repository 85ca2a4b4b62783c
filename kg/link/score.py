"""How likely an entity is to be each of the entries that bear its name.

Every entry has a weight: how much is written about such a thing, times what the article and the words beside the name
make of it. The score is its share of all weights, a rest for things that no table lists included, times how well the
name fits. So one bearer of a rare name scores high, equals share, and "none of these" is always possible.
"""

from collections.abc import Sequence

from kg.gazetteer import Entry, Match, Tier
from kg.link.distance import is_inside
from kg.link.evidence import Evidence
from kg.link.prominence import describe, prominence
from kg.records import EntityKind, Record

_FIT = {Tier.NAME: 1.0, Tier.ALIAS: 0.95, Tier.SCOPED: 0.97, Tier.DEMONYM: 0.95, Tier.LOOSE: 0.85, Tier.SURNAME: 0.85}
_REST = {Tier.LOOSE: 3e4, Tier.SURNAME: 2e6}
_PLAIN_REST = 3e3
_CONTAINED, _ELSEWHERE = 100.0, 0.01


class Surroundings(Record, frozen=True, kw_only=True):
    """What surrounds the entity with the id `entity`: what the words next to its mentions put it in, and what in it."""

    entity: str
    containers: tuple[Entry, ...] = ()
    parts: tuple[Entry, ...] = ()


class Scored(Record, frozen=True, kw_only=True):
    """An entry with its score and the reasons for it."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]


def score(matches: Sequence[Match], evidence: Evidence, near: Surroundings) -> list[Scored]:
    """Return the matches with scores between 0 and 1, best first."""
    settled = [other for other in near.containers if any(is_inside(match.entry, other) for match in matches)]
    near = Surroundings(entity=near.entity, containers=tuple(settled), parts=near.parts)
    weighed = [(match, *_weigh(match.entry, evidence, near)) for match in matches]
    total = sum(weight for _, weight, _ in weighed) + max(
        (_REST.get(match.tier, _PLAIN_REST) for match in matches), default=0.0
    )
    scored = [
        Scored(
            entry=match.entry,
            score=round(_FIT[match.tier] * weight / total, 4),
            reasons=(
                f"{match.tier.value} {match.entry.name}",
                *reasons,
                f"{100 * weight / total:.0f} % of the weight of all that are called so",
            ),
        )
        for match, weight, reasons in weighed
    ]
    return sorted(scored, key=lambda one: (-one.score, one.entry.target or "", one.entry.name))


def _weigh(entry: Entry, evidence: Evidence, near: Surroundings) -> tuple[float, list[str]]:
    weight = prominence(entry)
    reasons = [describe(entry)]
    boost = evidence.boost(entry.country, without=near.entity)
    if boost > 1.5:
        reasons.append(f"the article speaks of {entry.country}")
    weight *= boost
    if near.containers and entry.kind is EntityKind.PLACE:
        names = " or ".join(dict.fromkeys(other.name for other in near.containers))
        inside = any(is_inside(entry, other) for other in near.containers)
        weight *= _CONTAINED if inside else _ELSEWHERE
        reasons.append(f"the words beside it say {'it lies in' if inside else 'it lies elsewhere, in'} {names}")
    if any(is_inside(part, entry) for part in near.parts):
        weight *= _CONTAINED
        reasons.append(f"the words before it say it contains {near.parts[0].name}")
    return weight, reasons
