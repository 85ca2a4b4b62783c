"""Sources of headlines: "Governor: five killed in strike", "Five killed in strike - officials"."""

from collections.abc import Iterable, Iterator

from kg.extract.frame import Frame
from kg.extract.speech import Speech
from kg.extract.tokens import Span, Token
from kg.records import Stance


def find_headlines(frame: Frame, speeches: Iterable[Speech]) -> Iterator[Speech]:
    """Yield what sources set off by a mark say, in sentences without other speech, in text order."""
    taken = {speech.cue.sent.start for speech in speeches}
    for sentence in frame.doc.sents:
        headline = None if sentence.start in taken else _headline(frame, sentence)
        if headline is not None:
            yield headline


def _headline(frame: Frame, sentence: Span) -> Speech | None:
    """Read "Governor: five killed in strike" and "Five killed in strike - officials", whose cue is the mark between.

    Places are left out, for "Goma: five killed" tells where. The words said must hold a verb.
    """
    doc = frame.doc
    first, last = frame.trim(sentence.start, sentence.end)
    inside = frame.between(first, last)
    if len(inside) < 2:
        return None
    ends = (frame.chunks[inside[0]], frame.chunks[inside[-1]])
    if ends[0].start == sentence.start and doc[ends[0].end].text == ":":
        source, cue, content = ends[0], ends[0].end, (ends[0].end + 1, last)
    elif ends[1].end == last and _sets_off(doc[ends[1].start - 1]):
        source, cue, content = ends[1], ends[1].start - 1, (first, ends[1].start - 1)
    else:
        return None
    told = any(token.tag_ in {"VBD", "VBN", "VBZ", "VBP", "MD"} for token in doc[content[0] : content[1]])
    bounds = frame.trim(source.start, source.end)
    counted = any(token.tag_ == "CD" for token in doc[source.start : source.end])
    if not told or counted or doc[source.head].ent_type_ == "Place" or not frame.is_people(*bounds):
        return None
    return Speech(stance=Stance.ASSERTS, cue=doc[cue : cue + 1], source=bounds, content=content, target=None)


def _sets_off(mark: Token) -> bool:
    """Tell whether a mark sets the source of a headline off: a colon, or a dash with space before it."""
    return mark.text == ":" or (mark.text in {"-", "–", "—"} and mark.i > 0 and bool(mark.nbor(-1).whitespace_))
