"""Where an event took place, as the sentence of its trigger tells."""

import re
from collections.abc import Iterator

from spacy.tokens import Span

from kg import records
from kg.extract.frame import LOCATIVE, Bounds, Frame
from kg.extract.nesting import innermost
from kg.extract.reference import told_before
from kg.records import Role

_NOT_AIMED = frozenset({"Sanction", "DiplomaticAction", "Agreement", "LegalAction"})
"""Whom these are aimed at is not where they happen: "sanctions against Russia"."""
_OWNERS = frozenset({"its", "their"})
_BORDERED = frozenset({"Incursion", "Blockade"})
"""These happen at what somebody owns: "entered its airspace", "closed their borders"."""
_SENT = frozenset({"Mobilisation", "AidDelivery", "Displacement"})
"""Where people and things are sent is where these happen."""


def is_definite(frame: Frame, span: Span) -> bool:
    """Tell whether a trigger points back to an event already told ("the attack")."""
    position = frame.chunk_at(span.start)
    if position is None or span.kb_id_ == "verb":
        return False
    chunk = frame.chunks[position]
    return (
        frame.doc[chunk.start].lower_ in {"the", "this", "these", "that", "those", "both"}
        and chunk.end - chunk.start <= 3
    )


def find_places(frame: Frame, span: Span, window: Bounds, roles: tuple[tuple[Role, Bounds], ...]) -> Iterator[Bounds]:
    """Yield the named places of a trigger, best first: locative phrases after it, its target, locative phrases before."""
    doc = frame.doc
    names = frame.places(span.sent)
    agents = [bounds for role, bounds in roles if role is Role.PERPETRATOR]
    targets = [bounds for role, bounds in roles if role is Role.TARGET]

    def free(ent: Span) -> bool:
        return not any(start <= ent.start and ent.end <= end for start, end in agents)

    def locative(ent: Span) -> bool:
        position = frame.chunk_at(ent.start)
        if position is None:
            return False
        chunk = frame.chunks[position]
        if chunk.preposition in LOCATIVE or (chunk.preposition == "to" and span.label_ in _SENT):
            return True
        before = doc[ent.start - 1] if ent.start > span.sent.start else None
        linked = (
            chunk.preposition == "of"
            and before is not None
            and position > 0
            and frame.chunks[position - 1].preposition in LOCATIVE
        )
        if linked or before is None or before.text != ",":
            return linked
        other = frame.chunks[position - 1] if position > 0 else chunk
        named = other.preposition in LOCATIVE and doc[other.head].lower_ in frame.words("PlaceHeads")
        return doc[ent.start - 2].ent_type_ == "Place" or (named and other.end == ent.start - 1)

    after = [ent for ent in names if ent.start >= span.start and ent.start < window[1] and free(ent) and locative(ent)]
    aimed = [
        ent
        for ent in names
        if any(start <= ent.start and ent.end <= end for start, end in targets) and not _has_people(frame, ent)
    ]
    if span.label_ in _NOT_AIMED:
        aimed = []
    read = [
        ent
        for name, bounds in frame.arguments.get(span.start, ())
        if name == "place"
        for ent in names
        if bounds[0] <= ent.start < bounds[1] and free(ent)
    ]
    late = [ent for ent in names if ent.start >= window[1] and locative(ent) and free(ent)]
    told = max((i for i in range(span.sent.start, span.start) if i in frame.triggers), default=-1)
    if (first := told_before(frame, span)) is not None:
        told = first
        read = [ent for ent in read if ent.start >= first]
    before = [ent for ent in names if told < ent.end <= span.start and locative(ent) and free(ent)]
    other = next((i for i in range(span.end, window[1]) if i in frame.triggers and doc[i].pos_ == "NOUN"), window[1])
    after = [ent for ent in after if ent.start < other] or ([] if is_definite(frame, span) else after)
    if after and after[0].start in frame.countries:  # "in Somalia … in Mogadishu"
        after = sorted([*after, *late], key=lambda ent: ent.start in frame.countries)
    ordered = [*aimed, *after] if is_definite(frame, span) else [*aimed, *after, *reversed(before), *late]
    if span.label_ not in _NOT_AIMED:
        ordered += read
    if span.label_ == "Mobilisation":
        ordered += [ent for ent in names if any(bounds == (ent.start, ent.end) for bounds in agents)]
    owned = span.label_ in _BORDERED and any(token.lower_ in _OWNERS for token in span)
    if not ordered or owned:
        yield from _meant_place(frame, span, window)
    for ent in dict.fromkeys(innermost(frame, ent) for ent in ordered):
        yield ent.start, ent.end


