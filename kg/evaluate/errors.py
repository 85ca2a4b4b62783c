"""The most frequent kinds of error."""

from collections.abc import Iterable, Sequence

import msgspec

from kg.evaluate.compare import FOLLOWING, ROWS, Outcome

EXAMPLES = 3
"""Examples that are shown of one kind of error."""


class ErrorKind(msgspec.Struct, frozen=True, kw_only=True):
    """One way to be wrong in one row, how often, and the first examples of it."""

    row: str
    error: str
    count: int
    examples: Sequence[str]


def frequent(outcomes: Iterable[Outcome], most: int) -> list[ErrorKind]:
    """Return the `most` frequent kinds of error of each row, in the order of the rows, the most frequent first.

    Values that are missed or spurious only because their event or claim is come last: that is the cause to look into.
    """
    kinds: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        if not outcome.right:
            kinds.setdefault((outcome.row, outcome.error), []).append(outcome)
    ranked = sorted(kinds.values(), key=lambda many: (many[0].error.endswith(FOLLOWING), -len(many)))
    found = []
    for row in ROWS:
        own = [many for many in ranked if many[0].row == row][:most]
        found += [
            ErrorKind(row=row, error=many[0].error, count=len(many), examples=[example(one) for one in many[:EXAMPLES]])
            for many in own
        ]
    return found


def example(outcome: Outcome) -> str:
    """Return an outcome in words: the document, the gold value, the value found.

    >>> example(Outcome(row="place", doc="d1", gold="Goma", found=None, error="missed"))
    'd1: Goma → –'
    """
    none = "–"
    return f"{outcome.doc}: {none if outcome.gold is None else outcome.gold} → {outcome.found or none}"
