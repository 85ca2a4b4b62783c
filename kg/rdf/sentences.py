"""The sentence around a span, found by a plain rule: the language pipeline is not at hand when triples are made.

A sentence ends at a new line, unless the next one goes on in lower case, or at a full stop, `!`, `?` or an ellipsis
(with closing quotes or brackets) before a space and a capital, a digit or an opening quote. A full stop after an
abbreviation ("U.N.", "Gen. Zaluzhny", "J. Smith") is none: rather too long a quotation than a torn one.
"""

import re
from collections.abc import Iterator

from kg.records import Span

LIMIT = 600
"""The greatest length of a sentence, in code points, unless the span itself is longer."""

_OPEN = r"""["'\u201c\u2018\u00ab(\[]*"""
_CLOSE = r"""["'\u201d\u2019\u00bb)\]]*"""
_BOUNDARY = re.compile(rf"\n(?!\s*[a-z])\s*|[.!?\u2026]{_CLOSE}\s+(?={_OPEN}\w)(?!{_OPEN}[a-z\u00df-\u00ff])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'\u201c\u2018])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|[A-Z][a-z]{1,2}|Sept|Capt|Prof)$"
)
_CLOSING = 4
"""How far before the end of a span its own full stop and closing quotes may begin."""

_TAIL = 12
"""How far back an abbreviation may begin."""


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence or sentences of `text` that `span` lies in, without white space at the ends.

    >>> text = "Gen. Smith spoke. U.N. staff left Gaza. It rained."
    >>> sentence_around(text, Span(start=18, end=22)).of(text)
    'U.N. staff left Gaza.'
    """
    room = max(0, LIMIT - (span.end - span.start)) // 2
    low, high = max(0, span.start - room), min(len(text), span.end + room)
    starts = [after for _, after in _boundaries(text, low, span.start) if after <= span.start]
    ends = (before for before, _ in _boundaries(text, max(low, span.end - _CLOSING), high) if before >= span.end)
    start = max(starts, default=_after_space(text, low, span.start) if low else 0)
    end = next(ends, high if high == len(text) else _before_space(text, span.end, high))
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)


def _boundaries(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield (end of the sentence, start of the next one) for each boundary that begins from `low` up to `high`."""
    for match in _BOUNDARY.finditer(text, low):
        if match.start() >= high:
            return
        if match.group()[0] != "." or not _ABBREVIATION.search(text[_back(match.start()) : match.start()]):
            yield match.start() + len(match.group().rstrip()), match.end()


def _back(offset: int) -> int:
    return max(0, offset - _TAIL)


def _after_space(text: str, low: int, start: int) -> int:
    """Return where the first whole word after `low` begins."""
    found = re.search(r"\s", text[low:start])
    return low + found.end() if found else start


def _before_space(text: str, end: int, high: int) -> int:
    """Return where the last whole word before `high` ends."""
    return end + max((match.start() for match in re.finditer(r"\s", text[end:high])), default=0)
