"""Texts are cut into windows at sentences, and nothing is lost or doubled."""

from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.windows import Window, batches, pack


def test_whole_sentences_share_a_window() -> None:
    assert list(pack([3, 3, 3, 3], [0, 2], 20, 20)) == [(0, 4, 14)]


def test_a_sentence_that_does_not_fit_opens_a_window() -> None:
    assert list(pack([3, 3, 3, 3], [0, 2], 10, 10)) == [(0, 2, 8), (2, 4, 8)]


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    assert list(pack([4, 4, 4], [0], 10, 10)) == [(0, 2, 10), (2, 3, 6)]


def test_nothing() -> None:
    assert list(pack([], [], 10, 10)) == []


@given(st.data(), st.lists(st.integers(1, 12), min_size=1, max_size=80))
def test_each_word_is_in_one_window(data: st.DataObject, sizes: list[int]) -> None:
    starts = sorted({0, *data.draw(st.lists(st.integers(0, len(sizes) - 1)))})
    found = list(pack(sizes, starts, 30, 30))
    assert [word for start, end, _ in found for word in range(start, end)] == list(range(len(sizes)))
    assert all(length == 2 + sum(sizes[start:end]) <= 30 for start, end, length in found)


def test_batches_hold_windows_of_like_length() -> None:
    found = [Window(0, start, start + 1, length) for start, length in enumerate((10, 50, 12, 48))]
    assert [[window.length for window in batch] for batch in batches(found, 100)] == [[50, 48], [12, 10]]
