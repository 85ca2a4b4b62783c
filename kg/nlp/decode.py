"""Scores → labels, spans and trees."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_NEVER = np.float32(-1e4)


class Bio:
    """Finds the best sequence in which an inside label follows its own beginning (Viterbi).

    Args:
        labels: "O", then "B" and "I" or "B-kind" and "I-kind" in turn.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._kinds = [label.partition("-")[2] for label in labels]
        self._inside = [label[0] == "I" for label in labels]
        self._padding = np.where(np.arange(len(labels)) > 0, _NEVER, np.float32(0.0))
        self._allowed = np.zeros((len(labels), len(labels)), dtype=np.float32)
        for to, label in enumerate(labels):
            if label[0] == "I":
                for source, before in enumerate(labels):
                    if before[0] == "O" or self._kinds[source] != self._kinds[to]:
                        self._allowed[source, to] = _NEVER

    def spans(self, scores: Scores, known: NDArray[np.bool_]) -> list[tuple[int, int, int, str]]:
        """Return (row, start, end, kind) of the best spans.

        Args:
            scores: (rows, words, labels).
            known: (rows, words), False for padding.
        """
        labels = np.where(known, scores.argmax(-1), 0)
        before = np.zeros_like(labels)
        before[:, 1:] = labels[:, :-1]
        # Where the best label of each word may follow that of the word before, they are the best sequence.
        broken = self._allowed[before, labels] < 0
        rows = np.flatnonzero(broken.any(1))
        if len(rows):
            labels[rows] = self._mended(labels[rows], broken[rows], scores[rows], known[rows])
        return self._read(labels)

    def _mended(
        self, labels: NDArray[np.int64], broken: NDArray[np.bool_], scores: Scores, known: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Return `labels` with the best sequence around each word whose label is `broken`, by Viterbi's method.

        It suffices to look up to the next words, on both sides, which no best sequence labels as inside: either
        "begin" is better there, or "outside" is, even if the next word has to begin for that.
        """
        count = labels.shape[1]
        begin, inside = scores[..., 1::2], scores[..., 2::2]
        lost = np.zeros_like(inside)
        lost[:, :-1] = np.where(known[:, 1:, None], np.maximum(inside - begin, 0.0)[:, 1:], 0.0)
        free = ((begin > inside) | (scores[..., :1] - inside > lost)).all(-1) | ~known
        free[:, 0] = True
        words = np.arange(count)
        first = np.maximum.accumulate(np.where(free, words, 0), 1)
        last = np.minimum.accumulate(np.where(free, words, count)[:, ::-1], 1)[:, ::-1]
        last = np.concatenate((last[:, 1:], np.full((len(labels), 1), count)), 1)
        rows, at = broken.nonzero()
        rows, starts, ends = np.unique(np.stack((rows, first[rows, at], last[rows, at])), axis=1)[..., None]
        places = starts + np.arange((ends - starts).max())
        own = places < ends
        places = np.minimum(places, count - 1)
        found = self._best(np.where(own[..., None], scores[rows, places], self._padding))
        labels[np.broadcast_to(rows, own.shape)[own], places[own]] = found[own]
        return labels

    def _best(self, scores: Scores) -> NDArray[np.int64]:
        rows, words, _ = scores.shape
        best = scores[:, 0] + np.where(self._inside, _NEVER, 0.0)
        back = np.zeros(scores.shape, dtype=np.int64)
        for word in range(1, words):
            ways = best[:, :, None] + self._allowed
            back[:, word] = ways.argmax(1)
            best = ways.max(1) + scores[:, word]
        path = np.zeros((rows, words), dtype=np.int64)
        path[:, -1] = best.argmax(1)
        for word in range(words - 1, 0, -1):
            path[:, word - 1] = back[np.arange(rows), word, path[:, word]]
        return path

    def _read(self, path: NDArray[np.int64]) -> list[tuple[int, int, int, str]]:
        found: list[tuple[int, int, int, str]] = []
        rows, words = path.nonzero()
        for row, word, label in zip(rows.tolist(), words.tolist(), path[rows, words].tolist(), strict=True):
            if self._inside[label] and found and found[-1][0] == row and found[-1][2] == word:
                found[-1] = (row, found[-1][1], word + 1, found[-1][3])
            else:
                found.append((row, word, word + 1, self._kinds[label]))
        return found


def collapse(scores: Scores) -> Scores:
    """Return scores (…, 3) of O, B and I of any kind: the probabilities of all kinds added up.

    Args:
        scores: (…, labels) of "O", then "B-kind" and "I-kind" in turn.
    """
    return np.stack((scores[..., 0], _total(scores[..., 1::2]), _total(scores[..., 2::2])), -1)


def best_kind(scores: Scores) -> int:
    """Return the number of the kind that fits all words of a span best.

    Args:
        scores: (words, labels) of the span, labels as in `collapse`.
    """
    return int((scores[0, 1::2] + scores[1:, 2::2].sum(0)).argmax())


def _total(scores: Scores) -> Scores:
    most = scores.max(-1, keepdims=True)
    result: Scores = np.log(np.exp(scores - most).sum(-1)) + most[..., 0]
    return result


def tree(scores: Scores) -> NDArray[np.int64]:
    """Return the head of each word of one sentence: the best tree with a single root, which heads itself.

    Args:
        scores: (words, words), how well the second axis heads the first.
    """
    size = len(scores)
    heads: NDArray[np.int64] = scores.argmax(1)
    words = np.arange(size)
    if (heads == words).sum() == 1 and _is_tree(heads):
        return heads
    gain = scores[words, words] - np.where(np.eye(size, dtype=bool), _NEVER, scores).max(1, initial=_NEVER)
    root = int(gain.argmax())
    limited = scores.astype(np.float64)
    limited[words, words] = -np.inf
    limited[root] = -np.inf
    limited[root, root] = 0.0
    heads = np.asarray(limited.argmax(1))
    return heads if _is_tree(heads) else _contract(limited, root)


def _is_tree(heads: NDArray[np.int64]) -> bool:
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((heads[reached] == reached).all())


def _contract(scores: NDArray[np.float64], root: int) -> NDArray[np.int64]:
    """Return the best tree below `root` (Chu and Liu 1965, Edmonds 1967)."""
    size = len(scores)
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.array([word for word in range(size) if word not in set(cycle)])
    kept = scores[inside, heads[inside]].sum()
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]
    smaller[:-1, -1] = leaving.max(1)
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None] + kept
    smaller[-1, :-1] = entering.max(0)
    found = _contract(smaller, int(np.flatnonzero(outside == root)[0]))
    result = heads.copy()
    for word, head in zip(outside.tolist(), found[:-1].tolist(), strict=True):
        result[word] = outside[head] if head < len(outside) else inside[leaving[outside == word][0].argmax()]
    entered = int(found[-1])
    broken = int(entering[:, entered].argmax())
    result[inside[broken]] = outside[entered]
    return result


def _cycle(heads: NDArray[np.int64], root: int) -> list[int]:
    done = {root}
    for start in range(len(heads)):
        path: list[int] = []
        word = start
        while word not in done and word not in path:
            path.append(word)
            word = int(heads[word])
        if word not in done:
            return path[path.index(word) :]
        done.update(path)
    return []


def lemma(word: str, script: str) -> str:
    """Return the lemma that the edit script `script` makes of `word`; see `training/model/labels.py`.

    >>> lemma("Bombings", "1:"), lemma("Kyiv", "="), lemma("was", "3:be")
    ('bombing', 'Kyiv', 'be')
    """
    if script == "=":
        return word
    form = word if script[0] == "=" else word.lower()
    cut, _, suffix = script.removeprefix("=").partition(":")
    return form[: max(len(form) - int(cut), 0)] + suffix or word
