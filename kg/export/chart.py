"""Geometry of the report's drawings: a map, a timeline, tolls. Units are those of the SVG view boxes."""

import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from kg.export.row import Row
from kg.records import Harm

MAP = (960.0, 480.0)
"""Width and height of the map."""

_LEAST_SPAN = 6.0
"""Degrees of latitude that a map shows at least, so that one town is seen within its country."""

_STEEPEST = 75.0
"""Degrees of latitude beyond which a map of the middle latitude is of no use."""

_TIME = (960.0, 150.0)
_BINS = ((10, 70), (7, 70), (4, 10_000))
"""Letters of an ISO day that make a bin (day, month, year), and up to how many bins they are used."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """An event on the map."""

    x: float
    y: float
    radius: float
    row: Row


class Map(msgspec.Struct, frozen=True, kw_only=True):
    """Country outlines as one SVG path, and the events, the largest first so that none hides another."""

    outlines: str
    marks: tuple[Mark, ...]
    unplaced: int


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one group in one bin of the timeline."""

    x: float
    y: float
    width: float
    height: float
    group: str
    label: str


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Stacked bars; `ticks` are places and names of some bins."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    most: int
    undated: int


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says of the dead of one event; `start` and `length` are per cent of the widest bar."""

    source: str
    words: str
    start: float
    length: float
    open: bool


def draw_map(rows: Sequence[Row]) -> Map:
    """Return the events that have coordinates, within the countries around them."""
    placed = [(row, row.point) for row in rows if row.point]
    points = [point for _, point in placed]
    if not points:
        return Map(outlines="", marks=(), unplaced=len(rows))
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle = (west + east) / 2, (south + north) / 2
    shrink = math.cos(math.radians(max(-_STEEPEST, min(_STEEPEST, middle[1]))))
    width, height = MAP
    degrees = max((north - south) * 1.25, (east - west) * 1.25 * shrink * height / width, _LEAST_SPAN)
    scale = height / degrees

    def project(long: float, lat: float) -> tuple[float, float]:
        return (
            round(width / 2 + (long - middle[0]) * shrink * scale, 1),
            round(height / 2 - (lat - middle[1]) * scale, 1),
        )

    marks = [
        Mark(x=x, y=y, radius=round(3.5 + math.sqrt(row.killed_low or 0) * 0.9, 1), row=row)
        for row, point in placed
        for x, y in [project(*point)]
    ]
    return Map(
        outlines=" ".join(_path([project(*point) for point in ring]) for ring in _world()).strip(),
        marks=tuple(sorted(marks, key=lambda mark: (-mark.radius, mark.row.iri))),
        unplaced=len(rows) - len(marks),
    )


def _world() -> list[list[tuple[float, float]]]:
    """Return the outlines of all countries: longitude and latitude in degrees (training/shapes/world.py)."""
    found: list[list[tuple[float, float]]] = json.loads((Path(__file__).parent / "world.json").read_text("utf-8"))
    return found


def _path(ring: Sequence[tuple[float, float]]) -> str:
    """Return the SVG path of a ring, nothing when none of it can be seen."""
    xs, ys = zip(*ring, strict=True)
    if max(xs) < 0 or min(xs) > MAP[0] or max(ys) < 0 or min(ys) > MAP[1]:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z"


def draw_timeline(rows: Iterable[Row], groups: Sequence[str]) -> Timeline:
    """Return how many events began in each day, month or year, one bar a group.

    Args:
        rows: the events.
        groups: the parents of event types, from the bottom of a bar to its top.
    """
    every = list(rows)
    dated = [row for row in every if row.start]
    length = next((size for size, most in _BINS if len(_axis([(row.start or "")[:size] for row in dated])) <= most), 4)
    counts = Counter(((row.start or "")[:length], row.parent) for row in dated)
    axis = _axis([name for name, _ in counts])
    totals = Counter({name: sum(counts[name, group] for group in groups) for name in axis})
    most = max(totals.values(), default=0)
    width = _TIME[0] / max(len(axis), 1)
    bars = []
    for number, name in enumerate(axis):
        top = _TIME[1]
        for group in groups:
            height = counts[name, group] / most * _TIME[1] if most else 0
            top -= height
            if height:
                words = f"{name}: {counts[name, group]}"
                bar = (round(v, 1) for v in (number * width, top, max(width - 1, 0.5), height))
                x, y, wide, high = bar
                bars.append(Bar(x=x, y=y, width=min(wide, 80.0), height=high, group=group, label=words))
    step = max(1, math.ceil(len(axis) / 8))
    ticks = tuple((round(number * width, 1), name) for number, name in enumerate(axis) if number % step == 0)
    return Timeline(bars=tuple(bars), ticks=ticks, most=most, undated=len(every) - len(dated))


def _axis(names: Iterable[str]) -> list[str]:
    """Return all days, months or years from the first of `names` to the last, without holes.

    >>> _axis(["2023-12", "2024-02"])
    ['2023-12', '2024-01', '2024-02']
    """
    known = sorted(set(names))
    if not known:
        return []
    first, last = known[0], known[-1]
    if len(first) == 10:
        begin, end = dt.date.fromisoformat(first).toordinal(), dt.date.fromisoformat(last).toordinal()
        return [dt.date.fromordinal(day).isoformat() for day in range(begin, end + 1)]
    if len(first) == 7:
        begin, end = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (first, last))
        return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]
    return [f"{year:04d}" for year in range(int(first), int(last) + 1)]


def draw_tolls(row: Row, most: int) -> list[Toll]:
    """Return what each source says of the dead of an event, the highest number being `most`."""
    found = []
    for count in row.counts:
        if count.harm == Harm.KILLED and (count.low is not None or count.high is not None):
            low, high = count.low or 0, count.high if count.high is not None else count.low or 0
            found.append(
                Toll(
                    source=count.source,
                    words=number(count.low, count.high) + (f" {count.group}" if count.group else ""),
                    start=round(min(low, high) / most * 100, 1),
                    length=round(max(abs(high - low) / most * 100, 0.8), 1),
                    open=count.high is None,
                )
            )
    return list(dict.fromkeys(found))


def number(low: int | None, high: int | None) -> str:
    """Return "21", "20 to 25", "at least 20" or "up to 25"."""
    if low == high:
        return f"{low}"
    if high is None:
        return f"at least {low}"
    return f"up to {high}" if low is None else f"{low} to {high}"
