"""How much is written about an entry: its weight against others of the same name, before the article is read."""

from kg.gazetteer import Entry
from kg.records import EntityKind, PlacePrecision

_COUNTRY, _CAPITAL, _TERRITORY, _REGION, _DISTRICT, _TOWN = 1e8, 3e6, 3e6, 1e5, 3e4, 1e4
SETTLED = 1e5
"""What outweighs all that no table lists, whatever the article says: the only bearer of a name needs no context then."""
_CAPITAL_FACTOR = 3.0
_NO_PLACE = 1e6
_LEAST = {"territory": _TERRITORY, "adm1": _REGION, "region": _REGION, "district": _DISTRICT}


def prominence(entry: Entry) -> float:
    """Return the weight of `entry`, in people: a place counts as many as live there, but at least as its type does."""
    people = entry.population or 0
    if entry.kind is not EntityKind.PLACE:
        return _NO_PLACE
    if entry.precision is PlacePrecision.COUNTRY:
        return max(_COUNTRY, people)
    if entry.type == "capital":
        return max(_CAPITAL, _CAPITAL_FACTOR * people)
    return max(_LEAST.get(entry.type, 0.0), people or _TOWN)


def describe(entry: Entry) -> str:
    """Return in words what `entry` is."""
    if entry.kind is not EntityKind.PLACE:
        return entry.type
    if entry.precision is PlacePrecision.COUNTRY:
        return "a country"
    if entry.type == "capital":
        return f"the capital of {entry.country}"
    what = f"a {'region' if entry.type == 'adm1' else entry.type} in {entry.country}"
    return f"{what} of {entry.population:,} people" if entry.population else what
