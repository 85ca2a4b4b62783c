"""Pairs to clusters."""

from itertools import combinations

import pytest

from kg.merge.cluster import cluster
from kg.merge.overrides import Decisions
from kg.resolved import Pair


def pair(one: str, other: str, score: float, articles: tuple[str, str] | None = None) -> Pair:
    orders = tuple(("2024-03-05", name, 0, 1, name) for name in (one, other))
    return Pair(
        one=one,
        other=other,
        score=score,
        reasons=("same place",),
        orders=(orders[0], orders[1]),
        articles=articles or (f"of-{one}", f"of-{other}"),
    )


def groups(pairs: list[Pair], decisions: Decisions | None = None) -> set[tuple[str, ...]]:
    return {found.members for found in cluster(pairs, decisions).values()}


def test_likely_pairs_join_and_the_first_gives_its_name() -> None:
    found = cluster([pair("a", "b", 0.9), pair("b", "c", 0.9), pair("a", "c", 0.8)])
    assert set(found) == {"a", "b", "c"}
    assert found["c"].iri == "a"
    assert found["c"].members == ("a", "b", "c")
    assert found["c"].reasons == ("b like a, 0.90: same place", "c like b, 0.90: same place")


def test_a_weak_bridge_joins_nothing() -> None:
    left = [pair(*names, 0.95) for names in combinations("abc", 2)]
    right = [pair(*names, 0.95) for names in combinations("xyz", 2)]
    assert groups([*left, *right, pair("c", "x", 0.7)]) == {("a", "b", "c"), ("x", "y", "z")}


def test_a_vague_report_joins_the_likelier_of_two_events() -> None:
    assert groups([pair("a", "v", 0.7), pair("b", "v", 0.8)]) == {("b", "v")}


def test_events_of_one_article_never_join() -> None:
    shared = ("of-a", "of-b")
    found = groups(
        [pair("a", "b", 0.9, shared), pair("b", "c", 0.8, ("of-b", "of-a")), pair("a", "c", 0.9, ("of-a", "of-a"))]
    )
    assert found == {("a", "b")}


def test_the_order_of_pairs_does_not_matter_nor_that_one_comes_twice() -> None:
    pairs = [pair(one, other, 0.5 + 0.05 * number) for number, (one, other) in enumerate(combinations("abcde", 2))]
    assert cluster(pairs) == cluster([*pairs[::-1], *pairs])


def test_a_split_pair_stays_apart_whoever_joins_them() -> None:
    pairs = [pair(*names, 0.9) for names in combinations("abc", 2)]
    found = groups(pairs, Decisions(split=frozenset({("a", "c")})))
    assert found in ({("a", "b")}, {("b", "c")})


def test_a_kept_pair_joins_whatever_its_score_even_within_an_article() -> None:
    pairs = [pair("a", "b", 1.0, ("of-a", "of-a")), pair("b", "c", 0.3)]
    assert groups(pairs, Decisions(kept=frozenset({("a", "b")}))) == {("a", "b")}


@pytest.mark.parametrize("size", [2, 150])
def test_a_cluster_of_any_size_is_found(size: int) -> None:
    names = [f"e{number:03}" for number in range(size)]
    assert groups([pair(one, other, 0.9) for one, other in combinations(names, 2)]) == {tuple(names)}
