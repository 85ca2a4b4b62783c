"""How likely an entity is to be each of the entries that bear its name.

Every entry has a weight: how much is written about such a thing, times what the article and the words beside the name
make of it. The score is its share of all weights, a rest for things that no table lists included, times how well the
name fits. So one bearer of a rare name scores high, equals share, and "none of these" is always possible.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from kg.gazetteer import Entry, Match, Tier
from kg.link.distance import distance_km, is_inside
from kg.link.evidence import Evidence
from kg.link.prominence import describe, prominence
from kg.records import EntityKind, Record

_FIT = {Tier.NAME: 1.0, Tier.ALIAS: 0.95, Tier.SCOPED: 0.97, Tier.DEMONYM: 0.95, Tier.LOOSE: 0.85, Tier.SURNAME: 0.85}
_REST = {Tier.LOOSE: 3e4, Tier.SURNAME: 2e6}
_PLAIN_REST = 3e3
_BY_ALIAS = 0.4
_ABROAD, _ABROAD_LEAST = 0.02, 1e6
_CONTAINED, _ELSEWHERE = 100.0, 0.01
_BESIDE, _NEAR_KM = 10.0, 150.0
_IN_OFFICE, _OUT_OF_OFFICE = 5.0, 0.2
_TELLING = 1.5


class Surroundings(Record, frozen=True, kw_only=True):
    """What surrounds the entity with the id `entity`.

    `containers` is what the words next to its mentions put it in, `parts` what they put in it; `near` are places that take
    part in the same events; `before` holds the words before its first mention; `published` is the day of the article.
    """

    entity: str
    containers: tuple[Entry, ...] = ()
    parts: tuple[Entry, ...] = ()
    near: tuple[Entry, ...] = ()
    before: str = ""
    published: dt.date | None = None


class Scored(Record, frozen=True, kw_only=True):
    """An entry with its score and the reasons for it."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]


def score(matches: Sequence[Match], evidence: Evidence, around: Surroundings) -> list[Scored]:
    """Return the matches with scores between 0 and 1, best first."""
    settled = tuple(other for other in around.containers if any(is_inside(match.entry, other) for match in matches))
    weighed = [(match, *_weigh(match, evidence, around, settled)) for match in matches]
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


def _weigh(
    match: Match, evidence: Evidence, around: Surroundings, containers: Sequence[Entry]
) -> tuple[float, list[str]]:
    entry = match.entry
    weight, reasons = prominence(entry) * (_BY_ALIAS if match.tier is Tier.ALIAS else 1.0), [describe(entry)]
    boost = evidence.boost(entry.country, without=around.entity)
    if boost > _TELLING:
        reasons.append(f"the article speaks of {entry.country}")
    elif _is_abroad(match, weight) and evidence.speaks(without=around.entity):
        weight *= _ABROAD
        reasons.append(f"the article speaks of other countries than {entry.country}")
    weight *= boost
    factors = _of_place(entry, around, containers) if entry.kind is EntityKind.PLACE else _of_office(entry, around)
    for factor, reason in factors:
        weight *= factor
        reasons.append(reason)
    return weight, reasons


def _is_abroad(match: Match, weight: float) -> bool:
    """Tell whether the place is too small to be named without its country in an article on others; "Kursk Oblast" is not."""
    return match.entry.kind is EntityKind.PLACE and match.tier is not Tier.SCOPED and weight < _ABROAD_LEAST


def _of_place(entry: Entry, around: Surroundings, containers: Sequence[Entry]) -> Iterator[tuple[float, str]]:
    if containers:
        names = " or ".join(dict.fromkeys(other.name for other in containers))
        if any(is_inside(entry, other) for other in containers):
            yield _CONTAINED, f"the words beside it say it lies in {names}"
        else:
            yield _ELSEWHERE, f"the words beside it say it lies elsewhere, in {names}"
    if any(is_inside(part, entry) for part in around.parts):
        yield _CONTAINED, f"the words before it say it contains {around.parts[0].name}"
    distances = [(km, other.name) for other in around.near if (km := distance_km(entry, other)) is not None]
    km, name = min(distances, default=(_NEAR_KM, ""))
    if km < _NEAR_KM:
        yield _BESIDE, f"{km:.0f} km from {name}, named with the same event"


def _of_office(entry: Entry, around: Surroundings) -> Iterator[tuple[float, str]]:
    if entry.kind is not EntityKind.PERSON:
        return
    office = entry.type.partition(" of ")[0]
    if office != "person" and office.lower() in around.before.lower():
        yield _IN_OFFICE, f"called {office} before the name"
    if around.published is not None and (entry.since is not None or entry.until is not None):
        year, since, until = around.published.year, entry.since or 0, entry.until or 9999
        if since <= year <= until:
            yield _IN_OFFICE, f"in office in {year}"
        else:
            yield _OUT_OF_OFFICE, f"not in office in {year}"
