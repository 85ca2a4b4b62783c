"""Is confidence what it says? Of all records about as sure as x, the share that is right should be about x.

Source: reliability diagrams, e.g. Guo, Pleiss, Sun and Weinberger 2017, "On Calibration of Modern Neural Networks".
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from kg.evaluate.align import agree, tolls
from kg.evaluate.compare import Aligned
from kg.evaluate.gold import GoldEvent
from kg.evaluate.predicted import PLACE, Fact
from kg.records import Role

KINDS = ("event", *(role.value for role in Role), PLACE, "casualties", "claim")
"""Records that carry a confidence, in the order of the table."""
ALL = "all"
FLOORS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where each bin starts; it ends before the next one, the last one includes 1."""


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """One record of the graph: its kind, its confidence (0 to 1), and whether it is right."""

    kind: str
    confidence: float
    right: bool


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """The records of one kind whose confidence lies in one interval."""

    kind: str
    low: float
    high: float
    records: int
    right: int

    @property
    def name(self) -> str:
        """The interval, half-open except for the last one."""
        return f"[{self.low:g},{self.high:g}{']' if self.high >= 1 else ')'}"

    @property
    def share(self) -> float:
        """Share of the records that are right."""
        return round(self.right / self.records, 3) if self.records else 0.0


def grades(document: Aligned) -> Iterator[Grade]:
    """Yield a grade for each record of one document that carries a confidence.

    An event or claim is right when it is aligned; a participant, place or casualty claim when its event is aligned and
    the annotation of that event has a value that agrees.
    """
    for gold, found in document.events:
        if found is None:
            continue
        yield from _grade("event", found.confidence, right=gold is not None)
        for fact in found.facts.values():
            yield from _grade(fact.role, fact.confidence, right=gold is not None and _is_right(fact, gold))
        for claim in found.tolls:
            right = gold is not None and claim.toll in tolls(gold)
            yield from _grade("casualties", claim.confidence, right=right)
    for known, said in document.claims:
        if said is not None:
            yield from _grade("claim", said.confidence, right=known is not None)


def reliability(graded: Iterable[Grade]) -> list[Bin]:
    """Return the reliability table, bins without records left out: all records together first, then each kind."""
    counts: dict[tuple[str, int], list[bool]] = {}
    for one in graded:
        number = bisect_right(FLOORS, one.confidence) - 1
        for kind in (ALL, one.kind):
            counts.setdefault((kind, number), []).append(one.right)
    order = {kind: number for number, kind in enumerate((ALL, *KINDS))}
    ends = (*FLOORS[1:], 1.0)
    return [
        Bin(kind=kind, low=FLOORS[number], high=ends[number], records=len(right), right=sum(right))
        for (kind, number), right in sorted(counts.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    ]


def _grade(kind: str, confidence: float | None, *, right: bool) -> Iterator[Grade]:
    if confidence is not None:
        yield Grade(kind=kind, confidence=confidence, right=right)


def _is_right(fact: Fact, gold: GoldEvent) -> bool:
    if fact.role == PLACE:
        return gold.place is not None and any(agree(gold.place.name, name) for name in fact.names)
    return any(agree(value, fact.names[0]) for value in gold.values(Role(fact.role)))
