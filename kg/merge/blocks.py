"""Which events are compared: those of one block, and of them those near in place and time.

A block is a country, a month and a group of types that may be told for one another. Events near the border of a month belong
to both, so that nothing is lost. Within a block nothing is quadratic: events are
sorted, and each is compared with the next few only.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.ids import digest
from kg.merge.compare import LEAST_WORDS, SLACK, Comparer, told
from kg.merge.pair import pair_of, place_of
from kg.merge.signature import EventSignature
from kg.resolved import Pair

LEAST = 0.2
"""Pairs with a lower score are not kept, unless they are of one place."""

_WINDOW = 32
"""How many of the next events with the same key, by day, an event is compared with."""
_CELL = 0.4
"""Degrees; two places within half of it lie in one cell of one of the four grids."""
_DIGITS = 4


def home(event: EventSignature, groups: Mapping[str, str]) -> str | None:
    """Return the key of all events that `event` may ever be one with, unless the user says so: type group and country.

    Events of one home can be worked on alone. An event without day or place is at home with those that are told in the
    very same words, and nowhere when these are few: nothing tells it from others of its kind.

    Args:
        event: its signature.
        groups: which types may be told for one another (`Comparer.groups`).
    """
    if event.start and event.site is not None:
        return f"{groups[event.type]}/{event.site.country or '--'}"
    return f"words/{digest(*told(event))}" if len(event.words) >= LEAST_WORDS else None


def block_keys(event: EventSignature, groups: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of the blocks of an event: a month of its home, two months near the border of one."""
    place = home(event, groups)
    if place is None or not event.start or event.site is None:
        yield from (place,) if place else ()
        return
    first = dt.date.fromordinal(max(1, event.start - SLACK))
    last = dt.date.fromordinal(min(dt.date.max.toordinal(), event.end + SLACK))
    for month in sorted({f"{day:%Y-%m}" for day in (first, last)}):
        yield f"{place}/{month}"


def pairs(block: Iterable[EventSignature], comparer: Comparer) -> Iterator[Pair]:
    """Yield each pair of a block that may be one event, once, with score and reasons; of one place every pair compared.

    The order of the block does not matter.
    """
    events = sorted({event.event: event for event in block}.values(), key=lambda one: one.order)
    for one, other in dict.fromkeys(_candidates(events)):
        first, second = events[one], events[other]
        score, reasons = comparer.compare(first, second)
        if score >= LEAST or place_of(first, second) is not None:
            yield pair_of(first, second, round(score, _DIGITS), reasons)


def _candidates(events: list[EventSignature]) -> Iterator[tuple[int, int]]:
    """Yield the places of two events in the list, the smaller first; a pair may come twice."""
    yield from _neighbours(events, _place)
    yield from _neighbours(events, _cells)
    if any(event.site and not event.site.exact for event in events):
        yield from _neighbours(events, _numbers)
    yield from _neighbours(events, _words)


def _neighbours(
    events: list[EventSignature], keys: Callable[[EventSignature], Iterable[object]]
) -> Iterator[tuple[int, int]]:
    """Yield events that share a key and are near in time, each with the next few."""
    groups: dict[object, list[int]] = {}
    for number, event in enumerate(events):
        for key in keys(event):
            groups.setdefault(key, []).append(number)
    for group in groups.values():
        group.sort(key=lambda one: events[one].start)  # of one day they stay in their order
        for place, number in enumerate(group):
            last = events[number].end + SLACK
            for other in group[place + 1 : place + 1 + _WINDOW]:
                if events[other].start > last:
                    break
                yield (number, other) if number < other else (other, number)


def _place(event: EventSignature) -> Iterator[str]:
    if event.site is not None:
        yield event.site.key


def _cells(event: EventSignature) -> Iterator[tuple[int, int, int]]:
    """Yield the cell of a town in each of four grids, which are half a cell apart."""
    site = event.site
    if site is None or not site.exact or site.latitude is None or site.longitude is None:
        return
    north, east = site.latitude / _CELL, site.longitude / _CELL
    for grid, (up, right) in enumerate(((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5))):
        yield grid, math.floor(north + up), math.floor(east + right)


def _numbers(event: EventSignature) -> Iterator[tuple[str, int]]:
    """Yield each count of people harmed: what a report that names only the country has in common with one of the town."""
    for toll in event.tolls:
        if toll.low is not None:
            yield toll.harm, toll.low


def _words(event: EventSignature) -> Iterator[tuple[object, ...]]:
    if event.site is None or not event.start:
        yield told(event)
