"""Where an event took place, as the sentence of its trigger tells."""

import re
from collections.abc import Iterator, Sequence

from kg import records
from kg.extract.frame import LOCATIVE, Bounds, Frame
from kg.extract.nesting import describes, innermost
from kg.extract.reference import DEFINITE, told_before
from kg.extract.standing import accusing, cause_after, has_people, is_elsewhere, is_listed, is_locative, is_origin
from kg.extract.tokens import Span
from kg.extract.verbs import verb_of
from kg.records import Role

_NOT_AIMED = frozenset({"Sanction", "DiplomaticAction", "Agreement", "LegalAction"})
"""Whom these are aimed at is not where they happen: "sanctions against Russia"."""
_TALKS = frozenset({"Negotiation", "Agreement", "Ceasefire", "DiplomaticAction", "Sanction", "LegalAction"})
"""Where these are held is not where the violence is that they are about."""
_OWNERS = frozenset({"its", "their"})
_BORDERED = frozenset({"Incursion", "Blockade"})
"""These happen at what somebody owns: "entered its airspace", "closed their borders"."""
_LEFT = frozenset({"Withdrawal", "Incursion", "Abduction"})
"""These happen, failing another place, where somebody comes from: "crossed the border from Crimea"."""


_AT_BORDERS = frozenset({"on", "at", "near", "along", "to"})


def is_definite(frame: Frame, span: Span) -> bool:
    """Tell whether a trigger points back to an event already told ("the attack")."""
    position = frame.chunk_at(span.start)
    if verb_of(span) is not None:
        return False
    if position is None:  # a noun that the tagger takes for a verb
        return span.start > span.sent.start and frame.doc[span.start - 1].lower_ in DEFINITE
    chunk = frame.chunks[position]
    return frame.doc[chunk.start].lower_ in DEFINITE and chunk.end - chunk.start <= 3


def find_places(frame: Frame, span: Span, window: Bounds, roles: tuple[tuple[Role, Bounds], ...]) -> Iterator[Bounds]:
    """Yield the named places of a trigger, best first: locative phrases after it, its target, locative phrases before."""
    names = [ent for ent in frame.places(span.sent) if not is_elsewhere(frame, span, ent)]
    agents = [bounds for role, bounds in roles if role is Role.PERPETRATOR]
    targets = [bounds for role, bounds in roles if role is Role.TARGET]
    free = [ent for ent in names if not any(start <= ent.start and ent.end <= end for start, end in agents)]
    there = [ent for ent in free if is_locative(frame, span, ent)]
    cause = cause_after(frame, span)
    behind = [ent for ent in there if ent.start < cause]
    read = [ent for ent in free for start, end in _read(frame, span) if start <= ent.start < min(end, cause)]
    read = [ent for ent in read if not _is_aim(frame, ent)]
    if frame.vocab.event_types[span.label_].parent == "RemoteViolence":
        read = [ent for ent in read if not is_origin(frame, ent)]  # "missiles launched from the Caspian Sea"
    ordered = [*_own(frame, span, window, names, behind, targets)]
    told = max((i for i in range(span.sent.start, span.start) if i in frame.triggers), default=-1)
    if (first := told_before(frame, span)) is not None:
        told = first
        read = [ent for ent in read if ent.start >= first]
    before = [ent for ent in there if told < ent.end <= span.start]
    if told >= 0:  # "entered A, B and C, and have crossed the border": the list is that of the verb before
        verb = frame.triggers.get(told, span)
        if verb.label_ in _TALKS and frame.is_violent(span.label_):  # "met in Geneva to end the fighting"
            before, read = [], [ent for ent in read if ent.start > span.start]
        before, read = ([ent for ent in found if not is_listed(frame, ent, verb)] for found in (before, read))
    if (charge := accusing(frame, span)) is not None:
        before, read = ([ent for ent in found if ent.start > charge] for found in (before, read))
    if not is_definite(frame, span):
        ordered += [*reversed(before), *(ent for ent in behind if ent.start >= window[1])]
    if span.label_ not in _NOT_AIMED:
        ordered += read
    border = next(_borders(frame, span), None) if not ordered and first is None else None
    if border is not None:
        yield border
        return
    if span.label_ == "Mobilisation":
        ordered += [ent for ent in names if any(bounds == (ent.start, ent.end) for bounds in agents)]
    owned = span.label_ in _BORDERED and any(token.lower_ in _OWNERS for token in span)
    if not ordered or owned:
        yield from _meant_place(frame, span, window, targets)
    for ent in dict.fromkeys(innermost(frame, ent) for ent in ordered):
        yield ent.start, ent.end


