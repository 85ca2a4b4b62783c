"""The days of an event as the answer gives them."""

import calendar
import datetime as dt

from kg.llm.answer import AnswerTime
from kg.llm.dropped import Reason
from kg.llm.quotes import Quotes
from kg.records import DatePrecision, Span, Time

_WEEK = 6


def read_time(time: AnswerTime, published: dt.date | None, quotes: Quotes, near: Span) -> Time | Reason:
    """Return the interval of days, or why it cannot be used.

    Days without words in the text to show for them are accepted only when they are the day of publication.

    Args:
        time: what the answer says.
        published: the day of publication, if known.
        quotes: looks up the time expression.
        near: the trigger of the event.
    """
    try:
        start, end = dt.date.fromisoformat(time.start), dt.date.fromisoformat(time.end)
    except ValueError:
        return Reason.UNFIT
    if end < start:
        return Reason.UNFIT
    if time.quote is None:
        known = start == end == published
        return Time(start=start, end=end, precision=DatePrecision.DAY) if known else Reason.UNFIT
    span = quotes.nearest(time.quote, near)
    if span is None:
        return Reason.NOT_LITERAL
    return Time(start=start, end=end, precision=_precision(start, end), span=span)


def _precision(start: dt.date, end: dt.date) -> DatePrecision:
    if start == end:
        return DatePrecision.DAY
    if (end - start).days == _WEEK:
        return DatePrecision.WEEK
    if start.day == 1 and end == end.replace(day=calendar.monthrange(end.year, end.month)[1]):
        if (start.year, start.month) == (end.year, end.month):
            return DatePrecision.MONTH
        if (start.year, start.month, end.month) == (end.year, 1, 12):
            return DatePrecision.YEAR
    return DatePrecision.INTERVAL
