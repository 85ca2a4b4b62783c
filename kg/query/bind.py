"""Binding: the user's values become RDF terms in the places that a query keeps for them.

A value is first made into a term of the parameter's type, then written in the escaped form of SPARQL, so that whatever
it holds stays one term and never becomes syntax. The result is plain SPARQL 1.1, the same for every engine.
"""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import pyoxigraph as ox

from kg.countries import load_countries
from kg.errors import QueryError
from kg.query.catalogue import Parameter, ParameterType, Query, places
from kg.query.names import expand
from kg.rdf.literals import in_sparql
from kg.rdf.namespaces import XSD
from kg.terms import NAMESPACE, term_names


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
            close = difflib.get_close_matches(name, known, n=1)
            hint = f": did you mean {close[0]}?" if close else ""
            msg = f"query {query.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}{hint}"
            raise QueryError(msg)
    pieces: list[str] = []
    done = 0
    for name, place in places(query.text).items():
        if name in values:
            group = "limit" if place["name"] is None else "term"
            pieces += [query.text[done : place.start(group)], term(known[name], values[name])]
            done = place.end(group)
    return "".join(pieces) + query.text[done:]


def term(parameter: Parameter, value: str) -> str:
    """Return `value` as a SPARQL term of the parameter's type.

    Raises:
        QueryError: the value does not fit.
    """
    try:
        return _WRITERS[parameter.type](value)
    except ValueError as error:
        msg = f"parameter {parameter.name} must be {_FORMS[parameter.type]}, not {value!r}"
        raise QueryError(msg) from error
    except QueryError as error:
        msg = f"parameter {parameter.name}: {error}"
        raise QueryError(msg) from error


def _string(value: str) -> str:
    return in_sparql(str(ox.Literal(value)))


def _integer(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,9}", value.strip()):
        raise ValueError(value)
    return str(int(value))


def _decimal(value: str) -> str:
    found = re.fullmatch(r"([+-]?)([0-9]{1,9})(?:\.([0-9]{1,9}))?", value.strip())
    if found is None:
        raise ValueError(value)
    sign, whole, rest = found.groups()
    return f'"{sign.replace("+", "")}{int(whole)}.{rest or 0}"^^<{XSD}decimal>'


def _date(value: str) -> str:
    return f'"{dt.datetime.strptime(value.strip(), "%Y-%m-%d").replace(tzinfo=dt.UTC).date().isoformat()}"^^<{XSD}date>'


def _iri(value: str) -> str:
    node = expand(value.strip())
    name = node.value.removeprefix(NAMESPACE)
    if name != node.value and name not in (known := term_names()):
        msg = f"the ontology has no term {name!r}{_hint(name, known)}"
        raise QueryError(msg)
    return str(node)


def _country(value: str) -> str:
    countries = load_countries().values()
    known = {name.casefold(): country.code for country in countries for name in (country.code, country.name)}
    code = known.get(value.strip().casefold())
    if code is None:
        msg = f"{value!r} is no country{_hint(value.strip(), [country.name for country in countries])}"
        raise QueryError(msg)
    return _string(code)


def _hint(wrong: str, names: Iterable[str]) -> str:
    """Return the beginning of a question for what may be meant, nothing when no name is close."""
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(wrong.casefold(), folded, n=3, cutoff=0.6)
    return f": did you mean {' or '.join(folded[name] for name in close)}?" if close else ": see `kg queries`"


_WRITERS: Mapping[ParameterType, Callable[[str], str]] = MappingProxyType(
    {
        ParameterType.STRING: _string,
        ParameterType.INTEGER: _integer,
        ParameterType.DECIMAL: _decimal,
        ParameterType.DATE: _date,
        ParameterType.IRI: _iri,
        ParameterType.COUNTRY: _country,
    }
)

_FORMS: Mapping[ParameterType, str] = MappingProxyType(
    {
        ParameterType.STRING: "text in Unicode",
        ParameterType.INTEGER: "a whole number from 0 on",
        ParameterType.DECIMAL: "a number such as 36.25",
        ParameterType.DATE: "a day as YYYY-MM-DD",
        ParameterType.IRI: "an IRI",
        ParameterType.COUNTRY: "a country",
    }
)
