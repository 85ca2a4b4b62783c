"""Every canned query: complete header, valid SPARQL, equal rows in two engines, golden rows, safe parameters."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.query import Query, bind
from kg.query.catalogue import ParameterType, places
from kg.query.formats import write
from kg.vocab import load_vocab
from tests.queries import ARGUMENTS, QUERIES, bound, plain, plain_rdflib, select

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "golden" / "queries"
both = pytest.mark.parametrize("values", ["default", "given"])
each = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "data" / "small.ttl")


def test_the_catalogue_is_large_enough_and_every_query_has_arguments() -> None:
    assert len(QUERIES) >= 20
    assert set(ARGUMENTS) == set(QUERIES)


@each
def test_the_header_tells_everything(query: Query, small: ox.Store) -> None:
    assert query.summary.endswith((".", "?"))
    assert [column.name for column in query.columns] == [v.value for v in select(small, query.text).variables]
    assert {parameter.name for parameter in query.parameters} == set(places(query.text))
    assert {parameter.name for parameter in query.parameters} == set(ARGUMENTS[query.name])
    assert all(item.meaning.endswith(".") for item in (*query.parameters, *query.columns))


@each
def test_the_query_is_valid_without_any_help(query: Query) -> None:
    ox.Store().query(query.text)
    rdflib.Graph().query(query.text)


@each
def test_the_shape_is_cheap_and_portable(query: Query) -> None:
    assert not re.search(r"\bNOT\s+EXISTS\b|\bSERVICE\b|\bbif:|\bFROM\b", query.text)
    # Behind several patterns quadratic in Oxigraph (146 s for one million triples), behind one pattern linear.
    assert not re.search(r"OPTIONAL \{[^{}]*[;.]\s[^{}]*OPTIONAL", query.text)
    # CONTAINS with an empty string is false in Virtuoso.
    assert query.text.count("CONTAINS(") == len(re.findall(r'\(\?p_\w+ = "" \|\| CONTAINS\(', query.text))


@each
def test_no_patterns_are_joined_without_a_common_variable(query: Query) -> None:
    """rdflib works out each run of triple patterns by itself: two that share nothing are all pairs (hours, not seconds)."""

    def check(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "BGP":
            apart = [{term for term in triple if isinstance(term, rdflib.Variable)} for triple in node.triples]
            known = apart.pop(0) if apart else set()
            while shared := [terms for terms in apart if terms & known]:
                apart = [terms for terms in apart if not terms & known]
                known = known.union(*shared)
            assert not apart, node.triples

    traverse(prepareQuery(query.text).algebra, visitPost=check)


@each
def test_the_groups_of_event_classes_are_those_of_the_ontology(query: Query) -> None:
    found = re.search(r"\?type NOT IN \(([^)]*)\)", query.text)
    if found:
        assert set(found[1].replace(",", " ").split()) == {
            "ckg:Event",
            *(f"ckg:{parent}" for parent in load_vocab().parents.values()),
        }


@each
@both
def test_the_rows_are_as_recorded(query: Query, values: str, small: ox.Store, *, update_golden: bool) -> None:
    rows = write(select(small, bound(query, values)), "tsv")
    path = GOLDEN / f"{query.name}.{values}.tsv"
    if update_golden:
        path.write_bytes(rows)
    assert rows == path.read_bytes(), "if the change is meant: pytest --update-golden"


@each
@both
def test_two_engines_agree(query: Query, values: str, small: ox.Store, graph: rdflib.Graph) -> None:
    text = bound(query, values)
    solutions = select(small, text)
    columns = [variable.value for variable in solutions.variables]
    ours = [tuple(plain(row[name]) for name in columns) for row in solutions]
    theirs = [tuple(plain_rdflib(row[name]) for name in columns) for row in graph.query(text)]
    assert sorted(ours, key=str) == sorted(theirs, key=str)


@each
def test_the_arguments_leave_rows(query: Query, small: ox.Store) -> None:
    assert list(select(small, bind(query, ARGUMENTS[query.name])))


@each
@pytest.mark.parametrize("attack", ['" } } INSERT DATA { <a:b> <a:c> 1 } #', "\\", '\\" . ?s ?p ?o #', "\\u0022 } #"])
def test_injection_attempts_find_nothing(query: Query, attack: str, small: ox.Store, graph: rdflib.Graph) -> None:
    for parameter in query.parameters:
        if parameter.type is ParameterType.STRING:
            text = bind(query, {parameter.name: attack})
            assert not list(select(small, text))
            assert not list(graph.query(text))


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("events", {"type": "Shellin"}, "no term 'Shellin': did you mean Shelling"),
        ("events-in-country", {"country": "ZZ"}, "'ZZ' is no country"),
        ("events-in-country", {"country": "Ukrain"}, "did you mean Ukraine"),
    ],
)
def test_a_value_that_cannot_have_rows_is_an_error(name: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        bind(QUERIES[name], values)


def test_a_country_may_be_named() -> None:
    query = QUERIES["events-in-country"]
    assert bind(query, {"country": "ukraine"}) == bind(query, {"country": "UA"})
