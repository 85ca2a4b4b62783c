"""Scores become legal spans, trees with one root, and lemmas."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.decode import Bio, lemma, tree

LABELS = ("O", "B-x", "I-x", "B-y", "I-y")


def spans(*rows: tuple[float, ...]) -> list[tuple[int, int, str]]:
    scores = np.array([rows], dtype=np.float32)
    return [found[1:] for found in Bio(LABELS).spans(scores, np.ones((1, len(rows)), dtype=bool))]


def test_inside_follows_its_own_beginning() -> None:
    assert spans((0, 9, 0, 0, 0), (0, 0, 5, 0, 6), (9, 0, 0, 0, 0)) == [(0, 2, "x")]


def test_no_span_begins_inside() -> None:
    assert spans((1, 0, 9, 0, 0), (9, 0, 0, 0, 0)) == []


def test_two_neighbours_are_two_spans() -> None:
    assert spans((0, 9, 0, 0, 0), (0, 9, 0, 0, 0)) == [(0, 1, "x"), (1, 2, "x")]


def test_padding_bears_no_span() -> None:
    scores = np.full((1, 3, len(LABELS)), 0.0, dtype=np.float32)
    scores[..., 1] = 9
    assert Bio(LABELS).spans(scores, np.array([[True, False, False]])) == [(0, 0, 1, "x")]


def test_no_rows() -> None:
    assert Bio(LABELS).spans(np.zeros((0, 3, len(LABELS)), dtype=np.float32), np.zeros((0, 3), dtype=bool)) == []


def legal(labels: tuple[int, ...]) -> bool:
    named = [LABELS[label] for label in labels]
    return all(name[0] != "I" or before in {name, f"B{name[1:]}"} for before, name in itertools.pairwise(["O", *named]))


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 2.0, 4.0]))
@settings(max_examples=50, deadline=None)
def test_the_best_of_all_legal_sequences_is_found(seed: int, outside: float) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, len(LABELS)), scale=3).astype(np.float32)
    scores[:, 0] += outside
    sequences = filter(legal, itertools.product(range(len(LABELS)), repeat=len(scores)))
    wanted = max(sequences, key=lambda labels: sum(float(scores[word, label]) for word, label in enumerate(labels)))
    layer = ["O"] * len(scores)
    for start, end, kind in spans(*map(tuple, scores.tolist())):
        layer[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    assert layer == [LABELS[label] for label in wanted]


def is_tree(heads: tuple[int, ...]) -> bool:
    roots = [word for word, head in enumerate(heads) if word == head]
    for word in range(len(heads)):
        top = word
        for _ in heads:
            top = heads[top]
        if [top] != roots:
            return False
    return len(roots) == 1


def best(scores: np.ndarray) -> float:
    size = len(scores)
    return max(
        sum(float(scores[word, head]) for word, head in enumerate(heads))
        for heads in itertools.product(range(size), repeat=size)
        if is_tree(heads)
    )


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
@settings(max_examples=200, deadline=None)
def test_every_score_gives_a_tree(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    assert is_tree(tuple(tree(scores).tolist()))


@pytest.mark.parametrize("seed", range(30))
def test_the_tree_is_the_best_below_its_root(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 4)).astype(np.float32)
    heads = tree(scores)
    root = int(np.flatnonzero(heads == np.arange(4))[0])
    limited = scores.copy()
    for word in range(4):
        if word != root:
            limited[word, word] = -1e6
    limited[root] = np.where(np.arange(4) == root, 0, -1e6)
    assert sum(float(limited[w, h]) for w, h in enumerate(heads.tolist())) == pytest.approx(best(limited))


@pytest.mark.parametrize(
    ("word", "script", "expected"),
    [
        ("Bombings", "1:", "bombing"),
        ("Kyiv", "=", "Kyiv"),
        ("was", "3:be", "be"),
        ("Syrians", "=1:", "Syrian"),
        ("a", "3:be", "be"),
        ("a", "1:", "a"),
    ],
)
def test_lemma(word: str, script: str, expected: str) -> None:
    assert lemma(word, script) == expected
