"""Statements printed under their speaker: "The minister said:" and then his words, paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.contents import behind_setting, last_word
from kg.extract.frame import Bounds, Frame
from kg.extract.sources import find_source, meant
from kg.extract.speech import Speech
from kg.extract.stances import weighed
from kg.extract.tokens import Span
from kg.records import Stance

_SHORTEST = 4
"""A sentence of fewer words is no claim: "Thank you"."""


def find_statements(frame: Frame, speeches: Sequence[Speech]) -> Iterator[Speech]:
    """Yield what is said below a line that ends in "said:", in text order: sentences that tell of events, judge or demand.

    The statement ends where another one speaks.

    Args:
        frame: the document.
        speeches: the speech that words introduce.
    """
    own = _own(frame, speeches)
    for sentence, cue, source in _spoken(frame, speeches):
        speech = None if sentence.start in own else _read(frame, sentence, cue, source)
        if speech is not None:
            yield speech


def name_speakers(frame: Frame, speeches: Sequence[Speech]) -> Iterator[Speech]:
    """Yield the speeches, where "I" and "we" of a statement name its speaker: "The minister said:", "We condemn the attack"."""
    if not _own(frame, speeches):
        yield from speeches
        return
    speakers = {sentence.start: source for sentence, _, source in _spoken(frame, speeches)}
    for speech in speeches:
        speaker = speakers.get(speech.cue.sent.start) if _is_first_person(frame, speech) else None
        yield speech if speaker is None else replace(speech, source=speaker)


def _is_first_person(frame: Frame, speech: Speech) -> bool:
    return frame.doc[speech.source[0]].lower_ in {"we", "i"}


def _own(frame: Frame, speeches: Sequence[Speech]) -> set[int]:
    """Return the first tokens of the sentences in which "I" or "we" say something."""
    return {speech.cue.sent.start for speech in speeches if _is_first_person(frame, speech)}


def _spoken(frame: Frame, speeches: Sequence[Speech]) -> Iterator[tuple[Span, Span, Bounds]]:
    """Yield the sentences of statements, each with the cue and the source of the line above."""
    told = {speech.cue.sent.start for speech in speeches if not _is_first_person(frame, speech)}
    own = _own(frame, speeches)
    speaking: tuple[Span, Bounds] | None = None
    for sentence in frame.doc.sents:
        opened = _opened(frame, sentence)
        if opened is not None:
            speaking = opened
        elif sentence.start in told - own:
            speaking = None
        elif speaking is not None:
            yield sentence, *speaking


def _opened(frame: Frame, sentence: Span) -> tuple[Span, Bounds] | None:
    """Return the cue and the source of a line that ends in "said:", "said today:"."""
    end = last_word(frame, sentence)
    if end <= sentence.start or frame.doc[end - 1].text != ":":
        return None
    for index in range(end - 2, sentence.start, -1):
        cue = frame.cues.get(index)
        if cue is not None and cue.kb_id_ == "verb" and behind_setting(frame, cue, cue.end, end) == end:
            words = find_source(frame, cue)
            source = None if words is None else meant(frame, words)
            return None if source is None else (cue, source)
    return None


def _read(frame: Frame, sentence: Span, cue: Span, source: Bounds) -> Speech | None:
    content = sentence.start, last_word(frame, sentence)
    words = [token for token in frame.doc[slice(*content)] if not token.is_punct and not token.is_space]
    if len(words) < _SHORTEST:
        return None
    stance = weighed(frame, cue, Stance.ASSERTS, source, content)
    pledges = any(one.lower_ == "we" and other.lower_ == "will" for one, other in pairwise(words))
    tells = pledges or any(token.i in frame.triggers or token.i in frame.harms for token in words)
    if not tells and stance is Stance.ASSERTS:
        return None
    return Speech(stance=stance, cue=cue, source=source, content=content, target=None)
