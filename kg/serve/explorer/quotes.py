"""Words of an article within their sentence.

The graph tells where words begin in the article and which sentence is around them, but not where the sentence begins. All
spans of a sentence must agree on that, which tells apart the two "Gaza" of "Gaza City and north Gaza".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import OA, ckg
from kg.serve.explorer import read

SOURCE, _START, _END, _EXACT = (ox.NamedNode(OA + name) for name in ("hasSource", "start", "end", "exact"))


class Span(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Words of an article; `start` and `end` count code points of its text."""

    article: str
    start: int
    end: int
    words: str
    sentence: str


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence in three parts, of which `words` are the evidence; `at` is where they begin in the article."""

    article: str
    before: str
    words: str
    after: str
    at: int


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of an article: `start` is where it begins, `marks` are half-open intervals of code points in it."""

    start: int
    text: str
    marks: tuple[tuple[int, int], ...]


def span(store: ox.Store, node: ox.NamedNode) -> Span | None:
    """Return the span that `node` stands for; `None` when the graph does not describe it in full."""
    article, words, sentence = (read.first(store, node, name) for name in (SOURCE, _EXACT, ckg("sentence")))
    start, end = (read.as_integer(read.first(store, node, name)) for name in (_START, _END))
    if article is None or words is None or start is None or end is None:
        return None
    return Span(article=article, start=start, end=end, words=words, sentence=sentence or words)


def beginnings(spans: Iterable[Span]) -> Mapping[tuple[str, str], int]:
    """Return where each sentence begins, by article and sentence; left out where its spans do not agree."""
    possible: dict[tuple[str, str], list[set[int]]] = defaultdict(list)
    for one in sorted(set(spans)):
        possible[one.article, one.sentence].append({one.start - at for at in _occurrences(one)})
    agreed = {sentence: reduce(set.intersection, starts) for sentence, starts in possible.items()}
    return {sentence: min(starts) for sentence, starts in agreed.items() if starts}


def quote(one: Span, starts: Mapping[tuple[str, str], int]) -> Quote:
    """Return the words of a span with what stands before and after them in the sentence."""
    known = starts.get((one.article, one.sentence))
    at = one.start - known if known is not None else one.sentence.find(one.words)
    if at < 0:
        return Quote(article=one.article, before="", words=one.words, after="", at=one.start)
    before, after = one.sentence[:at], one.sentence[at + len(one.words) :]
    return Quote(article=one.article, before=before, words=one.words, after=after, at=one.start)


def passages(spans: Iterable[Span], marked: Iterable[Span]) -> tuple[Passage, ...]:
    """Return the sentences of `spans` in the order of the article, with the words of `marked` marked in them.

    A sentence that lies within another one is left out.
    """
    every, wanted = sorted(set(spans)), sorted(set(marked))
    starts = beginnings([*every, *wanted])
    sentences = sorted({(start, -len(text), text) for (_, text), start in starts.items()})
    found: list[Passage] = []
    end = -1
    for start, _, text in sentences:
        if start + len(text) <= end:
            continue
        end = start + len(text)
        inside = [(one.start - start, one.end - start) for one in wanted if start <= one.start and one.end <= end]
        found.append(Passage(start=start, text=text, marks=tuple(_joined(inside))))
    return tuple(found)


def _joined(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted intervals as one where they overlap.

    >>> _joined([(0, 4), (2, 6), (8, 9)])
    [(0, 6), (8, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _occurrences(one: Span) -> list[int]:
    found = []
    at = one.sentence.find(one.words) if one.words else -1
    while at >= 0:
        found.append(at)
        at = one.sentence.find(one.words, at + 1)
    return found
