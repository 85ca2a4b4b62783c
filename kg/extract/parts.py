"""Numbers of people that are a part of another number: "including 300 killed", "two of the dead were children"."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.frame import Frame
from kg.extract.toll import Toll, category_of
from kg.records import Harm, VictimCategory

_DONE = frozenset({Harm.KILLED, Harm.INJURED})
_FURTHER = 3
"""Within so many tokens behind "two of" the dead are named."""
_DEFINITE = (["the"], ["those"], ["these"])
_BE = frozenset({"is", "are", "was", "were"})


def settle(frame: Frame, tolls: Iterable[Toll]) -> Iterator[Toll]:
    """Yield the tolls but for wholes that a part of them tells not to be dead, with the people that parts belong to."""
    sentences: dict[int, list[Toll]] = {}
    for toll in tolls:
        sentences.setdefault(toll.cue.sent.start, []).append(toll)
    for beside in sentences.values():
        others = any(toll.harm in _DONE and not _are_casualties(frame, toll) for toll in beside)
        parts = {toll.harm: toll.bounds[0] for toll in beside if _is_part(frame, toll) and _has_harm(frame, toll)}
        for toll in beside:
            mixed = others and _are_casualties(frame, toll)  # "40 casualties, 12 of them dead"
            part = parts.get(toll.harm, 0)  # "637 neutralised, including 300 killed"
            untold = part > toll.bounds[1] and (not toll.cue.kb_id_ or toll.cue.start >= part)
            if not (mixed or untold):
                yield from _as_part(frame, toll)


def _as_part(frame: Frame, toll: Toll) -> Iterator[Toll]:
    """Yield a number with the people it belongs to; some of the dead of whom nothing else is told are no number."""
    some = _end_of_dead(frame, toll)
    if some is None:
        yield _with_people(frame, toll)
        return
    told = some + 1 < len(frame.doc) and frame.doc[some].lower_ in _BE
    position = frame.chunk_at(some + 1) if told else None
    if position is not None and frame.is_people(*frame.phrase(position)):
        group = frame.phrase(position)
        yield replace(toll, group=group, category=category_of(frame, *group))


def _end_of_dead(frame: Frame, toll: Toll) -> int | None:
    """Return where "two of the dead" ends, `None` for other numbers."""
    start, end = toll.bounds
    words = [token.lower_ for token in frame.doc[start : end + _FURTHER]]
    if "of" not in words[: end - start + 1]:
        return None
    first = words.index("of") + 1
    if words[first : first + 1] not in _DEFINITE:
        return None
    lost = (i for i in range(first, min(first + _FURTHER, len(words))) if words[i] in frame.words("LossNouns"))
    index = next(lost, None)
    return None if index is None else start + index + 1


def _are_casualties(frame: Frame, toll: Toll) -> bool:
    return toll.harm is Harm.KILLED and any(token.lower_[:7] == "casualt" for token in frame.doc[slice(*toll.bounds)])


def _is_part(frame: Frame, toll: Toll) -> bool:
    """Tell whether a number tells of some of those counted before it: "including 300 killed", "among them 300 dead"."""
    before = {token.lower_ for token in frame.doc[max(0, toll.bounds[0] - 2) : toll.bounds[0]]}
    return not before.isdisjoint(frame.words("PartWords"))


def _has_harm(frame: Frame, toll: Toll) -> bool:
    words = frame.doc[toll.bounds[0] : toll.bounds[1] + 1]
    return any(token.i in frame.harms or token.lower_ in frame.words("LossNouns") for token in words)


def _with_people(frame: Frame, toll: Toll) -> Toll:
    """Return a part without a group of its own as one of the people counted before it: 300 of the "637 militants"."""
    bare = toll.group is None or frame.doc[slice(*toll.group)].text.lower() in frame.words("CountNouns")
    if not bare or toll.category is not VictimCategory.ANY_PERSON or not _is_part(frame, toll):
        return toll
    last = bisect_left(frame.counts, toll.bounds[0], key=lambda count: count.start) - 1
    counted = last >= 0 and frame.counts[last].start >= toll.cue.sent.start
    position = frame.chunk_at(frame.counts[last].end) if counted else None
    return toll if position is None else replace(toll, category=category_of(frame, *frame.phrase(position)))
