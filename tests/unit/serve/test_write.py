"""Results as bytes, within a limit."""

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.query import run
from kg.serve.write import TooLargeError, UnacceptableError, write

XML = "application/sparql-results+xml"


@pytest.fixture
def store() -> ox.Store:
    made = ox.Store()
    made.update(r'INSERT DATA { <urn:a> <urn:p> "one\u0001two" }')
    return made


def test_a_result_of_just_the_limit_is_written(small: ox.Store) -> None:
    query = "SELECT ?s ?o { ?s rdfs:label ?o }"
    _, body = write(run(small, query), "text/csv", None, 1_000_000)
    assert write(run(small, query), "text/csv", None, len(body)) == ("text/csv", body)
    with pytest.raises(TooLargeError, match="LIMIT"):
        write(run(small, query), "text/csv", None, len(body) - 1)


@pytest.mark.parametrize("limit", [100, 3_000])
def test_triples_have_the_same_limit(small: ox.Store, limit: int) -> None:
    with pytest.raises(TooLargeError):
        write(run(small, "CONSTRUCT WHERE { ?s ?p ?o }"), None, "text/turtle", limit)


@pytest.mark.parametrize(
    ("query", "error"), [("SELECT * { ?s ?p ?o }", UnacceptableError), ("DESCRIBE <urn:a>", InputError)]
)
def test_what_xml_cannot_hold_is_not_written(store: ox.Store, query: str, error: type[Exception]) -> None:
    with pytest.raises(error, match="XML"):
        write(run(store, query), XML, "application/rdf+xml", 1_000_000)


def test_triples_are_the_same_bytes_each_time(small: ox.Store) -> None:
    bodies = {write(run(small, "CONSTRUCT WHERE { ?s ?p ?o }"), None, "text/turtle", 10**7) for _ in range(3)}
    assert len(bodies) == 1
