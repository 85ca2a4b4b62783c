"""The canned queries with values for their parameters, and terms of several engines in a form that can be compared."""

import math
from decimal import Decimal

import pyoxigraph as ox
import rdflib

from kg.query import Query, bind, catalogue, run

QUERIES = catalogue()

ARGUMENTS: dict[str, dict[str, str]] = {
    "actors": {"name": "o", "limit": "3"},
    "articles": {"limit": "1"},
    "casualty-disputes": {"harm": "Killed"},
    "claims-by": {"name": "AUTHORITIES", "stance": "Accuses"},
    "deadliest-events": {"type": "RemoteViolence", "from": "2024-01-01", "to": "2024-12-31", "limit": "1"},
    "denied-by-accused": {"accused": "kyiv"},
    "events": {"type": "ckg:Shelling", "from": "2024-01-01", "to": "2024-01-31", "limit": "3"},
    "events-by-type-and-month": {"type": "RemoteViolence", "from": "2023-12-30", "to": "2024-01-03"},
    "events-in-country": {"country": "ru", "type": "Shelling", "from": "2023-01-01", "to": "2024-01-01"},
    "events-near": {"lat": "50.0", "long": "36.0", "km": "150", "type": "RemoteViolence"},
    "events-of-article": {"article": "SMALL-2", "limit": "2"},
    "evidence": {"event": "event:belgorod-shelling"},
    "independent-sources": {"type": "Shelling", "limit": "2"},
    "perpetrators": {"type": "Shelling", "limit": "2"},
    "place-timeline": {"place": "belgorod CITY"},
    "rival-perpetrators": {"type": "RemoteViolence"},
    "sequences": {"limit": "1"},
    "sources": {"name": "i", "limit": "2"},
    "tolls-by-month": {"type": "RemoteViolence", "from": "2024-01-01", "to": "2024-12-31"},
    "unlinked": {"outcome": "ambiguous"},
    "victims": {"category": "Children", "harm": "Killed"},
    "weapons-by-actor": {"name": "MOSC", "limit": "2"},
    "weapons-by-event-type": {"type": "Shelling"},
    "who-accuses-whom": {"accuser": "russia", "accused": "kyiv"},
}
"""Values for every parameter of every query, such that some rows remain."""


def bound(query: Query, values: str) -> str:
    return query.text if values == "default" else bind(query, ARGUMENTS[query.name])


def select(store: ox.Store, text: str) -> ox.QuerySolutions:
    found = run(store, text)
    assert isinstance(found, ox.QuerySolutions)
    return found


def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> object:
    if term is None:
        return None
    assert not isinstance(term, ox.Triple)
    return number(term.value, term.datatype.value) if isinstance(term, ox.Literal) else term.value


def plain_rdflib(term: rdflib.term.Node | None) -> object:
    if isinstance(term, rdflib.Literal):
        return number(str(term), str(term.datatype or ""))
    return None if term is None else str(term)


def number(value: str, datatype: str) -> object:
    if datatype.endswith(("#decimal", "#integer", "#double")):
        assert math.isfinite(float(value))
        return float(Decimal(value))
    return value
