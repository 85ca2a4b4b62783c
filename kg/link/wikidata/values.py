"""Values of Wikidata's answers, each checked before anything believes it."""

import re

from kg.gazetteer import WIKIDATA

LICENCE = "CC0-1.0"
"""Wikidata's, an SPDX identifier."""
QID = re.compile(r"Q[1-9][0-9]{0,11}")
NUMBER = re.compile(r"[1-9][0-9]{0,11}")
COUNTRY = re.compile(r"[A-Z]{2}")
_POINT = re.compile(r"Point\((-?[0-9]{1,3}(?:\.[0-9]+)?) (-?[0-9]{1,2}(?:\.[0-9]+)?)\)", re.IGNORECASE)
_NORTH, _EAST = 90, 180


def qid(iri: str) -> str | None:
    """Return the number of an item, `None` when the IRI is none's."""
    number = iri.removeprefix(WIKIDATA)
    return number if number != iri and QID.fullmatch(number) else None


def line(words: str) -> str:
    """Return words on one line."""
    return " ".join(words.split())


def several(told: str) -> list[str]:
    """Return the values that a query joined."""
    return [value for value in map(line, told.split("|")) if value]


def single(told: str, form: re.Pattern[str]) -> str | None:
    """Return the one value of that form that a query joined, `None` when there are none or several."""
    values = [value for value in told.split("|") if form.fullmatch(value)]
    return values[0] if len(values) == 1 else None


def position(point: str) -> tuple[float | None, float | None]:
    """Return latitude and longitude of a WKT point on the Earth.

    >>> position("Point(36.58 50.6)"), position("<http://www.wikidata.org/entity/Q405> Point(1 2)")
    ((50.6, 36.58), (None, None))
    """
    match = _POINT.fullmatch(point)
    if match is None:
        return None, None
    longitude, latitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= _NORTH and abs(longitude) <= _EAST else (None, None)
