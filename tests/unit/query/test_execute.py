"""Running SPARQL: read only, with helpful errors."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import find, run


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


def test_an_unknown_query_names_close_ones() -> None:
    with pytest.raises(QueryError, match="deadliest-events"):
        find("deadliest-event")
    with pytest.raises(QueryError, match="no query"):
        find("../queries/events")
