"""Finds quoted words in the text of an article."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.records import Span


class Quotes:
    """Looks quotes up in `text`; offsets are code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, tuple[Span, ...]] = {}

    def find(self, quote: str) -> tuple[Span, ...]:
        """Return where `quote` stands in the text as whole words, letter by letter, in text order; space around it does not count.

        >>> [span.start for span in Quotes("crossfire, then fire").find("fire")]
        [16]
        """
        words = quote.strip()
        if words not in self._found:
            self._found[words] = tuple(span for span in self._all(words) if self._whole(span))
        return self._found[words]

    def nearest(self, quote: str, anchor: Span | None) -> Span | None:
        """Return the place of `quote` that is nearest to `anchor`; of equally near ones, or without anchor, the first."""
        spans = self.find(quote)
        if anchor is None or not spans:
            return next(iter(spans), None)
        return nearest(spans, anchor)

    def _all(self, words: str) -> Iterator[Span]:
        start = self.text.find(words) if words else -1
        while start >= 0:
            yield Span(start=start, end=start + len(words))
            start = self.text.find(words, start + 1)

    def _whole(self, span: Span) -> bool:
        return not (self._joined(span.start) or self._joined(span.end))

    def _joined(self, offset: int) -> bool:
        """Tell whether a word goes on across `offset`; scripts without capitals may write words without space between."""
        if not 0 < offset < len(self.text):
            return False
        before, after = self.text[offset - 1], self.text[offset]
        return bool(unicodedata.combining(after)) or (_spaced(before) and _spaced(after))


def _spaced(letter: str) -> bool:
    """Tell whether `letter` is a digit, or of a script with capitals."""
    return letter.isdecimal() or letter.lower() != letter.upper()


def nearest(spans: Sequence[Span], anchor: Span) -> Span:
    """Return the one of `spans`, which are equally long and in text order, with the least gap to `anchor`."""
    position = bisect_left(spans, anchor)
    first = position
    while first > 0 and gap(spans[first - 1], anchor) == 0:
        first -= 1
    return min(spans[max(0, first - 1) : position + 1], key=lambda span: (gap(span, anchor), span))


def gap(one: Span, other: Span) -> int:
    """Return how many characters lie between two spans, 0 when they touch or overlap."""
    return max(0, one.start - other.end, other.start - one.end)


def hull(one: Span, other: Span) -> Span:
    """Return the least span that covers both."""
    return Span(start=min(one.start, other.start), end=max(one.end, other.end))
