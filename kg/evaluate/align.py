"""Which events, claims and names of a graph are the annotated ones, and when two phrases agree.

Pairs are scored within one document only, the best pair is taken first and each side once (greedy one-to-one alignment).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from kg.evaluate.gold import GoldClaim, GoldDocument, GoldEvent
from kg.evaluate.predicted import PredictedClaim, PredictedEvent, Prediction, Toll

G = TypeVar("G")
P = TypeVar("P")
Pairs = list[tuple[G | None, P | None]]
"""Aligned pairs, then what only the gold has (missed), then what only the graph has (spurious)."""

EVENT_LEAST = 2.0
"""Least score of two events that are one: the same type, or a shared trigger word, or the same family and more."""
CLAIM_LEAST = 1.3
"""Least score of two claims that are one: the claimant agrees, and about three tenths of the content words."""

_SILENT = frozenset("the a an of in at on its their his her some about least more than and s".split())
"""Words that do not count when phrases are compared (the definition of agreement, not of the language)."""
_NUMBER = re.compile(r"\d[\d,.]*")


def words(text: str | None) -> list[str]:
    """Return the words of `text` that count, in lower case: without articles, particles and numbers.

    >>> words("At least 41 of the Taliban's gunmen")
    ['taliban', 'gunmen']
    """
    plain = (text or "").lower().replace("’", "'").replace("'s", "")
    found = re.findall(r"[\w-]+", plain)
    return [word for word in found if word not in _SILENT and not _NUMBER.fullmatch(word)]


def agree(one: str, other: str) -> bool:
    """Tell whether two phrases mean the same: their last words are equal, or half of their words (Dice).

    >>> agree("the Russian army", "Russia's army"), agree("Kyiv", "Kharkiv")
    (True, False)
    """
    first, second = words(one), words(other)
    if not first or not second:
        return one.strip().lower() == other.strip().lower()
    shared = len(set(first) & set(second))
    return first[-1] == second[-1] or 2 * shared >= 0.5 * (len(set(first)) + len(set(second)))


def tolls(event: GoldEvent) -> frozenset[Toll]:
    """Return what the annotation says of victims, each number once."""
    return frozenset((one.kind, one.low, one.high) for one in event.casualties)


def same_dates(gold: GoldEvent, found: PredictedEvent) -> bool:
    """Tell whether the annotation has a date and the graph the same interval."""
    return gold.date is not None and found.dates == (gold.date.start.isoformat(), gold.date.end.isoformat())


def same_place(gold: GoldEvent, found: PredictedEvent) -> bool:
    """Tell whether the annotation has a place and one name in the graph agrees."""
    return gold.place is not None and any(agree(gold.place.name, name) for name in found.places)


def event_score(gold: GoldEvent, found: PredictedEvent, parents: Mapping[str, str]) -> float:
    """Return how well two events fit: 0 when neither type, family nor a trigger word is shared, else 1 to 7.5.

    Type 2, family 1, trigger word 2, place 1, a casualty number 1, dates 0.5.
    """
    trigger = any(set(words(gold.trigger)) & set(words(text)) for text in found.triggers)
    same_type = gold.type == found.type
    family = parents[gold.type] == parents[found.type]
    if not (trigger or same_type or family):
        return 0.0
    named = 2.0 * same_type + family + 2.0 * trigger
    told = same_place(gold, found) + bool(tolls(gold) & found.toll_set) + 0.5 * same_dates(gold, found)
    return named + told


def claim_score(gold: GoldClaim, found: PredictedClaim) -> float:
    """Return how well two claims fit: 0 when the claimants disagree, else 1 plus the share of content words found."""
    if not any(agree(gold.claimant, name) for name in found.sources):
        return 0.0
    wanted = set(words(gold.content))
    return 1 + len(wanted & set(words(found.content))) / (1 + len(wanted))


def assign(gold: Sequence[G], found: Sequence[P], score: Callable[[G, P], float], least: float) -> Pairs[G, P]:
    """Pair each item with at most one other, best score first, in the order given where scores are equal."""
    scored = [(score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(found)]
    best = sorted((one for one in scored if one[0] >= least), key=lambda one: (-one[0], one[1], one[2]))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in best:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return _with_rest(gold, found, taken)


def match(gold: Sequence[G], found: Sequence[P], same: Callable[[G, P], bool]) -> Pairs[G, P]:
    """Pair each gold item, in order, with the first free item that is the same."""
    taken: dict[int, int] = {}
    used: set[int] = set()
    for i, g in enumerate(gold):
        j = next((j for j, p in enumerate(found) if j not in used and same(g, p)), None)
        if j is not None:
            taken[i] = j
            used.add(j)
    return _with_rest(gold, found, taken)


def _with_rest(gold: Sequence[G], found: Sequence[P], taken: Mapping[int, int]) -> Pairs[G, P]:
    used = set(taken.values())
    pairs: Pairs[G, P] = [(gold[i], found[j]) for i, j in taken.items()]
    pairs += [(g, None) for i, g in enumerate(gold) if i not in taken]
    pairs += [(None, p) for j, p in enumerate(found) if j not in used]
    return pairs


def align_events(gold: GoldDocument, found: Prediction, parents: Mapping[str, str]) -> Pairs[GoldEvent, PredictedEvent]:
    """Pair the events of one document.

    Args:
        gold: the annotation.
        found: what the graph says.
        parents: event type → its family.
    """
    return assign(gold.events, list(found.events.values()), lambda g, p: event_score(g, p, parents), EVENT_LEAST)


def align_claims(gold: GoldDocument, found: Prediction) -> Pairs[GoldClaim, PredictedClaim]:
    """Pair the claims of one document."""
    return assign(gold.claims, list(found.claims.values()), claim_score, CLAIM_LEAST)
