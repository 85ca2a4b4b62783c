"""Counts and their bounds."""

import pytest
import spacy

from kg.extract.counts import CountReader

NLP = spacy.blank("en")
READER = CountReader(
    {
        "a dozen": 12,
        "dozen": 12,
        "two": 2,
        "three": 3,
        "five": 5,
        "twenty": 20,
        "ten": 10,
        "hundred": 100,
        "thousand": 1000,
        "million": 1_000_000,
        "six": 6,
        "one": 1,
    },
    {"dozens": 24, "scores": 40, "hundreds": 200, "several": 3},
)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("21 people", (21, 21)),
        ("at least 41 civilians", (41, None)),
        ("more than 30 civilians", (30, None)),
        ("up to 60 militants", (None, 60)),
        ("fewer than 10 soldiers", (None, 10)),
        ("no more than 10 soldiers", (None, 10)),
        ("about 30 people", (30, 30)),
        ("at least two dozen people", (24, None)),
        ("twenty-five people", (25, 25)),
        ("three hundred people", (300, 300)),
        ("two hundred and five people", (205, 205)),
        ("five thousand people", (5000, 5000)),
        ("1,200 people", (1200, 1200)),
        ("between 10 and 12 people", (10, 12)),
        ("10 to 12 people", (10, 12)),
        ("dozens of people", (24, None)),
        ("scores of troops", (40, None)),
        ("as many as 40 people", (None, 40)),
        ("no one was there", (0, 0)),
        ("one million people", (1_000_000, 1_000_000)),
    ],
)
def test_bounds(text: str, bounds: tuple[int | None, int | None]) -> None:
    (count,) = READER.read(NLP(text))
    assert (count.low, count.high) == bounds


def test_two_counts_stay_two() -> None:
    assert [(count.low, count.high) for count in READER.read(NLP("six killed and ten injured"))] == [(6, 6), (10, 10)]


def test_a_change_is_no_range() -> None:
    assert [(count.low, count.high) for count in READER.read(NLP("rose from 10 to 14"))] == [(10, 10), (14, 14)]
