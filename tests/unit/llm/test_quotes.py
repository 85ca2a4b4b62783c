"""Quotes to spans: whole words first, the nearest place, code points."""

import pytest

from kg.llm.quotes import Quotes, gap, hull, nearest
from kg.records import Span


def starts(text: str, quote: str) -> list[int]:
    return [span.start for span in Quotes(text).find(quote)]


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("fire and crossfire and fire", "fire", [0, 23]),
        ("crossfire", "fire", []),
        ("2100 people", "21", []),
        ("U.N. said U.N.", "U.N.", [0, 10]),
        ("the  raid", "the raid", []),
        ("the raid", " raid\n", [4]),
        ("the raid", "Raid", []),
        ("the raid", " ", []),
        ("the raid", "", []),
        ("爆炸袭击爆炸", "爆炸", [0, 4]),
        ("\U0001f680 Київ", "Київ", [2]),
        ("cafe\u0301", "caf\u00e9", []),
        ("cafe\u0301", "cafe", []),
        ("...", "..", [0, 1]),
    ],
)
def test_find(text: str, quote: str, expected: list[int]) -> None:
    assert starts(text, quote) == expected


@pytest.mark.parametrize(("anchor", "expected"), [(0, 0), (8, 0), (14, 20), (21, 20), (39, 40), (60, 40)])
def test_nearest(anchor: int, expected: int) -> None:
    spans = [Span(start=start, end=start + 4) for start in (0, 20, 40)]
    assert nearest(spans, Span(start=anchor, end=anchor + 1)).start == expected


def test_of_several_places_within_the_anchor_the_first_is_nearest() -> None:
    spans = [Span(start=start, end=start + 1) for start in range(5)]
    assert nearest(spans, Span(start=2, end=5)) == Span(start=1, end=2)  # it touches


def test_without_anchor_the_first_place_counts() -> None:
    assert Quotes("a a").nearest("a", None) == Span(start=0, end=1)
    assert Quotes("a a").nearest("b", None) is None


def test_gap_and_hull() -> None:
    one, other = Span(start=0, end=2), Span(start=5, end=6)
    assert gap(one, other) == gap(other, one) == 3
    assert gap(one, one) == 0
    assert hull(other, one) == Span(start=0, end=6)
