"""Counts in a text: "at least 41", "two dozen", "between 10 and 12", "hundreds of"."""

import calendar
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.extract.tokens import Doc, Token

_LEAST = frozenset({"least", "than", "over", "minimum"})
_MOST = frozenset({"to", "many"})
_FILLERS = frozenset(
    {"about", "around", "some", "approximately", "roughly", "nearly", "almost", "an", "estimated", "another"}
)
MONTHS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.month_abbr, "Sept") if name)
_DECIMAL = re.compile(r"\d{1,3}\.\d{1,3}")
_UNITS = frozenset("- % percent km kilometres kilometers miles years days hours am pm th".split())


class Count(NamedTuple):
    """A count: tokens `start` up to, not including, `end`, and its bounds (`None` is open)."""

    start: int
    end: int
    low: int | None
    high: int | None


class CountReader:
    """Reads counts with the number words of the ontology.

    Args:
        words: number word → value ("dozen" → 12).
        vague: vague count → least value ("hundreds" → 200).
    """

    def __init__(self, words: Mapping[str, int], vague: Mapping[str, int]) -> None:
        self._words = words
        self._vague = vague

    def read(self, doc: Doc) -> Iterator[Count]:
        """Yield the counts of `doc` from left to right.

        Bounds follow the annotation guide: "at least 41" is 41 to open, "up to 30" is open to 30, "dozens" is 24 to open,
        "about 30" is 30 to 30.
        """
        index = 0
        while index < len(doc):
            value, end = self._value(doc, index)
            if value is None:
                index += 1
                continue
            if _is_no_one(doc, index):
                yield Count(index - 1, end, 0, 0)
                index = end
                continue
            low: int | None
            high: int | None
            low, high = value, value
            vague = doc[end - 1].lower_ in self._vague or (doc[index].lower_ in self._vague)
            if vague:
                low, high, end = value * (times := self._times(doc, end)), None, end + 2 * (times > 1)
            following = doc[end].lower_ if end < len(doc) else ""
            before = doc[index - 1].lower_ if index else ""
            changes = following == "to" and before in {"from", "by"}  # "rose from 10 to 14" tells two counts
            if following in {"to", "-", "–", "and", "or"} and not vague and not changes:
                second, second_end = self._value(doc, end + 1)
                joined = following in {"to", "-", "–", "or"} or before == "between"
                if second is not None and second > value and joined and not self._is_vague(doc, second_end):
                    high, end = second, second_end
            start, low, high = self._modifier(doc, index, low, high)
            if end < len(doc) - 1 and doc[end].lower_ == "of" and vague:
                end += 1
            yield Count(start, end, low, high)
            index = end

    def _times(self, doc: Doc, end: int) -> int:
        """Return what a vague count is multiplied by: a thousand in "tens of thousands"."""
        many = doc[end : end + 2]
        if len(many) < 2 or many[0].lower_ != "of":
            return 1
        return self._words.get(many[1].lower_.removesuffix("s"), 1) if many[1].lower_ in self._vague else 1

    def _is_vague(self, doc: Doc, end: int) -> bool:
        return doc[end - 1].lower_ in self._vague

    def _value(self, doc: Doc, index: int) -> tuple[int | None, int]:
        if index >= len(doc):
            return None, index
        token = doc[index]
        value = self._single(token)
        if value is None:
            return self._decimal(doc, index)
        end = index + 1
        while end < len(doc):
            following = self._words.get(doc[end].lower_)
            if following is None and doc[end].text in {"-", "and"} and end + 1 < len(doc):
                joined = self._words.get(doc[end + 1].lower_)
                fits = joined is not None and (
                    (doc[end].text == "-" and joined < 10 <= value < 100)
                    or (doc[end].text == "and" and joined < 100 <= value)
                )
                if fits and joined is not None:
                    value, end = value + joined, end + 2
                    continue
                break
            if following is None:
                break
            if (
                following >= 12
                and following in {12, 20, 100, 1_000, 1_000_000}
                and following > value % 1000
                and _multiplies(doc[end])
            ):
                value *= following
            elif following < 100 <= value or following < 10 <= value < 100:
                value += following
            else:
                break
            end += 1
        return value, end

    def _decimal(self, doc: Doc, index: int) -> tuple[int | None, int]:
        """Return the value of "1.5 million" and its end."""
        times = self._words.get(doc[index + 1].lower_, 1) if index + 1 < len(doc) else 1
        if times < 1_000 or _DECIMAL.fullmatch(doc[index].text) is None:
            return None, index
        return round(float(doc[index].text) * times), index + 2

    def _single(self, token: Token) -> int | None:
        word = token.lower_
        if word == "many" and token.i and token.nbor(-1).lower_ == "as":
            return None
        if word in self._vague:
            return self._vague[word]
        if word in self._words and not (word == "one" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "of"):
            return self._words[word]
        digits = word.replace(",", "")
        if digits.isascii() and digits.isdigit() and len(digits) <= 9 and not word.startswith(","):
            return int(digits)
        return None

    @staticmethod
    def _modifier(doc: Doc, index: int, low: int | None, high: int | None) -> tuple[int, int | None, int | None]:
        start = index
        while start > 0 and doc[start - 1].lower_ in _FILLERS:
            start -= 1
        before = doc[start - 1].lower_ if start else ""
        earlier = doc[start - 2].lower_ if start > 1 else ""
        if before == "least" and earlier == "at":
            return start - 2, low, None
        if before == "than" and earlier in {"more", "greater", "fewer", "less"}:
            wide = start - 3 if start > 2 and doc[start - 3].lower_ == "no" else start - 2
            if (earlier in {"fewer", "less"}) ^ (wide < start - 2):
                return wide, None, high
            return wide, low, None
        if before == "over" or (before == "minimum" and earlier == "a"):
            return start - 1, low, None
        if before == "to" and earlier == "up":
            return start - 2, None, high
        if before == "as" and earlier in {"many", "much"}:
            return max(0, start - 3), None, high
        return start, low, high


def _is_no_one(doc: Doc, index: int) -> bool:
    return doc[index].lower_ == "one" and index > 0 and doc[index - 1].lower_ == "no"


def _multiplies(token: Token) -> bool:
    return token.lower_ in {"dozen", "score", "hundred", "thousand", "million"}


def is_measure(doc: Doc, count: Count) -> bool:
    """Tell ages, distances, times, days and years from people ("18-year-old", "aged 20", "40 km", "Nov. 24", "in 2015")."""
    following = doc[count.end].lower_ if count.end < len(doc) else ""
    before = doc[count.start - 1].lower_ if count.start else ""
    alone = doc[count.start : count.end].text
    year = alone.isdigit() and len(alone) == 4 and 1900 <= int(alone) <= 2100
    return (
        (year and (doc[count.start].sent.start == count.start or not following.isalpha()))
        or following in _UNITS
        or before in {"$", "aged"}
        or _is_day(count, alone, before, following)
        or _is_age(doc, count)
    )


def _is_day(count: Count, alone: str, before: str, following: str) -> bool:
    """Tell "Nov. 24" and "24 November"; behind "may" a number may count."""
    month = before.rstrip(".") in MONTHS - {"may", "mar"} or following.rstrip(".") in MONTHS - {"may", "mar"}
    return month and alone.isdigit() and count.low is not None and count.low <= 31


def _is_age(doc: Doc, count: Count) -> bool:
    """Tell the age of a person: "Ivan Petrov, 42, died"."""
    commas = doc[count.start - 1 : count.start].text == "," and doc[count.end : count.end + 1].text == ","
    return commas and count.start > 1 and doc[count.start - 2].ent_type_ == "Person"
