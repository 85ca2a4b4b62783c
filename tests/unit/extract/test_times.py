"""Time expressions against a publication date: Wednesday 2 March 2022."""

import datetime as dt
import time

import pytest

from kg.extract.dates import read
from kg.extract.times import find_times

PUBLISHED = dt.date(2022, 3, 2)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It fell yesterday.", "2022-03-01", "2022-03-01"),
        ("On Monday two shells fell.", "2022-02-28", "2022-02-28"),
        ("On Wednesday it fell.", "2022-03-02", "2022-03-02"),
        ("The strike on February 26 hit.", "2022-02-26", "2022-02-26"),
        ("on 19 September", "2021-09-19", "2021-09-19"),
        ("on Dec. 7th they came", "2021-12-07", "2021-12-07"),
        ("on December 10, 2016, they came", "2016-12-10", "2016-12-10"),
        ("in August 2014", "2014-08-01", "2014-08-31"),
        ("last month", "2022-02-01", "2022-02-28"),
        ("overnight strikes", "2022-03-01", "2022-03-02"),
        ("three days ago", "2022-02-27", "2022-02-27"),
        ("over the weekend", "2022-02-26", "2022-02-27"),
        ("in 2015", "2015-01-01", "2015-12-31"),
        ("the day before yesterday", "2022-02-28", "2022-02-28"),
        ("two months ago", "2022-01-01", "2022-01-31"),
        ("two weeks ago", "2022-02-13", "2022-02-19"),
        ("last week", "2022-02-21", "2022-02-27"),
        ("on the 5th of February", "2022-02-05", "2022-02-05"),
        ("next Monday", "2022-03-07", "2022-03-07"),
        ("in early February", "2022-02-01", "2022-02-10"),
        ("in mid-January", "2022-01-11", "2022-01-20"),
        ("at the end of 2021", "2021-09-01", "2021-12-31"),
        ("last summer", "2021-06-01", "2021-08-31"),
        ("in the winter of 2015", "2015-12-01", "2016-02-29"),
        ("from 26 to 28 February", "2022-02-26", "2022-02-28"),
        ("between 3 and 5 January 2020", "2020-01-03", "2020-01-05"),
        ("February 26-28", "2022-02-26", "2022-02-28"),
        ("since Monday", "2022-02-28", "2022-03-02"),
        ("over the past three days", "2022-02-27", "2022-03-02"),
    ],
)
def test_resolves(text: str, start: str, end: str) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert (str(found.start), str(found.end)) == (start, end)
    assert found.span is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It began on 20 February. The next day troops came.", "2022-02-21"),
        ("It fell on Saturday. Two days later they left.", "2022-02-28"),
        ("The siege began on 20 February. On the third day of the siege shells fell.", "2022-02-22"),
        ("It fell the previous day.", "2022-03-01"),
        ("A drone hit Dori on 20 February. Hours later, gunmen attacked.", "2022-02-20"),
        ("A drone hit Dori on 20 February. Several hours later, gunmen attacked.", "2022-02-20"),
        ("It fell on 20 February. Earlier in the day a bomb had exploded.", "2022-02-20"),
        ("It fell on 20 February. The same day, shells hit Fada.", "2022-02-20"),
        ("It fell on 20 February. Later that day they left.", "2022-02-20"),
        ("It fell on 20 February. The day before, shells had hit Fada.", "2022-02-19"),
    ],
)
def test_counts_from_the_day_told_before(text: str, day: str) -> None:
    assert str(list(find_times(text, PUBLISHED))[-1].start) == day


@pytest.mark.parametrize(
    "text",
    [
        "Hours later, gunmen attacked.",
        "That day was bad.",
        "The next day troops came.",
        "On the third day of the siege",
        "a spring offensive",
        "in the fall of Goma",
    ],
)
def test_nothing_to_count_from(text: str) -> None:
    assert list(find_times(text, PUBLISHED)) == []


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_the_clock_of_the_machine_does_not_count(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    read.cache_clear()
    try:
        assert [str(found.start) for found in find_times("yesterday, in January, 12 days ago", PUBLISHED)] == [
            "2022-03-01",
            "2022-01-01",
            "2022-02-18",
        ]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("text", ["It may fall.", "February 31", "the march on the city", "Sunday"])
def test_without_anchor_nothing_relative(text: str) -> None:
    assert list(find_times(text, None)) == []


def test_impossible_day_is_no_date() -> None:
    assert list(find_times("on February 31 it fell", PUBLISHED)) == []
