"""What speaks for and against two events being one."""

import pytest

from kg.merge.cluster import LINKAGE
from kg.merge.compare import Comparer
from kg.merge.signature import Level, Site
from tests.samples import vocab
from tests.signatures import COUNTRY, DAY, event, killed

COMPARER = Comparer(vocab())
ONE = event("one")
NEXT_TOWN = Site("urn:next", Level.SETTLEMENT, "SO", 3.1, 43.8)
SUBURB = Site("urn:suburb", Level.SETTLEMENT, "SO", 3.1, 43.63)
FAR_REGION = Site("urn:region", Level.REGION, "SO", 10.0, 50.0)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"type": "Attack"},
        {"type": "SuicideBombing"},
        {"tolls": ()},
        {"tolls": (killed(15),)},
        {"start": DAY + 1, "end": DAY + 1},
        {"start": DAY - 3, "end": DAY + 3},
        {"told": False, "start": DAY + 1, "end": DAY + 1},
        {"site": COUNTRY},
        {"site": SUBURB},
        {"perpetrators": ("~northern front",)},
    ],
    ids=str,
)
def test_alike_enough(changes: dict[str, object]) -> None:
    assert COMPARER.compare(ONE, event("two", **changes))[0] >= LINKAGE


@pytest.mark.parametrize(
    "changes",
    [
        {"article": ONE.article},
        {"type": "Arrest"},
        {"real": False},
        {"start": DAY + 2, "end": DAY + 2},
        {"told": False, "start": DAY + 5, "end": DAY + 5},
        {"site": NEXT_TOWN},
        {"site": FAR_REGION},
        {"site": COUNTRY, "tolls": ()},
        {"site": COUNTRY, "tolls": (killed(2),)},
        {"site": Site("urn:town", Level.SETTLEMENT, "SO", 3.1, 43.6), "start": 0, "end": 0},
    ],
    ids=str,
)
def test_too_far_apart(changes: dict[str, object]) -> None:
    assert COMPARER.compare(ONE, event("two", **changes))[0] < LINKAGE


def test_reasons_are_told() -> None:
    _, reasons = COMPARER.compare(ONE, event("two", weapons=("VehicleBomb",)))
    assert reasons == ("same place", "same day", "same type", "14 killed in both")


def test_a_large_equal_number_says_more_than_a_small_one() -> None:
    def score(number: int) -> float:
        one, other = (
            event(name, site=site, tolls=(killed(number),)) for name, site in (("a", COUNTRY), ("b", ONE.site))
        )
        return COMPARER.compare(one, other)[0]

    assert score(1) < score(4) < score(40)


def test_without_day_or_place_only_the_very_same_words_join() -> None:
    words = tuple(f"word{number}" for number in range(9))
    one, same, other = (
        event(name, site=None, words=told) for name, told in (("one", words), ("two", words), ("three", words[:8]))
    )
    assert COMPARER.compare(one, same)[0] >= LINKAGE
    assert COMPARER.compare(one, other)[0] == 0


def test_comparison_is_symmetric() -> None:
    two = event("two", site=COUNTRY, tolls=(killed(15),), told=False)
    assert COMPARER.compare(ONE, two) == COMPARER.compare(two, ONE)
