"""How the name of a place stands to a trigger of its sentence: where it happened, where somebody speaks, where another event was."""

from kg.extract.frame import LOCATIVE, Frame
from kg.extract.nesting import innermost, side_by_side
from kg.extract.reference import after_clause, told_before
from kg.extract.tokens import Span, Token
from kg.records import Stance

_SENT = frozenset({"Mobilisation", "AidDelivery", "Displacement"})
"""Where people and things are sent is where these happen."""
_COUNTING = frozenset({"include", "comprise"})
"""Verbs, as lemmas, that count up members."""
_THITHER = frozenset({"to", "toward", "towards"})


def is_locative(frame: Frame, span: Span, ent: Span) -> bool:
    """Tell whether a place stands behind a word of place: "in Goma", "in the city of Goma", "in the town, Goma"."""
    doc, position = frame.doc, frame.chunk_at(ent.start)
    if position is None:
        return False
    chunk = frame.chunks[position]
    if chunk.start and doc[chunk.start - 1].tag_ == "RP":
        return False  # "to draw in Washington"
    if chunk.preposition in LOCATIVE or (chunk.preposition in _THITHER and span.label_ in _SENT):
        return True
    before = doc[ent.start - 1] if ent.start > span.sent.start else None
    outer = frame.chunks[position - 1] if position > 0 else chunk
    linked = chunk.preposition == "of" and before is not None and position > 0 and outer.preposition in LOCATIVE
    if linked or before is None or before.text != ",":
        return linked
    named = outer.preposition in LOCATIVE and doc[outer.head].lower_ in frame.words("PlaceHeads")
    return doc[ent.start - 2].ent_type_ == "Place" or (named and outer.end == ent.start - 1)


def is_elsewhere(frame: Frame, span: Span, ent: Span) -> bool:
    """Tell whether a place has nothing to do with an event: it is named in another one, or somebody speaks there."""
    return (
        _is_of_other(frame, span, ent)
        or _is_told_at(frame, span, ent)
        or is_counted_up(span, ent.root)
        or _is_of_war(frame, ent)
    )


def is_counted_up(span: Span, word: Token) -> bool:
    """Tell whether a name tells which of those are meant who take part: "nations which have struck Iraq include Canada and Jordan"."""
    if word.i < span.end:
        return False
    while word.dep_ == "conj":
        word = word.head
    verb = word.head
    if word.dep_ != "obj" or verb.lemma_ not in _COUNTING or verb.i < span.end:
        return False
    return all(child.dep_ != "nsubj" or child.i < span.start for child in verb.children)


def _is_of_war(frame: Frame, ent: Span) -> bool:
    """Tell whether a place is part of the name of a war: "who fought in the Tajikistan Civil War"."""
    position = frame.chunk_at(ent.start)
    return position is not None and frame.doc[frame.chunks[position].head].text == "War"


def _is_of_other(frame: Frame, span: Span, ent: Span) -> bool:
    """Tell whether a place stands in the name of another event: "four men were arrested over the Lamu killings"."""
    named = frame.named_at(ent)
    return named is not None and named.start != span.start and frame.names_scene(ent.start)


def _is_told_at(frame: Frame, span: Span, ent: Span) -> bool:
    """Tell whether a place is where somebody speaks, "…, witnesses told reporters in Maiduguri"; his own place may be both."""
    word = ent.root
    while word.head != word and word.head.pos_ in {"NOUN", "PROPN"} and word.head.i not in frame.triggers:
        word = word.head
    if word is not ent.root and word.dep_ == "nsubj" and word.head.i in frame.cue_tokens:
        return word.lower_ in frame.words("StateNouns")  # "the ministry in Kabul said"
    told = word.head.i in frame.cue_tokens and word.head.i not in frame.triggers
    if told and word.dep_ == "obl" and ent.start == ent.sent.start + 1:
        return any(_is_official(frame, child) for child in word.head.children)  # "In Brussels, a spokesman said"
    behind = word.head.i < ent.start and span.start < ent.start
    return told and behind and word.dep_ in {"obj", "iobj", "obl"} and frame.doc[ent.start - 1].tag_ == "IN"


def _is_official(frame: Frame, child: Token) -> bool:
    """Tell whether somebody speaks for a state or a body, who is not where things happen."""
    spokesman = child.lower_.startswith("spokes") or child.lower_ in frame.words("StateNouns")
    titled = any(one.lower_.startswith("spokes") for one in child.children)  # "alliance spokesman Ann Roe"
    return child.dep_ == "nsubj" and (spokesman or titled)


def is_origin(frame: Frame, ent: Span) -> bool:
    """Tell whether a place is where somebody comes from: "from Crimea"."""
    position = frame.chunk_at(ent.start)
    return position is not None and frame.chunks[position].preposition == "from"


def is_agent(frame: Frame, ent: Span) -> bool:
    """Tell whether a place acts, for its government: "a ceasefire brokered by Moscow"."""
    position = frame.chunk_at(ent.start)
    return position is not None and frame.chunks[position].preposition == "by"


def is_listed(frame: Frame, ent: Span, before: Span) -> bool:
    """Tell whether a place is one of several that the trigger `before` has: "entered A and B", "attacks on A and B".

    Several places that a noun before only stands in may be those of both: "attacks in A and B, where bombings killed 60".
    """
    first, *others = side_by_side(frame, innermost(frame, ent))
    position = frame.chunk_at(first.start)
    if not others or position is None:
        return bool(others)
    if frame.chunks[position].preposition == "of" and position:
        position -= 1
    return before.kb_id_ == "verb" or frame.chunks[position].preposition not in LOCATIVE - {"on"}


def has_people(frame: Frame, ent: Span) -> bool:
    """Tell whether a place only says whose people these are: "Burundi's army chief"."""
    position = frame.chunk_at(ent.start)
    after = frame.doc[ent.end].tag_ if ent.end < len(frame.doc) else ""
    return position is not None and after == "POS" and frame.is_people(*frame.phrase(position))


def accusing(frame: Frame, span: Span) -> int | None:
    """Return the participle by which what a trigger names is only held against somebody, `None` if there is none.

    "Police raid the offices in Baghdad, accusing them of the abduction": nothing tells that this was in Baghdad.
    """
    behind = (i for i in range(span.start - 1, span.sent.start, -1) if i in frame.cue_tokens)
    last = next(behind, None)
    if last is None or frame.cue_tokens[last] is not Stance.ACCUSES or frame.doc[last].tag_ != "VBG":
        return None
    return last


def cause_after(frame: Frame, span: Span) -> int:
    """Return the first token of the event behind a trigger that came before it, else the end of the sentence.

    "Shelled the town in retaliation for an attack in Goma": what is told of the attack is not told of the shelling.
    """
    following = range(span.end, span.sent.end)
    triggers = (frame.triggers[i] for i in following if i in frame.triggers)
    noun = next((other.start for other in triggers if told_before(frame, other) is not None), span.sent.end)
    verbs = (after_clause(frame.doc[i]) for i in following if i in frame.harms)
    return min(noun, next((first for first in verbs if first is not None and first > span.start), noun))
