"""Binding: types, mistakes and injection attempts."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query.bind import bind, term
from kg.query.catalogue import Parameter, ParameterType, Query

ECHO = Query(
    name="echo",
    summary="Gives back its parameter.",
    parameters=(Parameter(name="value", type=ParameterType.STRING, default=None, meaning="Anything."),),
    columns=(),
    text="SELECT ?p_value WHERE { VALUES ?p_value { UNDEF } }\nLIMIT 5",
)

ATTACKS = (
    '" } } ; DROP ALL #',
    "x\" } INSERT DATA { <a:b> <a:c> 'd' } #",
    "\\",
    '\\"',
    '\\" } #',
    "\\u0022 } #",
    "\\\\u0022 } #",
    "\\U00000022",
    "\\\x1f",
    "\\\\\x1f u",
    "a\nb\r\tc",
    "'''\"\"\"",
    "{ } ?p_value $x <https://x> # VALUES ?p_value { 1 }",
    "\\1 \\g<0>",
    "é 漢 😀 \u2028",
    "",
)


def echo(value: str) -> str:
    rows = ox.Store().query(bind(ECHO, {"value": value}))
    assert isinstance(rows, ox.QuerySolutions)
    found = next(rows)["p_value"]
    assert isinstance(found, ox.Literal)
    return found.value


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_injection_attempt_stays_a_literal(attack: str) -> None:
    assert echo(attack) == attack


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_injection_attempt_stays_a_literal_in_rdflib(attack: str) -> None:
    rows = list(rdflib.Graph().query(bind(ECHO, {"value": attack})))
    assert rows == [(rdflib.Literal(attack),)]


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_stays_itself(value: str) -> None:
    assert echo(value) == value


def parameter(kind: ParameterType) -> Parameter:
    return Parameter(name="x", type=kind, default=None, meaning="A value.")


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (ParameterType.INTEGER, "12", "12"),
        (ParameterType.DECIMAL, "-36.5", '"-36.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (ParameterType.DECIMAL, "+7", '"7.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (ParameterType.DATE, "2024-02-29", '"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (ParameterType.IRI, "Shelling", "<https://w3id.org/conflict-kg/ontology#Shelling>"),
        (ParameterType.IRI, "event:a-b", "<https://w3id.org/conflict-kg/id/event/a-b>"),
        (ParameterType.IRI, "<https://example.org/x>", "<https://example.org/x>"),
    ],
)
def test_values_become_terms_of_their_type(kind: ParameterType, value: str, written: str) -> None:
    assert term(parameter(kind), value) == written


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ParameterType.INTEGER, "12.5"),
        (ParameterType.INTEGER, "1 } #"),
        (ParameterType.INTEGER, "-1"),
        (ParameterType.INTEGER, "٣"),
        (ParameterType.DECIMAL, "1e5"),
        (ParameterType.DECIMAL, "nan"),
        (ParameterType.DATE, "2024-02-30"),
        (ParameterType.DATE, "yesterday"),
        (ParameterType.IRI, "https://example.org/> } #"),
        (ParameterType.IRI, "nowhere:x"),
        (ParameterType.IRI, "two words"),
        (ParameterType.IRI, ""),
        (ParameterType.STRING, "\udcff"),
    ],
)
def test_values_of_another_type_are_refused(kind: ParameterType, value: str) -> None:
    with pytest.raises(QueryError, match="parameter x"):
        term(parameter(kind), value)


def test_an_unknown_parameter_names_the_known_ones() -> None:
    with pytest.raises(QueryError, match="it has value: did you mean value"):
        bind(ECHO, {"valeu": "1"})
