"""Numbers that a verb gives to a noun of harm: "the death toll rose to 22"."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.frame import Frame
from kg.extract.tokens import Span
from kg.extract.toll import Toll, counts_within, make_toll
from kg.records import Harm


def tally(frame: Frame, cue: Span, limit: int) -> Iterator[Toll]:
    """Read the number that a verb gives to a noun of harm: "the death toll rose from 14 to 22", "put the toll at 18"."""
    doc = frame.doc
    revising, standing = frame.words("RevisingVerbs"), frame.words("StandingVerbs")
    direct = cue.end < limit and doc[cue.end].lower_ in {"to", "at"}
    verbs = doc[cue.sent.start : cue.start] if direct else doc[cue.end : limit]
    verb = next((token for token in verbs if token.tag_[:2] == "VB" and token.lemma_ in revising | standing), None)
    if verb is None:
        return
    found = False
    for count in counts_within(frame, max(cue.end, verb.i + 1), limit):
        before = doc[count.start - 1].lower_
        if before == "from":
            yield make_toll(frame, cue, Harm(cue.label_), count, None)
        elif before != "by" and not found:
            high = None if verb.lemma_ in frame.words("ExceedingVerbs") else count.high
            toll = make_toll(frame, cue, Harm(cue.label_), count._replace(high=high), None)
            yield replace(toll, revises=verb.lemma_ in revising)
            found = True
