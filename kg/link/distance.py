"""Whether one place lies in another, as far as countries and coordinates tell."""

import math

from kg.gazetteer import Entry
from kg.records import PlacePrecision

_REACH_KM = 400.0
_KM_PER_DEGREE = 111.2


def is_inside(part: Entry, whole: Entry) -> bool:
    """Tell whether `part` may lie in the country or region `whole`: same country, and not far from a region's centre."""
    if part.country is None or part.country != whole.country or part == whole:
        return False
    if whole.precision is PlacePrecision.COUNTRY:
        return True
    distance = distance_km(part, whole)
    return distance is None or distance < _REACH_KM


def distance_km(one: Entry, other: Entry) -> float | None:
    """Return the distance of two places, good to a few per cent below 1,000 km; `None` without coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, east) * _KM_PER_DEGREE
