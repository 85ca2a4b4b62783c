"""Time expressions → intervals of days, resolved against the publication date or the day told before them.

Patterns find the expressions. Dates, and times counted from the publication, are read by dateparser (`kg.extract.dates`); the
rules here are for what it does not know: weekdays as news mean them, parts of months, seasons, ranges, "overnight", "the
next day".
"""

import calendar
import datetime as dt
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kg.extract.dates import Interval, days, last_day, month, read, week, year
from kg.records import DatePrecision, Span, Time

_MONTHS = [name for name in (*calendar.month_name, *calendar.month_abbr, "Sept") if name]
_MONTH = "|".join(sorted(set(_MONTHS), key=len, reverse=True))
_LONG_MONTH = "|".join(name for name in calendar.month_name if name)
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)} | {"a": 1}
ORDINALS = {
    word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each, on the northern half of the earth."""
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?:(?:{_MONTH})\.? \d{{1,2}}{_NTH}|\d{{1,2}}{_NTH} (?:of )?(?:{_MONTH})\.?)"
_WORD = re.compile(r"\w+")
_SINCE = re.compile(r"\bsince $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till) $", re.IGNORECASE)
_CLAUSE = 80
"""How far before a day, in characters, the words may stand that something began on it."""
_BEGINS = re.compile(r"\b(?:began|begun|begins|started|starts|opened|launched)\b[^.;]*$")


_MONTH_WORDS = frozenset(name.lower() for name in _MONTHS)
_PARTS = frozenset({"early", "mid", "late", "start", "beginning", "middle", "end"})
_PERIODS = frozenset("week month year weekend hours morning night tonight overnight".split())
_DAY_WORDS = frozenset("yesterday today tomorrow week month year".split())
_YEARS = frozenset(map(str, range(1900, 2100)))


class _Rule(NamedTuple):
    """`resolve` takes the match and the day from which it counts; `anchored` rules need the publication date.

    Each match holds one of `words`, which are looked up in less time than a text is searched for the pattern.
    """

    words: AbstractSet[str]
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], dt.date], Interval | None]
    anchored: bool = True


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)


_NEAR = 80
"""So many characters before a day may tell that it is to come."""
_AHEAD = _compile(
    r"(?:will|shall|(?:due|set|expected|scheduled|planned) (?:to|for)|plans? to)"
    r"(?![\w-])(?!.*(?<![\w-])(?:said|says|told|announced|reported|according|warned|wrote)(?![\w-]))[^.;:\"”]*$"
)
"""What is told before "a ceasefire will begin on Sunday", but not before "will begin, he said on Sunday"."""


_FROM = re.compile(r"\b(?:starting|beginning|effective|scheduled)(?: (?:on|from|for))? $", re.IGNORECASE)


def _is_ahead(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return bool(_AHEAD.search(before) or _FROM.search(before))


def _read(match: re.Match[str], anchor: dt.date) -> Interval | None:
    return read(match["words"].lower(), anchor, ahead=_is_ahead(match))


def _weekday(match: re.Match[str], anchor: dt.date) -> Interval:
    """Return the latest such day up to the publication, the next one behind "next" and behind "will"."""
    away = (_DAYS[match["weekday"].lower()] - anchor.weekday()) % 7
    ahead = match["next"] or _is_ahead(match)
    day = anchor + dt.timedelta(days=(away or 7) if ahead else away - 7 * bool(away))
    return days(day, day)


def _relative(match: re.Match[str], anchor: dt.date) -> Interval:
    yesterday = anchor - dt.timedelta(days=1)
    back = (anchor.weekday() - 5) % 7
    saturday = anchor - dt.timedelta(days=back)
    known: dict[str, Interval] = {
        "tonight": days(anchor, anchor),
        "this morning": days(anchor, anchor),
        "this week": (week(anchor)[0], anchor, DatePrecision.WEEK),
        "this month": (month(anchor)[0], anchor, DatePrecision.MONTH),
        "this year": (year(anchor.year)[0], anchor, DatePrecision.YEAR),
        "last night": days(yesterday, anchor),
        "overnight": days(yesterday, anchor),
        "24 hours": days(yesterday, anchor),
        "weekend": days(saturday, min(saturday + dt.timedelta(days=1), anchor)),
    }
    words = " ".join(match[0].lower().split())
    return next(value for key, value in known.items() if words.endswith(key))


def _past(match: re.Match[str], anchor: dt.date) -> Interval:
    length = _count(match["number"]) * (7 if match["unit"].lower() == "week" else 1)
    return days(anchor - dt.timedelta(days=length), anchor)


def _part(match: re.Match[str], anchor: dt.date) -> Interval | None:
    """Return the first, second or last third of a month or year: "early March", "late 2015"."""
    whole = read(match["words"].lower(), anchor)
    if whole is None:
        return None
    start, end, precision = whole
    part = {"e": 0, "s": 0, "b": 0, "m": 1}.get(match["part"][0].lower(), 2)
    if match["part"].lower() == "end":
        part = 2
    if precision is DatePrecision.YEAR:
        return days(dt.date(start.year, 4 * part + 1, 1), last_day(start.year, 4 * part + 4))
    return days(start.replace(day=10 * part + 1), end if part == 2 else start.replace(day=10 * part + 10))


def _season(match: re.Match[str], anchor: dt.date) -> Interval:
    first = _SEASONS[match["season"].lower()]
    number = int(match["year"] or anchor.year)
    start = dt.date(number, first, 1)
    if not match["year"] and start > anchor:
        start = start.replace(year=number - 1)
    if match["when"] and match["when"].lower() == "last" and _season_end(start) >= anchor:
        start = start.replace(year=start.year - 1)
    return days(start, _season_end(start))


def _season_end(start: dt.date) -> dt.date:
    return last_day(start.year + 1, 2) if start.month == 12 else last_day(start.year, start.month + 2)


def _range(match: re.Match[str], anchor: dt.date) -> Interval | None:
    """Return the days of "March 3-5", "from 28 February to 2 March", "between May 3 and May 5"."""
    year_told = match["year"] or ""
    last = read(f"{match['month2'] or match['month1']} {match['day2']} {year_told}".strip().lower(), anchor)
    if last is None:
        return None
    first = read(f"{match['month1'] or match['month2']} {match['day1']} {last[0].year}".lower(), anchor)
    return None if first is None or first[0] > last[0] else days(first[0], last[0])


def _count(words: str) -> int:
    return _NUMBERS.get(words.lower()) or int(words)


_DAY_OF_MONTH = _compile(rf"(?P<words>{_DATE})(?!,? \d{{4}})")
RULES = (
    _Rule(
        _MONTH_WORDS,
        _compile(
            rf"(?:from |between )?(?:(?P<month1>{_MONTH})\.? )?(?P<day1>\d{{1,2}}){_NTH}(?: ?[-–] ?| to | until |(?<=\d) and )"
            rf"(?P<day2>\d{{1,2}}){_NTH} (?P<month2>{_MONTH})(?:,? (?P<year>{_YEAR}))?"
        ),
        _range,
    ),
    _Rule(
        _MONTH_WORDS,
        _compile(
            rf"(?P<month1>{_MONTH})\.? (?P<day1>\d{{1,2}}){_NTH}(?: ?[-–] ?| to | until )"
            rf"(?:(?P<month2>{_MONTH})\.? )?(?P<day2>\d{{1,2}}){_NTH}(?:, (?P<year>{_YEAR}))?"
        ),
        _range,
    ),
    _Rule(_YEARS, _compile(rf"(?P<words>{_YEAR}-\d\d-\d\d)"), _read, anchored=False),
    _Rule(_MONTH_WORDS, _compile(rf"(?P<words>{_DATE},? {_YEAR})"), _read, anchored=False),
    _Rule(
        _PARTS,
        _compile(rf"(?P<part>early|mid|late|start|beginning|middle|end)(?: of |[- ]in |[- ])(?P<words>(?:{_LONG_MONTH})(?: {_YEAR})?|{_YEAR})(?! \d)"),
        _part,
    ),
    _Rule(_MONTH_WORDS, _compile(rf"(?P<words>(?:{_MONTH})\.? {_YEAR})"), _read, anchored=False),
    _Rule(_MONTH_WORDS, _DAY_OF_MONTH, _read),
    _Rule(_MONTH_WORDS, _compile(rf"(?:in|last|since|during) (?P<words>{_LONG_MONTH})"), _read),
    _Rule(
        _DAYS.keys(),
        _compile(
            rf"(?:on |this |last |early |late |(?P<next>next |coming ))*(?P<weekday>{'|'.join(_DAYS)})"
            r"(?: (?:morning|evening|night|afternoon))?"
        ),
        _weekday,
    ),
    _Rule(frozenset({"ago"}), _compile(rf"(?P<words>(?:\d+|{'|'.join(_NUMBERS)}) (?:day|week|month|year)s? ago)"), _read),
    _Rule(_DAY_WORDS, _compile(r"(?P<words>the day before yesterday|today|yesterday|tomorrow|(?:last|next) (?:week|month|year))"), _read),
    _Rule(
        _PERIODS,
        _compile(
            r"(?:tonight|this morning|last night|overnight|this (?:week|month|year)"
            r"|(?:over|at|on|during) the weekend|(?:this|last) weekend|(?:in |over |during )?the (?:past|last) 24 hours)"
        ),
        _relative,
    ),
    _Rule(frozenset({"past", "last"}), _compile(rf"(?:in|over|during|for) the (?:past|last) (?P<number>{_NUMBER}) (?P<unit>day|week)s?"), _past),
    _Rule(
        _SEASONS.keys(),
        _compile(
            rf"(?:(?:in|during) (?:the )?|(?P<when>last|this) )(?P<season>{'|'.join(_SEASONS)})(?:(?: of)? (?P<year>{_YEAR})|(?! of| \w+ive))"
        ),
        _season,
    ),
    _Rule(_YEARS, _compile(rf"in (?P<words>{_YEAR})"), _read, anchored=False),
)  # fmt: skip
"""Longer expressions first: of two that overlap the first rule's wins."""

_OTHER_DAY = _compile(
    rf"(?:the (?:next|following|previous) (?:day|morning|evening|night)|(?:{_NUMBER}) (?:day|week)s? (?:later|earlier)"
    r"|the day (?:before|after)(?=[.,;]))"
)
_SAME_DAY = _compile(
    rf"(?:(?:(?:{_NUMBER}|several|few|some) )?(?:hours?|minutes?|moments) (?:later|earlier|before|afterwards?)(?! than)"
    r"|(?:earlier|later) (?:in the|on the same|the same|that(?: same)?) (?:day|morning|afternoon|evening|night)"
    r"|(?:on )?(?:the|that) same (?:day|morning|afternoon|evening|night)|that (?:day|morning|afternoon|evening|night))"
)
"""Words for the day of the event told before."""
_DAY_PARTS = frozenset("day days week weeks morning evening night".split())
"""Every match of `_OTHER_DAY` holds one of these."""
_NTH_DAY = _compile(rf"on (?:the|its) (?:{'|'.join(ORDINALS)}) day")


class _Found(NamedTuple):
    start: int
    end: int
    interval: Interval


def find_times(text: str, published: dt.date | None) -> Iterator[Time]:
    """Yield the time expressions of `text` in order; without `published` only full dates resolve.

    >>> [str(time.start) for time in find_times("It fell on Monday.", dt.date(2022, 3, 1))]
    ['2022-02-28']
    """
    words = words_of(text)
    told = sorted(_anchored(text, words, published))
    if published is None:
        told = sorted([*told, *_of_month_told(text, told)])
    for found in sorted([*told, *_counted(text, words, told, published)]):
        start, end, precision = found.interval
        yield Time(start=start, end=end, precision=precision, span=Span(start=found.start, end=found.end))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, numbers among them."""
    return frozenset(_WORD.findall(text.lower()))


def _anchored(text: str, words: AbstractSet[str], published: dt.date | None) -> Iterator[_Found]:
    """Yield the expressions that count from the publication or from nothing."""
    taken: set[int] = set()
    for rule in RULES:
        if (rule.anchored and published is None) or rule.words.isdisjoint(words):
            continue
        for match in rule.pattern.finditer(text):
            place = range(*match.span())
            interval = rule.resolve(match, published or dt.date.min) if taken.isdisjoint(place) else None
            if interval is None:
                continue
            taken.update(place)
            if _UNTIL.search(text[max(0, match.start() - 6) : match.start()]):
                continue  # when it ends
            since = _SINCE.search(text[max(0, match.start() - 7) : match.start()]) or match[0].lower().startswith(
                "since"
            )
            if published and since and interval[0] < published:
                interval = days(interval[0], published)
            yield _Found(*match.span(), interval)


def _of_month_told(text: str, told: Sequence[_Found]) -> Iterator[_Found]:
    """Yield the days without a year of a month that was told before with one: "in November 2005 … on 5 November"."""
    ends: dict[int, dt.date] = {}
    known = deque(told)
    taken = {place for found in told for place in range(found.start, found.end)}
    for match in _DAY_OF_MONTH.finditer(text):
        while known and known[0].start < match.start():
            first, last, _ = known.popleft().interval
            if month(first) == month(last):
                ends[last.month] = last_day(last.year, last.month)
        if not taken.isdisjoint(range(*match.span())):
            continue
        for end in ends.values():
            interval = read(match["words"].lower(), end)
            if interval is not None and interval[0].month == end.month and interval[0].year == end.year:
                yield _Found(*match.span(), interval)
                break


def _counted(text: str, words: AbstractSet[str], told: Sequence[_Found], published: dt.date | None) -> Iterator[_Found]:
    """Yield the expressions that count from the day told before them: "the next day", "hours later", "on the third day".

    "The previous day" and "two days earlier" count from the publication where none is told. The third day counts from the
    day on which something "began".
    """
    known = [found for found in told if found.interval[2] is DatePrecision.DAY]
    for match in _OTHER_DAY.finditer(text) if not _DAY_PARTS.isdisjoint(words) else ():
        earlier = bisect_left(known, match.start(), key=lambda found: found.start)
        first, *_, last = match[0].lower().split()
        back = last in {"earlier", "before"} or "previous" in match[0].lower()
        anchor = known[earlier - 1].interval[0] if earlier else published if back else None
        if anchor is not None:
            number = _count(first) * (7 if "week" in match[0].lower() else 1) if first != "the" else 1
            yield _Found(*match.span(), _away(anchor, -number if back else number))
    if not known:
        return
    for match in _SAME_DAY.finditer(text):
        earlier = bisect_left(known, match.start(), key=lambda found: found.start)
        if earlier:
            yield _Found(*match.span(), known[earlier - 1].interval)
    begun = [found for found in known if _BEGINS.search(text[max(0, found.start - _CLAUSE) : found.start])]
    for match in _NTH_DAY.finditer(text):
        earlier = bisect_left(begun, match.start(), key=lambda found: found.start)
        if earlier:
            number = ORDINALS[match[0].lower().split()[-2]] - 1
            yield _Found(*match.span(), _away(begun[earlier - 1].interval[0], number))


def _away(anchor: dt.date, number: int) -> Interval:
    day = anchor + dt.timedelta(days=number)
    return days(day, day)


def nearest(times: Sequence[Time], sentence: tuple[int, int], trigger: int) -> Time | None:
    """Return the time expression closest to offset `trigger` within the sentence's offsets, or `None`.

    Args:
        times: the expressions of the document, in order.
        sentence: offsets of the sentence.
        trigger: offset of the event's words.
    """
    return min(within(times, sentence), key=lambda time: abs(_start(time) - trigger), default=None)


def within(times: Sequence[Time], bounds: tuple[int, int]) -> Sequence[Time]:
    """Return the time expressions that begin within two offsets.

    Args:
        times: the expressions of the document, in order.
        bounds: first offset, and the one that no longer belongs.
    """
    first, last = (bisect_left(times, offset, key=_start) for offset in bounds)
    return times[first:last]


def _start(time: Time) -> int:
    return time.span.start if time.span else 0
