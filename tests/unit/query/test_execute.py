"""Running SPARQL: read only, with helpful errors."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import find, run
from kg.query.execute import Dataset


def test_prefixes_need_no_declaration(small: ox.Store) -> None:
    assert bool(run(small, "ASK { event:belgorod-shelling a ckg:Shelling }"))


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:b> <a:c> 1 }",
        "# harmless\nPREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
        "BASE <http://x/> CLEAR ALL",
        "drop all",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(small: ox.Store, update: str) -> None:
    size = len(small)
    with pytest.raises(QueryError, match="update"):
        run(small, update)
    assert len(small) == size


def test_service_is_refused(small: ox.Store) -> None:
    with pytest.raises(QueryError, match="--endpoint"):
        run(small, "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "calls",
    [
        "?s ?p 1SERVICE <urn:x> { ?a ?b ?c }",
        "?s ?p ?o.SERVICE<urn:x>{ ?a ?b ?c }",
        "SERVICESILENT<urn:x>{ ?a ?b ?c }",
        "SERVICE:x{ ?a ?b ?c }",
        "VALUES ?x { <urn:x> } SERVICE?x{ ?a ?b ?c }",
        "Service # { \n <urn:x#y> # }\n { ?a ?b ?c }",
        r"?s :a\#b ?o . SERVICE <urn:x> { ?a ?b ?c }",
        r"?s :a\'b ?o . SERVICE <urn:x> { ?a ?b ?c } ?s :a\'b ?o",
        '?s ?p ?a, ?b FILTER(?a<?b#> """\n) SERVICE <urn:x> { ?a ?b ?c } #"""\n',
        r"SERVICE :a\#b#{\n { ?a ?b ?c }".replace(r"\n", "\n"),
        r"\u0053ERVICE <urn:x> { ?a ?b ?c }",
        r"\U00000053ERVICE <urn:x> { ?a ?b ?c }",
    ],
)
def test_service_is_found_however_it_is_written(small: ox.Store, calls: str) -> None:
    with pytest.raises(QueryError, match="--endpoint"):
        run(small, f"PREFIX : <http://127.0.0.1:9/> SELECT * {{ {calls} }}")


@pytest.mark.parametrize(
    "text", ["#" * 200_000, "SERVICE " * 30_000, "PREFIX a: <b> " * 20_000, "SERVICE" + "#\n" * 90_000]
)
def test_long_queries_are_searched_in_no_time(small: ox.Store, text: str) -> None:
    with pytest.raises(QueryError, match="not valid"):
        run(small, text)


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?service ?p "SERVICE <x>" }',
        "# SERVICE\nASK { ?s <http://x/SERVICE> ?service }",
        "PREFIX SERVICE: <http://x/> ASK { ?s SERVICE:x '''DROP ' SERVICE ''' }",
    ],
)
def test_the_word_service_elsewhere_is_harmless(small: ox.Store, query: str) -> None:
    assert not bool(run(small, query))


def test_a_syntax_error_shows_the_place(small: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"line 2, column 3: .*\n  \? oops\n    \^"):
        run(small, "SELECT * WHERE { ?s ?p\n? oops }".replace(" }", ""))


def test_named_graphs_count_as_one(small: ox.Store) -> None:
    store = ox.Store()
    graph = ox.NamedNode("https://example.org/g")
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in small)
    assert len(list(run(store, find("events").text))) == len(list(run(small, find("events").text))) == 5


@pytest.fixture
def three() -> ox.Store:
    """One triple in the default graph and in each of two named ones."""
    store = ox.Store()
    store.update("INSERT DATA { <urn:a> a 1 . GRAPH <urn:g> { <urn:b> a 1 } GRAPH <urn:h> { <urn:c> a 1 } }")
    return store


@pytest.mark.parametrize(
    ("query", "dataset", "subjects"),
    [
        ("SELECT ?s { ?s a 1 }", Dataset(), "abc"),
        ("SELECT ?s FROM <urn:g> { ?s a 1 }", Dataset(), "b"),
        ("PREFIX u: <urn:> SELECT ?s from u:h { ?s a 1 }", Dataset(), "c"),
        ("SELECT ?s { ?s a 1 FILTER(?s != 'from <urn:g>') } # from <urn:g>", Dataset(), "abc"),
        ("SELECT ?s FROM NAMED <urn:g> { GRAPH ?from { ?s a 1 } }", Dataset(), "b"),
        ("SELECT ?s FROM <urn:g> { ?s a 1 }", Dataset(default=("urn:h",)), "c"),
        ("SELECT ?s { ?s a 1 }", Dataset(default=("urn:g", "urn:h")), "bc"),
        ("SELECT ?s { ?s a 1 }", Dataset(named=("urn:g",)), ""),
        ("SELECT ?s { GRAPH ?g { ?s a 1 } }", Dataset(named=("urn:g",)), "b"),
    ],
)
def test_a_query_sees_the_graphs_that_it_is_given(three: ox.Store, query: str, dataset: Dataset, subjects: str) -> None:
    found = run(three, query, dataset)
    assert isinstance(found, ox.QuerySolutions)
    assert sorted(row["s"].value for row in found) == [f"urn:{name}" for name in subjects]


def test_a_graph_that_is_no_iri_is_refused(three: ox.Store) -> None:
    with pytest.raises(QueryError, match="absolute IRI"):
        run(three, "ASK {}", Dataset(default=("no iri",)))


def test_an_unknown_function_is_named(small: ox.Store) -> None:
    with pytest.raises(QueryError, match="urn:f"):
        run(small, "SELECT (<urn:f>(1) AS ?x) {}")


def test_an_unknown_query_names_close_ones() -> None:
    with pytest.raises(QueryError, match="deadliest-events"):
        find("deadliest-event")
    with pytest.raises(QueryError, match="no query"):
        find("../queries/events")
