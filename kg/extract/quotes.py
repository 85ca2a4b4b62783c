"""Quotes that run over several sentences: who says one of them says them all."""

from collections.abc import Iterator, Sequence

from kg.extract.contents import QUOTES, last_word
from kg.extract.frame import Bounds, Frame
from kg.extract.speech import Speech
from kg.extract.stances import weighed
from kg.extract.tokens import Span
from kg.records import Stance

_SHORTEST = 4
"""A quote of fewer words tells nothing by itself: "We are ready"."""


def find_quotes(frame: Frame, speeches: Sequence[Speech]) -> Iterator[Speech]:
    """Yield the quoted sentences right before and behind a quote whose speaker is told, in text order.

    Args:
        frame: the document.
        speeches: the speech that words introduce.
    """
    if QUOTES.isdisjoint(frame.text):
        return
    quoted = _quoted(frame)
    told: dict[int, Speech] = {}
    for speech in speeches:
        told.setdefault(speech.cue.sent.start, speech)
    sentences = list(frame.doc.sents)
    spoken: dict[int, Speech] = {}
    for order in (range(len(sentences)), range(len(sentences) - 1, -1, -1)):
        last: Speech | None = None
        for number in order:
            start = sentences[number].start
            if start in told and not _is_quoted(quoted, told[start]):
                last = _of_quote(frame, told[start], quoted, ahead=order.step < 0)
            elif (
                last is not None
                and start in quoted
                and (order.step > 0 or _goes_on(frame, *sentences[number : number + 2]))
            ):
                spoken.setdefault(start, last)
            elif any(token.is_alpha for token in sentences[number]):
                last = None
    for start, speech in sorted(spoken.items()):
        content = quoted[start]
        stance = weighed(frame, speech.cue, Stance.ASSERTS, speech.source, content)
        yield Speech(stance=stance, cue=speech.cue, source=speech.source, content=content, target=None)


def _of_quote(frame: Frame, speech: Speech, quoted: dict[int, Bounds], *, ahead: bool) -> Speech | None:
    """Return the speech if its words are a quote, and begin its sentence when the quote began ahead of it."""
    sentence = speech.cue.sent
    first, last = speech.content
    marks = {i for i in range(sentence.start, sentence.end) if frame.doc[i].text in QUOTES}
    if ahead:
        return speech if first <= sentence.start + 2 and marks and min(marks) >= last - 1 else None
    return speech if any(first - 2 <= i <= last + 1 for i in marks) or sentence.start in quoted else None


def _is_quoted(quoted: dict[int, Bounds], speech: Speech) -> bool:
    """Tell whether somebody is only quoted as saying that another one said something: "The army claims control, but …"."""
    first, last = quoted.get(speech.cue.sent.start, (0, 0))
    return first <= speech.source[0] and speech.cue.end <= last


def _goes_on(frame: Frame, sentence: Span, following: Span) -> bool:
    """Tell whether a quote is still open at the end of a sentence."""
    end = frame.doc[sentence.end - 1]
    before = end if not end.is_space else end.nbor(-1)
    return before.text not in QUOTES and frame.doc[following.start].text not in QUOTES


def _quoted(frame: Frame) -> dict[int, Bounds]:
    """Return first token of a sentence that lies wholly in quotes → token bounds of its words."""
    found: dict[int, Bounds] = {}
    inside = False
    for sentence in frame.doc.sents:
        words, free = 0, False
        for token in sentence:
            if token.text in QUOTES:
                inside = token.text == "“" or (
                    token.text == '"' and (not inside or (words == 0 and bool(token.nbor(-1).is_space)))
                )
            elif token.is_space:
                inside = inside and "\n\n" not in token.text
            elif not token.is_punct:
                words += inside
                free = free or not inside
        if words >= _SHORTEST and not free:
            found[sentence.start] = _behind_mark(sentence), last_word(frame, sentence)
    return found


def _behind_mark(sentence: Span) -> int:
    """Return where the words of a sentence begin behind an opening quotation mark."""
    return next((token.i for token in sentence if token.text not in QUOTES and not token.is_space), sentence.start)
