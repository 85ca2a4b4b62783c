"""Agreement of phrases and one-to-one alignment."""

import pytest

from kg.evaluate.align import agree, assign, match


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("the Russian army", "army", True),
        ("Vampire rockets", "Czech-made Vampire rockets", True),
        ("Ministry of Defence of Russia", "Russian Defence Ministry", True),
        ("Kyiv", "Kharkiv", False),
        ("army’s", "the army", True),
        ("21", "21", True),
        ("21", "22", False),
        ("", "army", False),
    ],
)
def test_agree(one: str, other: str, *, expected: bool) -> None:
    assert agree(one, other) is expected


def test_the_best_pair_is_taken_first_and_each_side_once() -> None:
    scores = {("a", "x"): 2.0, ("a", "y"): 3.0, ("b", "y"): 5.0}
    pairs = assign("ab", "xy", lambda g, p: scores.get((g, p), 0.0), 2.0)
    assert pairs == [("b", "y"), ("a", "x")]


def test_of_equal_pairs_the_earlier_one_is_taken() -> None:
    assert assign("ab", "xy", lambda _, __: 1.0, 1.0) == [("a", "x"), ("b", "y")]


def test_what_is_left_over_is_missed_or_spurious() -> None:
    assert match(["army", "mayor"], ["the army", "rebels"], agree) == [
        ("army", "the army"),
        ("mayor", None),
        (None, "rebels"),
    ]
