"""Nouns that point back: to an event told elsewhere, "this crime", "was a terrorist attack", or to one before, "after an attack"."""

from kg.extract.frame import Frame
from kg.extract.tokens import Span, Token

DEFINITE = frozenset({"the", "this", "these", "that", "those", "both", "such"})


def points_back(frame: Frame, span: Span) -> bool:
    """Tell whether the noun at `span` judges or sums up an event that is told elsewhere."""
    position = frame.chunk_at(span.end - 1)
    if position is None or span.kb_id_ == "verb":
        return False
    return (
        _is_judgement(frame, span, position)
        or _is_predicate(frame, span, position)
        or _is_one_of_all(frame, position)
        or is_ranked(frame, span)
    )


def _is_judgement(frame: Frame, span: Span, position: int) -> bool:
    """Tell of words like "crime" and "tragedy" whether they are definite: "the crime", "these acts of mass murder"."""
    if not {span.text.lower(), span[-1].lower_}.intersection(frame.words("JudgementNouns")):
        return False
    chunk = frame.chunks[position]
    outer = frame.chunks[position - 1] if chunk.preposition == "of" and position else chunk
    return frame.doc[outer.start].lower_ in DEFINITE or _is_charged(frame, chunk.start)


def _is_charged(frame: Frame, start: int) -> bool:
    """Tell whether a phrase is what somebody is accused of having committed: "accused Israel of committing a massacre"."""
    verb = frame.doc[start - 1] if start > 1 else None
    return verb is not None and verb.lemma_.lower() == "commit" and frame.doc[start - 2].lower_ in {"of", "for", "with"}


def _is_predicate(frame: Frame, span: Span, position: int) -> bool:
    """Tell what something is, or is called: "this was an attack", "labelled it a “terrorist attack”", "as an atrocity"."""
    if any(child.dep_ == "cop" for child in span.root.children):
        return True
    start = frame.chunks[position].start
    if frame.doc[start].lower_ not in {"a", "an"} or start == span.sent.start:
        return False
    before = frame.doc[start - 1]
    verb = span.root.head if span.root.dep_ == "xcomp" else before
    return before.lower_ == "as" or verb.lemma_.lower() in frame.words("NamingVerbs")


def _is_one_of_all(frame: Frame, position: int) -> bool:
    """Tell of a comparison with other events: "the largest loss of life in a single attack"."""
    chunk = frame.chunks[position]
    return any(token.lower_ == "single" for token in frame.doc[chunk.start : chunk.head])


def is_ranked(frame: Frame, span: Span) -> bool:
    """Tell of what its verb tells as the most of its kind: "a missile kills 52 people, in the deadliest attack of the year"."""
    position = frame.chunk_at(span.start)
    if position is None or frame.chunks[position].preposition != "in":
        return False
    before = frame.doc[frame.chunks[position].start : span.start]
    above = frame.triggers.get(span.root.head.i)
    ranked = any(token.tag_ == "JJS" or token.lower_.endswith("iest") for token in before)
    return ranked and above is not None and frame.is_violent(above.label_)


def told_before(frame: Frame, span: Span) -> int | None:
    """Return where the phrase of a noun begins that names what came before the event of its sentence, `None` for others.

    "Jets struck the camp following an attack", "in retaliation for an attack": what is told of the strike is not told of the
    attack.
    """
    position = frame.chunk_at(span.start)
    if position is None or span.kb_id_ == "verb":
        return None
    after = frame.chunks[position].preposition in {"following", "after"}
    return frame.chunks[position].start if after or is_answered(frame, span) else None


def after_clause(verb: Token) -> int | None:
    """Return the "after" of a clause that tells what came before all else, `None` without one.

    "Strikes on nine sites, two weeks after gunmen killed 26 people near Pahalgam".
    """
    own = verb.tag_ in {"VBD", "VBN"} and any(child.dep_ == "nsubj" for child in verb.children)
    return next((child.i for child in verb.children if own and child.i < verb.i and child.lower_ == "after"), None)


def is_answered(frame: Frame, span: Span) -> bool:
    """Tell whether a noun names what the event of its sentence answers: "in retaliation for an attack"."""
    position = frame.chunk_at(span.start)
    if not position or frame.chunks[position].preposition not in {"for", "to"}:
        return False
    before = frame.chunks[position].start - 2
    return before >= 0 and frame.doc[before].lemma_.lower() in frame.words("ResponseWords")


def other_event(frame: Frame, start: int, limit: int) -> int:
    """Return where, from token `start` on, the words for an event told before begin, `limit` if none do."""
    for position in frame.between(start, limit):
        chunk = frame.chunks[position]
        trigger = frame.triggers.get(chunk.head)
        if trigger is not None and told_before(frame, trigger) is not None:
            return chunk.start - 1
    return limit
