"""Cuts documents into windows that the encoder reads at once, and lays batches of them out as arrays."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.nlp.datelines import behind_datelines
from kg.nlp.features import Features
from kg.nlp.sentences import sentence_starts
from kg.nlp.tokens import texts

LONGEST_WORD = 12
"""Pieces of a word that are read."""
_CACHED = 100_000


class Words(NamedTuple):
    """The words of a document, white space left out, as numbers.

    Args:
        tokens: (words,), the token that each word is.
        pieces: the word pieces of each word.
        features: (words, features), as `kg.nlp.features` makes them.
        starts: the words that begin a sentence by rule, where windows may be cut.
        leads: those that begin one behind a dateline, whatever the model says.
    """

    tokens: NDArray[np.int64]
    pieces: list[tuple[int, ...]]
    features: NDArray[np.float32]
    starts: list[int]
    leads: list[int]


class Window(NamedTuple):
    """Words `start` up to `end` of the document at position `doc` of a batch, in `length` pieces."""

    doc: int
    start: int
    end: int
    length: int


class Layout(NamedTuple):
    """Arrays for the encoder: `first` tells where the first piece of each word stands, `known` which words are real."""

    pieces: NDArray[np.int64]
    mask: NDArray[np.float32]
    features: NDArray[np.float32]
    first: NDArray[np.int64]
    known: NDArray[np.bool_]


class Pieces:
    """Cuts words into pieces and remembers how.

    Args:
        tokenizer: the encoder's word pieces.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._seen: dict[str, tuple[int, ...]] = {}
        unknown, self.padding, self.opening, self.closing = (
            int(tokenizer.token_to_id(name) or 0) for name in ("[UNK]", "[PAD]", "[CLS]", "[SEP]")
        )
        self._unknown = (unknown,)

    def of(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the pieces of each word of `texts`, at least one and at most `LONGEST_WORD`."""
        if len(self._seen) > _CACHED:
            self._seen.clear()
        fresh = [text for text in dict.fromkeys(texts) if text not in self._seen]
        shortened = [text[: LONGEST_WORD * 16] for text in fresh]
        for text, found in zip(
            fresh, self._tokenizer.encode_batch_fast(shortened, add_special_tokens=False), strict=True
        ):
            self._seen[text] = tuple(found.ids[:LONGEST_WORD]) or self._unknown
        return [self._seen[text] for text in texts]

    def lay_out(self, windows: Sequence[Window], documents: Sequence[Words]) -> Layout:
        """Return the arrays of a batch of windows of `documents`."""
        rows = len(windows)
        length = max(window.length for window in windows)
        count = max(window.end - window.start for window in windows)
        pieces = np.full((rows, length), self.padding, dtype=np.int64)
        mask = np.zeros((rows, length), dtype=np.float32)
        features = np.zeros((rows, length, documents[0].features.shape[1]), dtype=np.float32)
        first = np.zeros((rows, count), dtype=np.int64)
        known = np.zeros((rows, count), dtype=np.bool_)
        for row, (number, start, end, size) in enumerate(windows):
            words = documents[number]
            own = words.pieces[start:end]
            flat = [piece for word in own for piece in word]
            sizes = [len(word) for word in own]
            pieces[row, 0] = self.opening
            pieces[row, 1 : size - 1] = flat
            pieces[row, size - 1] = self.closing
            mask[row, :size] = 1.0
            features[row, 1 : size - 1] = np.repeat(words.features[start:end], sizes, axis=0)
            first[row, : end - start] = 1 + np.cumsum([0, *sizes[:-1]])
            known[row, : end - start] = True
        return Layout(pieces, mask, features, first, known)


def read_words(doc: Doc, pieces: Pieces, features: Features) -> Words:
    """Return the words of `doc` as numbers."""
    spelled = texts(doc)
    tokens = [token for token, text in enumerate(spelled) if not text.isspace()]
    at = {token: word for word, token in enumerate(tokens)}
    return Words(
        tokens=np.array(tokens, dtype=np.int64),
        pieces=pieces.of([spelled[token] for token in tokens]),
        features=features.matrix(doc)[tokens],
        starts=[at[token] for token in sentence_starts(doc) if token in at],
        leads=[at[token] for token in behind_datelines(doc) if token in at],
    )


def pack(sizes: Sequence[int], starts: Sequence[int], longest: int, limit: int) -> Iterator[tuple[int, int, int]]:
    """Pack whole sentences into windows of at most `longest` pieces; only a sentence longer than `limit` is cut.

    Args:
        sizes: pieces of each word.
        starts: words that begin a sentence; the first is 0.
        longest: pieces that a window of several sentences may have, with the two that mark its ends.
        limit: pieces that any window may have.

    Yields:
        First word, word behind the last, pieces of each window.
    """
    begin, length = 0, 2
    for first, last in pairwise([*starts, len(sizes)]):
        size = sum(sizes[first:last])
        if length + size > longest and first > begin:
            yield begin, first, length
            begin, length = first, 2
        for word in range(first, last):
            if length + sizes[word] > limit:
                yield begin, word, length
                begin, length = word, 2
            length += sizes[word]
    if begin < len(sizes):
        yield begin, len(sizes), length


def windows(documents: Sequence[Words], longest: int) -> list[Window]:
    """Return the windows of `documents`, in their order."""
    return [
        Window(number, *found)
        for number, words in enumerate(documents)
        for found in pack([len(word) for word in words.pieces], words.starts, longest, longest)
    ]


def batches(found: Sequence[Window], size: int) -> Iterator[list[Window]]:
    """Group windows of like length into batches of at most `size` pieces with padding."""
    current: list[Window] = []
    for window in sorted(found, key=lambda window: (-window.length, window)):
        if current and current[0].length * (len(current) + 1) > size:
            yield current
            current = []
        current.append(window)
    if current:
        yield current
