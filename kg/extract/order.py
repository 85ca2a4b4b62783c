"""Which events came before which: "fought back before retreating", "after seizing the hill, they shelled the town"."""

from collections.abc import Iterator, Sequence

from kg.extract.drafts import REAL, Draft
from kg.extract.frame import Frame

_LATER = frozenset({"after", "following"})
_JOINING = _LATER | {"before"}


def find_order(frame: Frame, drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Yield pairs of numbers in `drafts`, the earlier event first, as words between two triggers of a sentence tell them.

    What follows "after" comes first, what follows "before" comes later; at the start of a sentence the words join the
    clause behind the comma.
    """
    owners: dict[int, dict[int, int]] = {}
    for number, draft in enumerate(drafts):
        for trigger in draft.triggers:
            if trigger.status in REAL:
                owners.setdefault(trigger.span.sent.start, {}).setdefault(trigger.span.start, number)
    for sentence, triggers in owners.items():
        starts = sorted(triggers)
        for index in range(sentence, starts[-1]):
            word = frame.tokens[index].lower_
            if word not in _JOINING or frame.tokens[index].tag_ == "RB":
                continue
            ahead = [start for start in starts if start > index]
            behind = [start for start in starts if start < index]
            other = behind[-1] if behind else _behind_comma(frame, index, ahead)
            if other is None or triggers[other] == triggers[ahead[0]]:
                continue
            pair = (triggers[ahead[0]], triggers[other])
            yield pair if word in _LATER else pair[::-1]


def _behind_comma(frame: Frame, index: int, ahead: Sequence[int]) -> int | None:
    """Return the trigger of the main clause of "After X, Y": the first behind the comma that follows the first one."""
    if index > frame.doc[index].sent.start + 1:
        return None
    comma = next((i for i in range(ahead[0], ahead[-1]) if frame.doc[i].text == ","), None)
    return None if comma is None else next((start for start in ahead[1:] if start > comma), None)