def _borders(frame: Frame, span: Span) -> Iterator[Bounds]:
    """Yield the borders that people are at, or are sent to: "killed on the Saudi-Yemeni border", "deployed to the Iraqi border"."""
    for position in frame.between(span.sent.start, span.sent.end):
        chunk = frame.chunks[position]
        if frame.doc[chunk.head].lower_ == "border" and chunk.preposition in _AT_BORDERS:
            start, end = frame.trim(chunk.start, chunk.end)
            if not frame.demonyms.isdisjoint(range(start, end)):
                yield start, end


def _read(frame: Frame, span: Span) -> list[Bounds]:
    """Return what the model holds to be the place of a trigger."""
    return [bounds for name, bounds in frame.arguments.get(span.start, ()) if name == "place"]


def _is_aim(frame: Frame, ent: Span) -> bool:
    """Tell whether somebody means to do something to a place: "fired rockets in order to draw in Washington"."""
    verb = ent.root.head
    return ent.root.dep_ == "obj" and verb.tag_ == "VB" and verb.i not in frame.triggers


def _own(
    frame: Frame, span: Span, window: Bounds, names: Sequence[Span], behind: Sequence[Span], targets: Sequence[Bounds]
) -> Iterator[Span]:
    """Yield the places that the clause of a trigger tells itself, best first.

    These are what it is named after, "the Nabatieh strike", what it is aimed at, what stands behind it, and where somebody
    comes from.
    """
    yield from (ent for ent in names if ent.end <= span.start and frame.names_scene(ent.start))
    aimed = [
        ent
        for ent in names
        if span.label_ not in _NOT_AIMED
        and any(start <= ent.start and ent.end <= end for start, end in targets)
        and not has_people(frame, ent)
    ]
    yield from (ent for ent in aimed if not describes(frame, ent))
    after = [ent for ent in behind if span.start <= ent.start < window[1]]
    nouns = (i for i in range(span.end, window[1]) if i in frame.triggers and frame.doc[i].pos_ == "NOUN")
    other = next(nouns, window[1])
    after = [ent for ent in after if ent.start < other] or ([] if is_definite(frame, span) else after)
    if after and after[0].start in frame.countries:  # "in Somalia … in Mogadishu"
        late = [ent for ent in behind if ent.start >= window[1]]
        after = sorted([*after, *late], key=lambda ent: ent.start in frame.countries)
    yield from after
    yield from (ent for ent in aimed if describes(frame, ent))
    if span.label_ in _LEFT:
        yield from (ent for ent in names if span.end <= ent.start < window[1] and is_origin(frame, ent))


def _meant_place(frame: Frame, span: Span, window: Bounds, targets: Sequence[Bounds]) -> Iterator[Bounds]:
    """Resolve "in the city" and "bombed the city" to the place named last, "its airspace" to the place named in the sentence."""
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
    settlements = frame.words("SettlementNouns")
    for start, end in targets:
        whole = end == start + 1 or frame.doc[start + 1].tag_ == "POS"  # "the city's outskirts"
        if whole and start and frame.doc[start - 1].lower_ == "the" and frame.doc[start].lower_ in settlements:
            yield from frame.last_place(start, span.sent.start)
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
    text, start = frame.text, frame.doc[bounds[0]].idx
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
