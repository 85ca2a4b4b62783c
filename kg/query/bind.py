"""Binding: the user's values become RDF terms in the places that a query keeps for them.

A value is first made into a term of the parameter's type, then written in the escaped form of SPARQL, so that whatever
it holds stays one term and never becomes syntax. The result is plain SPARQL 1.1, the same for every engine.
"""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.catalogue import Parameter, ParameterType, Query, places
from kg.query.prefixes import PREFIXES

_XSD = "http://www.w3.org/2001/XMLSchema#"


def bind(query: Query, values: Mapping[str, str]) -> str:
    """Return the SPARQL text of `query` with `values` in the places of its parameters.

    Args:
        query: a canned query.
        values: parameter name → value as the user wrote it.

    Raises:
        QueryError: a parameter does not exist, or a value does not fit its type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1) or list(known)
            msg = f"query {query.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}"
            raise QueryError(f"{msg}: did you mean {close[0]}?" if close else msg)
    spots = sorted((places(query.text)[name], term(known[name], value)) for name, value in values.items()) if False else [
        (places(query.text)[name], term(known[name], value)) for name, value in values.items()
    ]
    text = query.text
    for place, written in sorted(spots, key=lambda spot: spot[0].start(), reverse=True):
        group = "limit" if place["name"] is None else "term"
        text = text[: place.start(group)] + written + text[place.end(group) :]
    return text
