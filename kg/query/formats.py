"""Results as bytes: the W3C result formats, Turtle and GeoJSON."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec
import pyoxigraph as ox

from kg.config import BASE
from kg.errors import QueryError
from kg.geojson import Feature, FeatureCollection, Point, Value
from kg.query.execute import Results
from kg.rdf.namespaces import XSD, prefixes

_INTEGERS = frozenset(XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_NUMBERS = frozenset(XSD + name for name in ("decimal", "double", "float"))


def write(results: Results, name: str) -> bytes:
    """Return `results` in the format `name`, one of `FORMATS`.

    Raises:
        QueryError: the kind of result has no such form.
    """
    return FORMATS[name](results)


def _solutions(form: ox.QueryResultsFormat) -> Callable[[Results], bytes]:
    def convert(results: Results) -> bytes:
        if isinstance(results, ox.QueryTriples):
            msg = f"CONSTRUCT and DESCRIBE give triples, which have no {form.name} form: use --format ttl"
            raise QueryError(msg)
        found = results.serialize(format=form)
        assert found is not None  # noqa: S101 - without an output the bytes come back
        return found

    return convert


def _turtle(results: Results) -> bytes:
    if not isinstance(results, ox.QueryTriples):
        msg = "SELECT and ASK give no triples: use another --format than ttl, or write CONSTRUCT"
        raise QueryError(msg)
    triples = sorted(set(results), key=str)
    found = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes(BASE))
    assert found is not None  # noqa: S101 - without an output the bytes come back
    return found


def _geojson(results: Results) -> bytes:
    names = [variable.value for variable in results.variables] if isinstance(results, ox.QuerySolutions) else []
    if not isinstance(results, ox.QuerySolutions) or not {"lat", "long"} <= set(names):
        msg = "geojson needs rows with the columns lat and long: use a query such as events, or another --format"
        raise QueryError(msg)
    features = []
    for row in results:
        values = {name: _value(row[name]) for name in names}
        lat, long = values.pop("lat"), values.pop("long")
        place = None
        if isinstance(lat, int | float) and isinstance(long, int | float):
            place = Point(coordinates=(float(long), float(lat)))
        features.append(Feature(geometry=place, properties=values))
    return msgspec.json.format(msgspec.json.encode(FeatureCollection(features=features)), indent=1) + b"\n"


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Triple):
        return str(term)
    if isinstance(term, ox.Literal):
        try:
            if term.datatype.value in _INTEGERS:
                return int(term.value)
            if term.datatype.value in _NUMBERS:
                return float(term.value)
        except ValueError:
            return term.value
    return term.value


FORMATS: Mapping[str, Callable[[Results], bytes]] = MappingProxyType(
    {
        "csv": _solutions(ox.QueryResultsFormat.CSV),
        "tsv": _solutions(ox.QueryResultsFormat.TSV),
        "json": _solutions(ox.QueryResultsFormat.JSON),
        "xml": _solutions(ox.QueryResultsFormat.XML),
        "ttl": _turtle,
        "geojson": _geojson,
    }
)
"""Format name → writer. A table is no data format: see `kg.query.table`."""
