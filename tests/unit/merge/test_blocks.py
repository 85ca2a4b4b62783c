"""Which events are compared."""

import datetime as dt

from kg.merge.blocks import block_keys, home, pairs
from kg.merge.compare import Comparer
from kg.merge.signature import EventSignature
from tests.samples import vocab
from tests.signatures import COUNTRY, DAY, event

COMPARER = Comparer(vocab())
MANY = 3_000


class Counting(Comparer):
    """Counts comparisons."""

    def __init__(self) -> None:
        super().__init__(vocab())
        self.count = 0

    def compare(self, one: EventSignature, other: EventSignature) -> tuple[float, tuple[str, ...]]:
        self.count += 1
        return super().compare(one, other)


def keys(one: EventSignature) -> set[str]:
    return set(block_keys(one, COMPARER.groups))


def test_types_that_may_be_told_for_one_another_share_a_home_and_others_do_not() -> None:
    bombing, attack, protest = (event(name, type=name) for name in ("Bombing", "Attack", "Protest"))
    assert home(bombing, COMPARER.groups) == home(attack, COMPARER.groups) != home(protest, COMPARER.groups)


def test_events_around_the_end_of_a_month_share_a_block() -> None:
    last = dt.date(2024, 2, 29).toordinal()
    one, other = (event(str(day), start=day, end=day) for day in (last, last + 2))
    assert keys(one) & keys(other)
    assert len(keys(event("middle", start=last - 14, end=last - 14))) == 1


def test_an_event_without_day_or_place_is_at_home_where_its_words_are() -> None:
    words = tuple(f"word{number}" for number in range(8))
    assert home(event("a", site=None, words=words), COMPARER.groups) == home(
        event("b", start=0, end=0, site=None, words=words), COMPARER.groups
    )
    assert home(event("c", site=None, words=words[:3]), COMPARER.groups) is None
    assert not keys(event("c", site=None, words=words[:3]))


def test_pairs_do_not_depend_on_order_and_come_once() -> None:
    block = [event(str(number), start=DAY + number % 3, end=DAY + number % 3) for number in range(12)]
    found = list(pairs(block, COMPARER))
    assert len({(pair.one, pair.other) for pair in found}) == len(found) > 0
    assert sorted(found, key=lambda pair: pair.orders) == sorted(
        pairs(block[::-1], COMPARER), key=lambda pair: pair.orders
    )


def test_a_crowded_place_is_not_quadratic() -> None:
    counting = Counting()
    for _ in pairs(
        [event(f"{number:05}", site=COUNTRY if number % 9 == 0 else event("x").site) for number in range(MANY)],
        counting,
    ):
        pass
    assert counting.count < 200 * MANY


def test_the_days_of_the_calendar_end_somewhere() -> None:
    last = dt.date.max.toordinal()
    assert keys(event("last", start=last, end=last))
    assert keys(event("first", start=1, end=1))
