"""Coordinates made less exact, for graphs that must not lead anybody to a door."""

import msgspec

from kg.records import Candidate, Link

_DIGITS = 5


def coarsen(link: Link, step: float) -> Link:
    """Return `link` with all coordinates on a grid whose lines are `step` degrees apart; as it is when `step` is 0.

    Names and identifiers stay: who must not know the place at all needs another article.
    """
    if not step or not link.candidates:
        return link
    return msgspec.structs.replace(link, candidates=tuple(_coarse(candidate, step) for candidate in link.candidates))


def _coarse(candidate: Candidate, step: float) -> Candidate:
    return msgspec.structs.replace(
        candidate, latitude=_on_grid(candidate.latitude, step), longitude=_on_grid(candidate.longitude, step)
    )


def _on_grid(degrees: float | None, step: float) -> float | None:
    """Return the nearest line of the grid.

    >>> _on_grid(50.5977, 0.1)
    50.6
    """
    return None if degrees is None else round(round(degrees / step) * step, _DIGITS)
