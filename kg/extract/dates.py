"""Days, weeks, months and years that words name, seen from a day: read by dateparser, cut to the interval they mean."""

import calendar
import datetime as dt
from functools import lru_cache

from kg.records import DatePrecision

Interval = tuple[dt.date, dt.date, DatePrecision]
"""First day, last day, and how exactly the words tell them."""

_SETTINGS = {
    "PREFER_DATES_FROM": "past",  # "in November", read in February, is last year's
    "PARSERS": ["relative-time", "absolute-time"],
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": False,
}


@lru_cache(maxsize=10_000)
def read(words: str, anchor: dt.date, *, ahead: bool = False) -> Interval | None:
    """Return the interval that `words` name, `None` when they name no date that there is.

    Args:
        words: a date or a time before or after `anchor`, with nothing around: "Dec. 7th", "three days ago".
        anchor: the day on which they are written.
        ahead: of a day without a year the next one is meant, not the last one.

    >>> [str(day) for day in read("last month", dt.date(2022, 3, 31))[:2]]
    ['2022-02-01', '2022-02-28']
    """
    from dateparser.date import DateDataParser  # noqa: PLC0415 - takes a quarter of a second, and many texts name no date

    settings = {**_SETTINGS, "RELATIVE_BASE": dt.datetime.combine(anchor, dt.time())}
    if ahead:
        settings["PREFER_DATES_FROM"] = "future"
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found.date_obj is None:
        return None
    day = found.date_obj.date()
    if found.period == "week" and words.endswith("ago"):
        return day - dt.timedelta(days=3), day + dt.timedelta(days=3), DatePrecision.WEEK
    if found.period == "week":
        return week(day)
    if found.period == "month":
        return month(day)
    return year(day.year) if found.period == "year" else days(day, day)


def days(first: dt.date, last: dt.date) -> Interval:
    """Return the days from `first` to `last`."""
    return first, last, DatePrecision.DAY if first == last else DatePrecision.INTERVAL


def week(day: dt.date) -> Interval:
    """Return the week of `day`, which begins on Monday."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6), DatePrecision.WEEK


def month(day: dt.date) -> Interval:
    """Return the month of `day`."""
    return day.replace(day=1), last_day(day.year, day.month), DatePrecision.MONTH


def year(number: int) -> Interval:
    """Return a year."""
    return dt.date(number, 1, 1), dt.date(number, 12, 31), DatePrecision.YEAR


def last_day(year: int, month: int) -> dt.date:
    """Return the last day of a month.

    >>> last_day(2024, 2)
    datetime.date(2024, 2, 29)
    """
    return dt.date(year, month, calendar.monthrange(year, month)[1])
