"""Turns documents into numbers and cuts them into windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.vocab import Vocab

from kg.nlp.features import Features
from kg.nlp.windows import Pieces, Words, pack, read_words
from training.model.document import Document, laid_out
from training.model.labels import numbers
from training.model.texts import IGNORE

LONGEST_WINDOW = 160
"""Pieces in a window, with the two at its ends; the runtime reads it from `labels.json`."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A document as numbers: its words, label numbers, sentences for cutting."""

    document: Document
    words: Words
    labels: dict[str, NDArray[np.int64]]
    relations: NDArray[np.int64]
    sentences: list[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Window:
    """Words `start` up to `end` of a document."""

    source: Prepared
    start: int
    end: int
    length: int


class Preparer:
    """Turns documents into numbers.

    Args:
        pieces: the encoder's word pieces.
        features: what the encoder is told of each word.
        tokens: labels of each token head.
        relations: dependency labels.
    """

    def __init__(self, pieces: Pieces, features: Features, tokens: dict[str, list[str]], relations: list[str]) -> None:
        self._pieces, self._features = pieces, features
        self._numbers = {head: numbers(labels) for head, labels in tokens.items()}
        self._relations = numbers(relations)
        self._weapons = [features.names.index(name) for name in ("weapon", "weapon_model")]

    def prepare(self, document: Document, vocab: Vocab) -> Prepared:
        """Return `document` as numbers; `vocab` is the spaCy vocabulary of `features`."""
        words = read_words(laid_out(document, vocab)[0], self._pieces, self._features)
        words = words._replace(features=words.features.astype(bool))
        labels = {}
        for head, known in self._numbers.items():
            layer = document.layers.get(head) or [None] * len(document.words)
            labels[head] = np.array([known.get(label, IGNORE) if label else IGNORE for label in layer], dtype=np.int64)
        if document.corpus not in {"written", "own", "re3d"}:
            weapon = words.features[:, self._weapons].any(1) & (labels["entity"] == 0)
            labels["entity"][weapon] = IGNORE
        relation = document.layers.get("relation") or [None] * len(document.words)
        return Prepared(
            document=document,
            words=words,
            labels=labels,
            relations=np.array([self._relations.get(name or "", IGNORE) for name in relation], dtype=np.int64),
            sentences=list(_sentences(document, words)),
        )


def _sentences(document: Document, words: Words) -> Iterator[tuple[int, int]]:
    layer = document.layers.get("sentence")
    starts = [index for index, label in enumerate(layer) if label == "S"] if layer else words.starts
    yield from pairwise([*starts, len(document.words)])


def windows(prepared: Prepared, longest: int) -> Iterator[Window]:
    """Pack whole sentences into windows of about `longest` pieces; only one longer than a window may be is cut."""
    sizes = [len(pieces) for pieces in prepared.words.pieces]
    starts = [first for first, _ in prepared.sentences]
    for start, end, length in pack(sizes, starts, longest, LONGEST_WINDOW):
        yield Window(source=prepared, start=start, end=end, length=length)
