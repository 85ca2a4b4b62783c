"""How probable each record is: logistic regression on what the extractor saw of it.

The weights in `confidence.json` were fitted by `benchmarks/calibrate.py` on the development news.
"""

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from kg.extract.drafts import Draft
from kg.extract.frame import Bounds, Frame
from kg.extract.speech import Speech
from kg.records import Role, Stance, Status

Clues = Mapping[str, float]
"""What speaks for or against a record: name → 0 to 1."""
BIAS = "bias"
_LEAST, _MOST, _FAR = 0.05, 0.95, 30.0


class Confidence(msgspec.Struct, frozen=True):
    """Turns clues into probabilities.

    Args:
        weights: kind of record → clue → weight in logits; "bias" is always there.
    """

    weights: Mapping[str, Mapping[str, float]]

    def of(self, kind: str, clues: Clues) -> float:
        """Return how probable a record of `kind` is, in hundredths."""
        weights = self.weights[kind]
        total = weights[BIAS] + sum(weights[name] * value for name, value in clues.items())
        return round(min(max(1.0 / (1.0 + math.exp(-min(max(total, -_FAR), _FAR))), _LEAST), _MOST), 2)


@cache
def load_confidence() -> Confidence:
    """Return the weights that ship with the extractor."""
    data = files("kg.extract").joinpath("confidence.json").read_bytes()
    return Confidence(msgspec.json.decode(data, type=dict[str, dict[str, float]]))


def event_clues(frame: Frame, draft: Draft) -> Clues:
    """Return the clues of an event."""
    main = draft.main
    return {
        "read": max((frame.scores.get(trigger.span.start, 0.0) for trigger in draft.triggers), default=0.0),
        "known": float(any(token.i in frame.known for trigger in draft.triggers for token in trigger.span)),
        "generic": float(main.generic),
        "repeated": float(len(draft.triggers) > 1),
        "verb": float(main.span.kb_id_ == "verb"),
        "actor": float(next(draft.roles(Role.PERPETRATOR), None) is not None),
        "target": float(next(draft.roles(Role.TARGET), None) is not None),
        "place": float(draft.place is not None and not draft.other_places),
        "toll": float(bool(draft.tolls)),
        "real": float(draft.status in {Status.OCCURRED, Status.ONGOING}),
    }


def role_clues(frame: Frame, draft: Draft, name: str, bounds: Bounds, event: float) -> Clues:
    """Return the clues of a participant or place.

    Args:
        frame: the document.
        draft: the event.
        name: the role, or "place".
        bounds: token bounds of the participant's words.
        event: how probable the event is.
    """
    read = [pair for trigger in draft.triggers for token in trigger.span for pair in frame.arguments.get(token.i, ())]
    start, end = bounds
    same = [found for role, found in read if role == name]
    distance = min(max(start - trigger.span.end, trigger.span.start - end, 0) for trigger in draft.triggers)
    head = frame.head(start, end)
    return {
        "event": event,
        "read": float(any(first < end and start < last for first, last in same)),
        "other": float(bool(same) and not any(first < end and start < last for first, last in same)),
        "named": float(bool(head.ent_type_) or head.i in frame.demonyms),
        "near": 1.0 / (1.0 + distance / 5.0),
        "inferred": float(
            not any(found == bounds for trigger in draft.triggers for _, found in trigger.roles)
            if name != "place"
            else bounds in draft.other_places
        ),
    }


def toll_clues(frame: Frame, draft: Draft, number: int, event: float) -> Clues:
    """Return the clues of casualty `number` of an event."""
    toll = draft.tolls[number]
    start, end = toll.bounds
    read = [frame.read_tolls[i] for i in range(start, end) if i in frame.read_tolls]
    return {
        "event": event,
        "read": float(bool(read)),
        "agreed": float(any(span.label_ == toll.harm.value for span in read)),
        "exact": float(toll.low == toll.high),
        "beside": float(toll.cue.sent.start in draft.sentences),
    }


def claim_clues(frame: Frame, speech: Speech, about: int | None) -> Clues:
    """Return the clues of a claim; `about` is the number of the event that it concerns."""
    read = frame.read_cues.get(speech.cue.start, ())
    head = frame.head(*speech.source)
    return {
        "read": float(bool(read)),
        "agreed": float(speech.stance.value in read),
        "asserts": float(speech.stance is Stance.ASSERTS),
        "named": float(bool(head.ent_type_)),
        "about": float(about is not None),
    }
