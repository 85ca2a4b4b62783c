"""The sentence around a span, found by a plain rule: the language pipeline is not at hand when triples are made.

A sentence ends at a new line, unless the next one goes on in lower case, or at a full stop, `!`, `?` or an ellipsis
(with closing quotes or brackets) before a space and a capital, a digit or an opening quote. A full stop after an
abbreviation ("U.N.", "Gen. Zaluzhny", "J. Smith") is none: rather too long a quotation than a torn one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from kg.records import Span

LIMIT = 600
"""The greatest length of a sentence, in code points, unless the span itself is longer."""

_OPEN = r"""["'\u201c\u2018\u00ab(\[]*"""
_CLOSE = r"""["'\u201d\u2019\u00bb)\]]*"""
# One class of characters at its head lets `re` skip the words between.
_BOUNDARY = re.compile(
    rf"[\n.!?\u2026](?:(?<=\n)(?!\s*[a-z])\s*|(?<!\n){_CLOSE}\s+(?={_OPEN}\w)(?!{_OPEN}[a-z\u00df-\u00ff]))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'\u201c\u2018])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|[A-Z][a-z]{1,2}|Sept|Capt|Prof)$"
)
_CLOSING = 4
"""How far before the end of a span its own full stop and closing quotes may begin."""

_TAIL = 12
"""How far back an abbreviation may begin."""


class Boundary(NamedTuple):
    """Where the mark begins, where the sentence before it ends, where the next one starts; `ends`: one does end there."""

    begin: int
    before: int
    after: int
    ends: bool


class Sentences:
    """The sentences of one text; where they may end is looked for once.

    Args:
        text: all of it.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _found(self) -> list[Boundary]:
        return list(_boundaries(self._text, 0))

    @cached_property
    def _begins(self) -> list[int]:
        return [one.begin for one in self._found]

    def around(self, span: Span) -> Span:
        """Return the sentence or sentences that `span` lies in, without white space at the ends.

        >>> text = "Gen. Smith spoke. U.N. staff left Gaza. It rained."
        >>> Sentences(text).around(Span(start=18, end=22)).of(text)
        'U.N. staff left Gaza.'
        """
        text = self._text
        room = max(0, LIMIT - (span.end - span.start)) // 2
        low, high = max(0, span.start - room), min(len(text), span.end + room)
        starts = (one.after for one in reversed(self._between(low, span.start)) if one.after <= span.start)
        start = next(starts, -1)
        if start < 0:
            start = _after_space(text, low, span.start) if low else 0
        ends = (one.before for one in self._between(max(low, span.end - _CLOSING), high) if one.before >= span.end)
        end = next(ends, -1)
        if end < 0:
            end = high if high == len(text) else _before_space(text, span.end, high)
        while start < span.start and text[start].isspace():
            start += 1
        while end > span.end and text[end - 1].isspace():
            end -= 1
        return Span(start=start, end=end)

    def _between(self, low: int, high: int) -> list[Boundary]:
        """Return the boundaries that begin from `low` up to `high`, as if the text began at `low`."""
        at = bisect_left(self._begins, low)
        if at and self._found[at - 1].after > low:
            found: Iterable[Boundary] = takewhile(lambda one: one.begin < high, _boundaries(self._text, low))
        else:
            found = self._found[at : bisect_left(self._begins, high, at)]
        return [one for one in found if one.ends]


def _boundaries(text: str, low: int) -> Iterator[Boundary]:
    for match in _BOUNDARY.finditer(text, low):
        begin, words = match.start(), match.group()
        short = words[0] == "." and _ABBREVIATION.search(text[_back(begin) : begin])
        yield Boundary(begin, begin + len(words.rstrip()), match.end(), not short)


def _back(offset: int) -> int:
    return max(0, offset - _TAIL)


def _after_space(text: str, low: int, start: int) -> int:
    """Return where the first whole word after `low` begins."""
    found = re.search(r"\s", text[low:start])
    return low + found.end() if found else start


def _before_space(text: str, end: int, high: int) -> int:
    """Return where the last whole word before `high` ends."""
    return end + max((match.start() for match in re.finditer(r"\s", text[end:high])), default=0)
