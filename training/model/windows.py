"""Cuts documents into windows and lays batches of them out as tensors."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.vocab import Vocab
from torch import Tensor

from kg.nlp.features import Features
from kg.nlp.windows import Pieces, Words, pack, read_words
from kg.nlp.windows import Window as Spot
from training.model.document import Document, laid_out
from training.model.labels import ANCHORED, numbers

LONGEST_WINDOW = 160
"""Pieces in a window, with the two at its ends; the runtime reads it from `labels.json`."""
IGNORE = -100


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
        if document.corpus not in {"written", "re3d"}:
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


def batches(found: Iterable[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Group windows of like length into batches of about `size` pieces with padding, in random order."""
    ordered = sorted(found, key=lambda window: window.length + rng.random() * 16)
    result: list[list[Window]] = []
    current: list[Window] = []
    longest = 0
    for window in ordered:
        longest = max(longest, window.length)
        if current and longest * (len(current) + 1) > size:
            result.append(current)
            current, longest = [], window.length
        current.append(window)
    if current:
        result.append(current)
    rng.shuffle(result)
    return result


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Tensors of a batch; the names are those of the network's arguments."""

    pieces: Tensor
    mask: Tensor
    features: Tensor
    first: Tensor
    labels: dict[str, Tensor]
    heads: Tensor
    relations: Tensor
    sentence: Tensor
    anchored: dict[str, tuple[Tensor, Tensor, Tensor]]
    """layer → rows of the batch (anchors,), words (anchors,), labels (anchors, words, spans)."""


def batch(group: Sequence[Window], pieces: Pieces) -> Batch:
    """Lay windows out as tensors."""
    layout = pieces.lay_out(
        [Spot(row, window.start, window.end, window.length) for row, window in enumerate(group)],
        [window.source.words for window in group],
    )
    rows, words = layout.known.shape
    labels = {head: np.full((rows, words), IGNORE, dtype=np.int64) for head in group[0].source.labels}
    heads = np.full((rows, words), IGNORE, dtype=np.int64)
    relations = np.full((rows, words), IGNORE, dtype=np.int64)
    sentence = np.full((rows, words), -1, dtype=np.int64)
    for row, window in enumerate(group):
        source, start, end = window.source, window.start, window.end
        count = end - start
        for head, values in source.labels.items():
            labels[head][row, :count] = values[start:end]
        if source.document.heads:
            inside = np.array(source.document.heads[start:end]) - start
            heads[row, :count] = np.where((inside >= 0) & (inside < count), inside, IGNORE)
            relations[row, :count] = source.relations[start:end]
        for number, (a, b) in enumerate(source.sentences):
            if a < end and b > start:
                sentence[row, max(a - start, 0) : min(b, end) - start] = number
    return Batch(
        pieces=torch.from_numpy(layout.pieces),
        mask=torch.from_numpy(layout.mask),
        features=torch.from_numpy(layout.features),
        first=torch.from_numpy(layout.first),
        labels={head: torch.from_numpy(values) for head, values in labels.items()},
        heads=torch.from_numpy(heads),
        relations=torch.from_numpy(relations),
        sentence=torch.from_numpy(sentence),
        anchored={layer: _anchors(group, layer, parts, words) for layer, parts in ANCHORED.items()},
    )


def _anchors(group: Sequence[Window], layer: str, parts: Sequence[str], words: int) -> tuple[Tensor, Tensor, Tensor]:
    at: list[tuple[int, int]] = []
    marks: list[NDArray[np.int64]] = []
    number = numbers(parts)
    for row, window in enumerate(group):
        for anchor, spans in window.source.document.anchored.get(layer, []):
            if not window.start <= anchor < window.end:
                continue
            mark = np.full((words, len(parts)), IGNORE, dtype=np.int64)
            mark[: window.end - window.start] = 0
            for part, start, end in spans:
                if window.start <= start and end <= window.end and mark[start - window.start, number[part]] == 0:
                    mark[start - window.start : end - window.start, number[part]] = 2
                    mark[start - window.start, number[part]] = 1
            at.append((row, anchor - window.start))
            marks.append(mark)
    places = torch.tensor(at, dtype=torch.int64).reshape(-1, 2)
    stacked = np.stack(marks) if marks else np.zeros((0, words, len(parts)), dtype=np.int64)
    return places[:, 0], places[:, 1], torch.from_numpy(stacked)
