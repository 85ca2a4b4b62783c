"""Cuts documents into windows and lays batches of them out as tensors."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer
from torch import Tensor

from kg.nlp.features import Features
from kg.nlp.sentences import sentence_starts
from kg.nlp.windows import LONGEST_WORD, pack
from training.model.document import Document
from training.model.labels import ANCHORED, numbers

LONGEST_WINDOW = 160
"""Pieces in a window, with the two at its ends; the runtime reads it from `labels.json`."""
IGNORE = -100


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A document as numbers: pieces of each word, features, label numbers, sentences for cutting."""

    document: Document
    pieces: list[list[int]]
    features: NDArray[np.bool_]
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
        tokenizer: the encoder's word pieces.
        features: what the encoder is told of each word.
        tokens: labels of each token head.
        relations: dependency labels.
    """

    def __init__(
        self, tokenizer: Tokenizer, features: Features, tokens: dict[str, list[str]], relations: list[str]
    ) -> None:
        self._tokenizer, self._features = tokenizer, features
        self._numbers = {head: numbers(labels) for head, labels in tokens.items()}
        self._relations = numbers(relations)
        self._cache: dict[str, list[int]] = {}
        self._unknown = tokenizer.token_to_id("[UNK]")
        self._weapons = [features.names.index(name) for name in ("weapon", "weapon_model")]

    def prepare(self, document: Document, words: "object") -> Prepared:
        """Return `document` as numbers; `words` is the spaCy vocabulary of `features`."""
        rows = self._rows(document, words)
        labels = {}
        for head, known in self._numbers.items():
            layer = document.layers.get(head) or [None] * len(document.words)
            labels[head] = np.array([known.get(label, IGNORE) if label else IGNORE for label in layer], dtype=np.int64)
        if document.corpus not in {"written", "re3d"}:
            weapon = rows[:, self._weapons].any(1) & (labels["entity"] == 0)
            labels["entity"][weapon] = IGNORE
        relation = document.layers.get("relation") or [None] * len(document.words)
        return Prepared(
            document=document,
            pieces=[self._pieces(word) for word in document.words],
            features=rows,
            labels=labels,
            relations=np.array([self._relations.get(name or "", IGNORE) for name in relation], dtype=np.int64),
            sentences=list(_sentences(document, words)),
        )

    def _pieces(self, word: str) -> list[int]:
        found = self._cache.get(word)
        if found is None:
            found = self._tokenizer.encode(word, add_special_tokens=False).ids[:LONGEST_WORD] or [self._unknown]
            self._cache[word] = found
        return found

    def _rows(self, document: Document, words: "object") -> NDArray[np.bool_]:
        doc, kept = laid_out(document, words)
        return self._features.matrix(doc)[kept].astype(bool)


def laid_out(document: Document, words: "object") -> tuple[Doc, list[int]]:
    """Return a `Doc` of the document with its line ends as tokens, and the numbers of the tokens that are words."""
    texts: list[str] = []
    spaces: list[bool] = []
    kept: list[int] = []
    for index, (word, space) in enumerate(zip(document.words, document.spaces, strict=True)):
        if index in document.breaks:
            if spaces:
                spaces[-1] = False
            texts.append("\n" * document.breaks[index])
            spaces.append(False)
        kept.append(len(texts))
        texts.append(word)
        spaces.append(space)
    return Doc(words, texts, spaces), kept


def _sentences(document: Document, words: "object") -> Iterator[tuple[int, int]]:
    layer = document.layers.get("sentence")
    if layer:
        starts = [index for index, label in enumerate(layer) if label == "S"]
    else:
        doc, kept = laid_out(document, words)
        at = {token: word for word, token in enumerate(kept)}
        starts = [at[token] for token in sentence_starts(doc)]
    yield from zip(starts, [*starts[1:], len(document.words)], strict=True)


def windows(prepared: Prepared, longest: int) -> Iterator[Window]:
    """Pack whole sentences into windows of about `longest` pieces; only one longer than a window may be is cut."""
    sizes = [len(pieces) for pieces in prepared.pieces]
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


def batch(group: Sequence[Window], special: tuple[int, int, int]) -> Batch:
    """Lay windows out as tensors; `special` are the numbers of padding, [CLS] and [SEP]."""
    pad, opening, closing = special
    rows = len(group)
    length = max(window.length for window in group)
    words = max(window.end - window.start for window in group)
    width = group[0].source.features.shape[1]
    pieces = np.full((rows, length), pad, dtype=np.int64)
    mask = np.zeros((rows, length), dtype=np.float32)
    features = np.zeros((rows, length, width), dtype=np.float32)
    first = np.zeros((rows, words), dtype=np.int64)
    labels = {head: np.full((rows, words), IGNORE, dtype=np.int64) for head in group[0].source.labels}
    heads = np.full((rows, words), IGNORE, dtype=np.int64)
    relations = np.full((rows, words), IGNORE, dtype=np.int64)
    sentence = np.full((rows, words), -1, dtype=np.int64)
    for row, window in enumerate(group):
        source, start, end = window.source, window.start, window.end
        count = end - start
        sizes = [len(source.pieces[index]) for index in range(start, end)]
        flat = [piece for index in range(start, end) for piece in source.pieces[index]]
        pieces[row, : len(flat) + 2] = [opening, *flat, closing]
        mask[row, : len(flat) + 2] = 1.0
        features[row, 1 : len(flat) + 1] = np.repeat(source.features[start:end], sizes, axis=0)
        first[row, :count] = 1 + np.cumsum([0, *sizes[:-1]])
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
        pieces=torch.from_numpy(pieces),
        mask=torch.from_numpy(mask),
        features=torch.from_numpy(features),
        first=torch.from_numpy(first),
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
