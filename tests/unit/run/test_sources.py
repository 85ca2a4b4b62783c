"""How the input of a run is cut."""

from itertools import chain

import pytest

from kg.run.sources import Item, Kind, shards

SIZES = {Kind.ARTICLES: 8, Kind.RECORDS: 10}


def found(kind: Kind, count: int) -> list[Item]:
    return [Item(kind=kind, data=str(number).encode()) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, []),
        (1, [1]),
        (9, [2, 2, 2, 2, 1]),
        (16, [2] * 8),
        (17, [8, 2, 2, 2, 2, 1]),
        (40, [8] * 3 + [2] * 8),
    ],
)
def test_the_last_articles_are_cut_finer(count: int, sizes: list[int]) -> None:
    items = found(Kind.ARTICLES, count)
    cut = list(shards(items, SIZES))
    assert list(chain.from_iterable(cut)) == items
    assert [len(shard) for shard in cut] == sizes


def test_shards_are_of_one_kind() -> None:
    cut = list(shards([*found(Kind.RECORDS, 25), *found(Kind.ARTICLES, 3)], SIZES))
    assert [len(shard) for shard in cut] == [10, 10, 5, 2, 1]
