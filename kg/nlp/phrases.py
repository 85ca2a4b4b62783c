"""Phrases in a text: which of many known sequences of words stand where."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

Label = TypeVar("Label")


class Phrases(Generic[Label]):
    """Knows phrases, each with any number of labels.

    Args:
        known: words and label of each phrase; phrases without words are left out.

    >>> known = Phrases([(("air", "strike"), "AirStrike"), (("strike",), "Attack")])
    >>> list(known.find(["an", "air", "strike"]))
    [(1, 3, 'AirStrike'), (2, 3, 'Attack')]
    """

    def __init__(self, known: Iterable[tuple[Sequence[str], Label]] = ()) -> None:
        self._labels: dict[tuple[str, ...], dict[Label, None]] = {}
        self._sizes: dict[str, dict[int, None]] = {}
        for words, label in known:
            if words:
                self._labels.setdefault(tuple(words), {})[label] = None
                self._sizes.setdefault(words[0], {})[len(words)] = None

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, Label]]:
        """Yield start, end and label of every phrase in `words`, phrases within others as well."""
        for start, word in enumerate(words):
            for size in self._sizes.get(word, ()):
                end = start + size
                for label in self._labels.get(tuple(words[start:end]), ()) if end <= len(words) else ():
                    yield start, end, label


def split(phrase: str) -> list[str]:
    """Split a phrase as the tokeniser would: at spaces, around hyphens between letters and before an apostrophe."""
    words: list[str] = []
    for part in phrase.replace("'s", " 's").split(" "):
        pieces = part.split("-")
        joined = [part] if any(not (a[-1:].isalpha() and b[:1].isalpha()) for a, b in pairwise(pieces)) else []
        words.extend(joined or [piece for pair in pieces for piece in (pair, "-")][:-1])
    return [word for word in words if word]