def _has_people(frame: Frame, ent: Span) -> bool:
    """Tell whether a place only says whose people these are: "Burundi's army chief"."""
    position = frame.chunk_at(ent.start)
    after = frame.doc[ent.end].tag_ if ent.end < len(frame.doc) else ""
    return position is not None and after == "POS" and frame.is_people(*frame.phrase(position))


def _meant_place(frame: Frame, span: Span, window: Bounds) -> Iterator[Bounds]:
    """Resolve "in the city" to the place named last before it, "its airspace" to the place named in the sentence."""
    near = frame.doc[span.start : span.end + 2]
    if span.label_ in _BORDERED and any(token.lower_ in _OWNERS for token in near):
        owner = next((ent for ent in frame.places(span.sent) if ent.end <= span.start), None)
        if owner is not None:
            yield owner.start, owner.end
            return
    for position in frame.between(*window):
        chunk = frame.chunks[position]
        if frame.doc[chunk.start].lower_ == "the" and chunk.end - chunk.start == 2:
            named = frame.last_called(frame.doc[chunk.head].lower_, chunk.start)
            if named is not None and named.label_ == "Place":
                yield named.start, named.end
                return
        the_place = frame.doc[chunk.start].lower_ == "the" and frame.doc[chunk.head].lower_ in frame.words("PlaceHeads")
        of_phrase = position > 0 and chunk.preposition == "of" and frame.chunks[position - 1].preposition in LOCATIVE
        if the_place and chunk.end - chunk.start <= 3 and (chunk.preposition in LOCATIVE or of_phrase):
            yield from frame.last_place(chunk.start, span.sent.start)
            return


_DISTANCE = r"(?:(?:about|some|around|nearly|roughly)\s+)?\d[\d.,]*\s*(?:km|kilomet(?:er|re)s?|miles?|met(?:er|re)s)"
_DIRECTION = r"(?:(?:north|south)-?(?:east|west)?|east|west)(?:ern)?"
_RELATION = re.compile(
    rf"(?:(?:{_DISTANCE}\s+)?(?:{_DIRECTION}|outside)\s+of|{_DISTANCE}\s+(?:from|outside)|(?:just\s+)?(?:near|outside|off)"
    r"|close\s+to|(?:on|in)\s+the\s+(?:outskirts|suburbs?|edge|vicinity)\s+of|(?:on|along)\s+the\s+border\s+(?:of|with))"
    r"\s+(?:the\s+)?(?:(?:city|town|village|port|capital)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_REACH = 60


def relation(frame: Frame, bounds: Bounds) -> records.Span | None:
    """Return the words that tell how an event lies to a named place: "20 km north of Raqqa", "Janaale, south of Mogadishu".

    Args:
        frame: the document.
        bounds: token bounds of the event's place.
    """
    text, start = frame.doc.text, frame.doc[bounds[0]].idx
    last = frame.doc[bounds[1] - 1]
    before = _RELATION.search(text, max(0, start - _REACH), start)
    if before is not None:
        return records.Span(start=before.start(), end=last.idx + len(last))
    following = next((ent for ent in frame.places(last.sent) if ent.start > last.i), None)
    gap = None if following is None else text[last.idx + len(last) : following.start_char]
    if following is None or gap is None or gap[:1] != ",":
        return None
    words = _RELATION.search(gap)
    if words is None or gap[1 : words.start()].strip():
        return None
    return records.Span(start=last.idx + len(last) + words.start(), end=following.end_char)
