"""`kg query --endpoint` against a server on this machine that plays a SPARQL service, well and badly."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.config import RemoteConfig
from kg.errors import EndpointError
from kg.query.remote import Endpoint
from tests import triple_store
from tests.triple_store import TripleStore

ROWS = "SELECT ?o { ?s ?p ?o }"
PATIENT = RemoteConfig(timeout=1.0, retries=2, max_wait=0.05, max_answer_bytes=1_000_000)
VIRTUOSO = b"""{ "head": { "link": [], "vars": ["o"] }, "results": { "distinct": false, "ordered": true, "bindings": [
  { "o": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "7" }} ] } }"""
XML = b"""<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="o"/></head><results>
  <result><binding name="o"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">7</literal></binding></result></results></sparql>"""


@pytest.fixture
def server() -> Iterator[TripleStore]:
    with triple_store.serve() as running:
        running.store.update("INSERT DATA { <urn:s> <urn:p> 7 . GRAPH <urn:g> { <urn:s> <urn:p> 8 } }")
        yield running


def values(server: TripleStore, *, graph: str | None = None) -> list[str]:
    found = Endpoint(f"{server.url}/query", graph=graph, config=PATIENT).run(ROWS)
    assert isinstance(found, ox.QuerySolutions)
    return [str(row["o"]) for row in found]


SEVEN = ['"7"^^<http://www.w3.org/2001/XMLSchema#integer>']


def test_rows_come_back_typed_from_the_graph_that_is_asked(server: TripleStore) -> None:
    assert values(server) == SEVEN
    values(server, graph="urn:g")
    assert [request.method for request in server.requests] == ["POST", "POST"]
    assert b"default-graph-uri=urn%3Ag" in server.requests[1].body


@pytest.mark.parametrize(
    "answer",
    [
        triple_store.status(200, VIRTUOSO),
        triple_store.status(200, XML, Content_Type="application/sparql-results+xml; charset=utf-8"),
        triple_store.status(200, VIRTUOSO, Content_Type="text/plain"),
    ],
)
def test_results_are_read_in_whatever_form_they_come(server: TripleStore, answer: triple_store.Behaviour) -> None:
    server.answers = [answer]
    assert values(server) == SEVEN


@pytest.mark.parametrize(
    "behaviour",
    [
        triple_store.status(429, Retry_After="0"),
        triple_store.status(502),
        triple_store.status(503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT"),
        triple_store.half_done,
    ],
)
def test_a_busy_endpoint_is_asked_again(server: TripleStore, behaviour: triple_store.Behaviour) -> None:
    server.answers = [behaviour, behaviour]
    assert values(server) == SEVEN
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (triple_store.status(503), "503 Service Unavailable; asked 3 times"),
        (triple_store.status(400, b"Parse error at line 3"), "Parse error at line 3"),
        (triple_store.status(401), "refuses the query"),
        (triple_store.status(403), "answers 403 Forbidden"),
        (triple_store.status(500, b"out of memory"), "out of memory"),
        (triple_store.status(307, b"", Location="/other"), "answers 307"),
        (triple_store.deaf, "does not answer with SPARQL results"),
        (triple_store.status(200, VIRTUOSO[:-30]), "does not answer with SPARQL results"),
        (triple_store.slow(1.5), "cannot be reached"),
        (triple_store.trickling, "no whole answer within 1 seconds"),
        (triple_store.endless, "more than 1,000,000 bytes"),
    ],
)
def test_a_bad_endpoint_is_named_with_its_words(
    server: TripleStore, behaviour: triple_store.Behaviour, words: str
) -> None:
    server.answers = [behaviour] * 3
    with pytest.raises(EndpointError, match=words):
        values(server)
