"""Time expressions against a publication date: Wednesday 2 March 2022."""

import datetime as dt

import pytest

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
    ],
)
def test_resolves(text: str, start: str, end: str) -> None:
    (time,) = find_times(text, PUBLISHED)
    assert (str(time.start), str(time.end)) == (start, end)
    assert time.span is not None


@pytest.mark.parametrize("text", ["It may fall.", "February 31", "the march on the city", "Sunday"])
def test_without_anchor_nothing_relative(text: str) -> None:
    assert list(find_times(text, None)) == []


def test_impossible_day_is_no_date() -> None:
    assert list(find_times("on February 31 it fell", PUBLISHED)) == []
