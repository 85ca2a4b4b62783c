"""Places that events have from one another: of the same sentence, and of the story told before."""

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.drafts import REAL, Draft
from kg.extract.frame import Bounds, Frame
from kg.extract.nesting import side_by_side
from kg.extract.reference import is_answered, told_before
from kg.extract.standing import accusing

_ON_THE_GROUND = frozenset({"Interception", "Incursion"})
"""Events, beside violence, that are where the violence of their sentence is."""


def share_places(frame: Frame, drafts: Sequence[Draft]) -> None:
    """Give events without a place that of another one: the nearest of their sentence, else the one told right before.

    Args:
        frame: the document.
        drafts: its events in the order of the text.
    """
    _share_in_sentence(frame, drafts)
    _share_in_story(frame, drafts)


def _share_in_sentence(frame: Frame, drafts: Sequence[Draft]) -> None:
    """Give a violent event, an interception or an incursion the place of the nearest such event told in its sentence.

    One of several places is no evidence: "they entered A, B and C, and shelled a village".
    """
    placed: dict[int, list[tuple[int, Bounds]]] = {}
    for draft in drafts:
        span = draft.main.span
        if draft.place is not None and _is_there(frame, draft) and not is_answered(frame, span):
            placed.setdefault(span.sent.start, []).append((span.start, draft.place))
    for draft in drafts:
        span = draft.main.span
        if draft.place is not None or not _is_there(frame, draft) or told_before(frame, span) is not None:
            continue
        if accusing(frame, span) is not None:
            continue
        near = min(placed.get(span.sent.start, ()), key=lambda found: abs(found[0] - span.start), default=None)
        ent = None if near is None else frame.ents.get(near[1][0])
        if near is not None and (ent is None or len(side_by_side(frame, ent)) == 1):
            draft.other_places.append(near[1])


def _share_in_story(frame: Frame, drafts: Sequence[Draft]) -> None:
    """Give what follows an event in the next sentence its place.

    "Gunships bombard the airport. Three helicopters were shot down." A sentence that names a place, but for a country
    that speaks or acts, tells of another one.
    """
    for last, draft in pairwise(drafts):
        span = draft.main.span
        follows = draft.type == "Interception" or draft.main.definite
        if draft.place is not None or last.place is None or not follows or draft.status not in REAL:
            continue
        near = last.main.span.sent.end == span.sent.start and frame.is_violent(last.type)
        if near and all(ent.start in frame.countries for ent in frame.places(span.sent)):
            draft.other_places.append(last.place)


def _is_there(frame: Frame, draft: Draft) -> bool:
    return frame.is_violent(draft.type) or draft.type in _ON_THE_GROUND
