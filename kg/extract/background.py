"""Triggers that name no event of the news."""

import re
from functools import lru_cache

from kg.extract.chunks import subject_of
from kg.extract.frame import Frame
from kg.extract.tokens import Span, Token
from kg.extract.verbs import governing_verb, verb_of
from kg.records import EntityKind, Harm

_MANY = 1_000
"""So many are killed by a war, where one is told of, not by one of its events."""
_BACKGROUND = frozenset({"since", "during", "amid", "amidst"})


def is_background(frame: Frame, span: Span) -> bool:
    """Tell whether a trigger names no event of the news: a whole war, sport, business, disease, part of another noun.

    Nor does a participle before its noun: "captured soldiers".
    """
    text = span.sent.text.lower()
    if _is_in(text, frame.words("NonEventContexts")) or _is_part_of_name(span):
        return True
    position = frame.chunk_at(span.end - 1)
    if position is None:
        return _is_by_war(frame, span)
    chunk = frame.chunks[position]
    if span[0].tag_ == "VBN" and chunk.start <= span.start and span.end <= chunk.head and _describes(span[0]):
        return True
    noun = span.kb_id_ == "noun" or verb_of(span) is None
    if noun and _is_of_event(frame, span, position):
        return True
    if noun and chunk.head >= span.end and chunk.head not in frame.triggers and chunk.head not in frame.weapons:
        return True
    return _is_whole_war(frame, span, position)


def _is_in(text: str, phrases: frozenset[str]) -> bool:
    """Tell whether a text holds one of the phrases where a word begins: "stock market", but no "livestock market"."""
    return _pattern(phrases).search(text) is not None


@lru_cache(maxsize=8)
def _pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, sorted(phrases)))})")


def _is_of_event(frame: Frame, span: Span, position: int) -> bool:
    """Tell whether a noun of violence only says something of another one: "the execution of air strikes"."""
    following = frame.chunks[position + 1] if position + 1 < len(frame.chunks) else None
    if following is None or following.preposition != "of" or following.start != span.end + 1:
        return False
    other = frame.triggers.get(following.head)
    return frame.is_violent(span.label_) and other is not None and frame.is_violent(other.label_)


def _describes(participle: Token) -> bool:
    """Tell whether a participle stands before its noun, without an auxiliary or a subject."""
    if participle.is_sent_start:
        return True
    before = participle.nbor(-1)
    return before.pos_ != "AUX" and before.tag_[:2] not in {"NN", "PR", "RB"}


def is_of_whole_war(frame: Frame, cue: Span, number: int) -> bool:
    """Tell whether a number of victims is that of a whole war: "more than 10,000 people have been killed since 2014".

    Args:
        frame: the document.
        cue: the word of harm that the number hangs on.
        number: how many.
    """
    if number < _MANY or cue.label_ not in {Harm.KILLED, Harm.INJURED}:
        return False
    words = {token.lower_ for token in cue.sent}
    return not words.isdisjoint(frame.words("LongWords"))


def _is_part_of_name(span: Span) -> bool:
    """Tell whether words are a name's ("Exclusion Zone") or a treaty's."""
    named = all(token.ent_type_ not in {"", EntityKind.WEAPON.value} for token in span)
    return named or (span.label_ == "Agreement" and span.start > span.sent.start and span[-1].is_title)


def _is_by_war(frame: Frame, span: Span) -> bool:
    """Tell of displacement whether a whole war has made people leave: "the war has killed thousands and displaced millions"."""
    verb = verb_of(span) if span.label_ == "Displacement" else None
    subject = None if verb is None else subject_of(verb, frame.chunks)
    return subject is not None and frame.doc[frame.chunks[subject].head].lower_ in frame.words("LongWords")


def _is_whole_war(frame: Frame, span: Span, position: int) -> bool:
    if span[-1].lower_ in {"war", "conflict"}:
        return True
    if span.text.lower() == "invasion":
        return governing_verb(frame, position) is None
    chunk = frame.chunks[position]
    before = [token.lower_ for token in frame.doc[max(span.sent.start, chunk.start - 3) : chunk.start]]
    responding = before == ["in", "response", "to"]
    return span.text.lower() == "offensive" and (responding or chunk.preposition in _BACKGROUND)
