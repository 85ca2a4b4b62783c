"""Time expressions → intervals of days, resolved against the publication date."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from kg.records import DatePrecision, Span, Time

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMBERS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}

Interval = tuple[dt.date, dt.date, DatePrecision]


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], dt.date], Interval | None]
    anchored: bool


def _day(day: dt.date) -> Interval:
    return day, day, DatePrecision.DAY


def _month_of(year: int, month: int) -> Interval:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), DatePrecision.MONTH


def _safe_day(year: int, month: int, day: int) -> Interval | None:
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return _day(dt.date(year, month, day))


def _latest_year(anchor: dt.date, month: int, day: int = 1) -> int:
    return anchor.year if (month, day) <= (anchor.month, anchor.day) else anchor.year - 1


def _day_month(match: re.Match[str], anchor: dt.date) -> Interval | None:
    month, day = _MONTHS[match["month"].lower().rstrip(".")], int(match["day"])
    year = int(match["year"]) if match["year"] else _latest_year(anchor, month, day)
    return _safe_day(year, month, day)


def _weekday(match: re.Match[str], anchor: dt.date) -> Interval:
    back = (anchor.weekday() - _DAYS[match["weekday"].lower()]) % 7
    return _day(anchor - dt.timedelta(days=back))


def _ago(match: re.Match[str], anchor: dt.date) -> Interval | None:
    number = _NUMBERS.get(match["number"].lower()) or (int(match["number"]) if match["number"].isdigit() else 0)
    if not 0 < number <= 1000:
        return None
    unit = match["unit"].lower()
    if unit == "day":
        return _day(anchor - dt.timedelta(days=number))
    if unit == "week":
        return (
            anchor - dt.timedelta(weeks=number, days=3),
            anchor - dt.timedelta(weeks=number) + dt.timedelta(days=3),
            DatePrecision.WEEK,
        )
    return None


def _relative(match: re.Match[str], anchor: dt.date) -> Interval:
    words = " ".join(match[0].lower().split())
    yesterday = anchor - dt.timedelta(days=1)
    monday = anchor - dt.timedelta(days=anchor.weekday())
    before = _month_of(*((anchor.year, anchor.month - 1) if anchor.month > 1 else (anchor.year - 1, 12)))
    saturday = anchor - dt.timedelta(days=(anchor.weekday() - 5) % 7 if anchor.weekday() >= 5 else anchor.weekday() + 2)
    known: dict[str, Interval] = {
        "today": _day(anchor),
        "tonight": _day(anchor),
        "this morning": _day(anchor),
        "yesterday": _day(yesterday),
        "the previous day": _day(yesterday),
        "last night": (yesterday, anchor, DatePrecision.INTERVAL),
        "overnight": (yesterday, anchor, DatePrecision.INTERVAL),
        "tomorrow": _day(anchor + dt.timedelta(days=1)),
        "this week": (monday, anchor, DatePrecision.WEEK),
        "last week": (monday - dt.timedelta(days=7), monday - dt.timedelta(days=1), DatePrecision.WEEK),
        "last month": before,
        "this month": (anchor.replace(day=1), anchor, DatePrecision.MONTH),
        "last year": (dt.date(anchor.year - 1, 1, 1), dt.date(anchor.year - 1, 12, 31), DatePrecision.YEAR),
        "weekend": (saturday, min(saturday + dt.timedelta(days=1), anchor), DatePrecision.INTERVAL),
        "past 24 hours": (yesterday, anchor, DatePrecision.INTERVAL),
    }
    return next(value for key, value in known.items() if words.endswith(key))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)


_RULES = (
    _Rule(
        _compile(r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
        lambda m, _: _safe_day(int(m["year"]), int(m["m"]), int(m["d"])),
        anchored=False,
    ),
    _Rule(
        _compile(rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)"),
        _day_month,
        anchored=False,
    ),
    _Rule(
        _compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?,? (?P<year>(?:19|20)\d\d)"),
        _day_month,
        anchored=False,
    ),
    _Rule(
        _compile(rf"(?P<month>{_MONTH})\.? (?P<year>(?:19|20)\d\d)"),
        lambda m, _: _month_of(int(m["year"]), _MONTHS[m["month"].lower()]),
        anchored=False,
    ),
    _Rule(
        _compile(rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?P<year>)(?!,? \d{{4}})"),
        _day_month,
        anchored=True,
    ),
    _Rule(_compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})(?P<year>)"), _day_month, anchored=True),
    _Rule(
        _compile(rf"(?:in|last|since) (?P<month>{'|'.join(n for n in _MONTHS if len(n) > 3 or n == 'may')})"),
        lambda m, a: _month_of(_latest_year(a, _MONTHS[m["month"].lower()]), _MONTHS[m["month"].lower()]),
        anchored=True,
    ),
    _Rule(
        _compile(
            rf"(?:on |last |early |late )*(?P<weekday>{'|'.join(_DAYS)})(?: (?:morning|evening|night|afternoon))?"
        ),
        _weekday,
        anchored=True,
    ),
    _Rule(_compile(rf"(?P<number>\d+|{'|'.join(_NUMBERS)}) (?P<unit>day|week)s? (?:ago|earlier)"), _ago, anchored=True),
    _Rule(
        _compile(
            r"(?:today|tonight|this morning|yesterday|the previous day|last night|overnight|tomorrow|this week|last week|last month|this month|last year"
            r"|(?:over|at|on|during) the weekend|(?:this|last) weekend|(?:in |over |during )?the past 24 hours)"
        ),
        _relative,
        anchored=True,
    ),
    _Rule(
        _compile(r"in (?P<year>(?:19|20)\d\d)"),
        lambda m, _: (dt.date(int(m["year"]), 1, 1), dt.date(int(m["year"]), 12, 31), DatePrecision.YEAR),
        anchored=False,
    ),
)


def find_times(text: str, published: dt.date | None) -> Iterator[Time]:
    """Yield the time expressions of `text` in order, longest rule first; without `published` only full dates resolve.

    >>> [str(time.start) for time in find_times("It fell on Monday.", dt.date(2022, 3, 1))]
    ['2022-02-28']
    """
    found: dict[int, Time] = {}
    taken: list[tuple[int, int]] = []
    for rule in _RULES:
        if rule.anchored and published is None:
            continue
        for match in rule.pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            interval = rule.resolve(match, published or dt.date.min)
            if interval is not None:
                taken.append(match.span())
                start, end, precision = interval
                found[match.start()] = Time(
                    start=start, end=end, precision=precision, span=Span(start=match.start(), end=match.end())
                )
    yield from (found[key] for key in sorted(found))


def nearest(times: Mapping[int, Time], sentence: tuple[int, int], trigger: int) -> Time | None:
    """Return the time expression closest to offset `trigger` within the sentence's offsets, or `None`."""
    inside = [time for start, time in times.items() if sentence[0] <= start < sentence[1]]
    return min(inside, key=lambda time: abs((time.span.start if time.span else 0) - trigger), default=None)
