"""SPARQL 1.1 Protocol as curl, SPARQLWrapper, rdflib and httpx speak it."""

import subprocess
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.query.remote import Endpoint
from kg.rdf.namespaces import ckg
from tests.queries import QUERIES, bound, plain, select
from tests.server import Server

pytestmark = pytest.mark.integration

COUNT = "SELECT (COUNT(*) AS ?n) { ?e a ckg:Event }"
ASK = "ASK { event:belgorod-shelling a ckg:Shelling }"
CONSTRUCT = "CONSTRUCT { ?e rdfs:label ?l } WHERE { ?e a ckg:Event ; rdfs:label ?l }"
FORM = "application/x-www-form-urlencoded"
ROWS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
TRIPLES = ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]


RDF = {
    SPARQLWrapper.TURTLE: ox.RdfFormat.TURTLE,
    SPARQLWrapper.N3: ox.RdfFormat.TURTLE,
    SPARQLWrapper.RDFXML: ox.RdfFormat.RDF_XML,
    SPARQLWrapper.JSONLD: ox.RdfFormat.JSON_LD,
}


def triples(answer: httpx.Response) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(answer.content, ox.RdfFormat.from_media_type(media(answer)))}


def media(answer: httpx.Response) -> str:
    return answer.headers["Content-Type"].partition(";")[0]


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("GET", {"params": {"query": COUNT}}),
        ("POST", {"data": {"query": COUNT}}),
        ("POST", {"content": COUNT, "headers": {"Content-Type": "application/sparql-query"}}),
        ("POST", {"content": f"\ufeff{COUNT}", "headers": {"Content-Type": "application/sparql-query; charset=UTF-8"}}),
        ("POST", {"content": f"query={quote(COUNT)}", "headers": {"Content-Type": f"{FORM}; charset=UTF-8"}}),
    ],
)
def test_a_query_comes_in_three_ways(client: httpx.Client, method: str, options: dict[str, object]) -> None:
    answer = client.request(method, "/sparql", **options)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    assert media(answer) == ROWS[0]
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "5"


@pytest.mark.parametrize("query", [COUNT, ASK])
@pytest.mark.parametrize("accept", ROWS)
def test_rows_come_in_the_form_that_is_asked_for(client: httpx.Client, query: str, accept: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": f"{accept}, */*;q=0.1"})
    assert (answer.status_code, media(answer)) == (200, accept)
    assert answer.headers["Vary"] == "Accept"
    assert "5" in answer.text or "true" in answer.text


@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE event:belgorod-shelling"])
@pytest.mark.parametrize("accept", TRIPLES)
def test_triples_come_in_the_form_that_is_asked_for(client: httpx.Client, query: str, accept: str) -> None:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, media(answer)) == (200, accept)
    assert len(triples(answer)) >= 5


@pytest.mark.parametrize(("query", "accept"), [(COUNT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png")])
def test_what_has_no_such_form_is_not_acceptable(client: httpx.Client, query: str, accept: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "accept one of" in answer.text


@pytest.mark.parametrize("accept", ["*/*", *TRIPLES])
def test_the_service_describes_itself(client: httpx.Client, server: Server, accept: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    namespace = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = ox.NamedNode(f"{server.url}/sparql")
    named = {name: ox.NamedNode(namespace + name) for name in ("endpoint", "supportedLanguage", "SPARQL11Query")}
    assert ox.Triple(endpoint, named["endpoint"], endpoint) in triples(answer)
    assert ox.Triple(endpoint, named["supportedLanguage"], named["SPARQL11Query"]) in triples(answer)


def test_a_graph_of_the_protocol_takes_the_place_of_those_of_the_query(client: httpx.Client) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = client.get("/sparql", params={"query": COUNT, name: "urn:none"}, headers={"Accept": "text/csv"})
        assert answer.text.split() == ["n", "0"]


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("request_method", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper_gets_all_forms(server: Server, method: str, request_method: str) -> None:
    def ask(query: str, form: str) -> object:
        wrapper = SPARQLWrapper.SPARQLWrapper(f"{server.url}/sparql")
        wrapper.setMethod(method)
        wrapper.setRequestMethod(request_method)
        wrapper.setQuery(query)
        wrapper.setReturnFormat(form)
        answer = wrapper.query()
        return answer.convert() if form not in RDF else answer.response.read()

    prefix = (
        "PREFIX ckg: <https://w3id.org/conflict-kg/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    )
    assert ask(prefix + COUNT, SPARQLWrapper.JSON)["results"]["bindings"][0]["n"]["value"] == "5"  # type: ignore[index]
    assert "<literal" in ask(prefix + COUNT, SPARQLWrapper.XML).toxml()  # type: ignore[attr-defined]
    assert ask(prefix + COUNT, SPARQLWrapper.CSV).split() == [b"n", b"5"]  # type: ignore[attr-defined]
    for form, syntax in RDF.items():
        assert len(list(ox.parse(ask(prefix + CONSTRUCT, form), syntax))) == 5  # type: ignore[arg-type]


def test_sparqlwrapper_reads_what_is_wrong(server: Server) -> None:
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="not valid SPARQL"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_takes_the_server_for_a_store(server: Server, method: str) -> None:
    store = SPARQLStore(f"{server.url}/sparql", method=method)
    graph = rdflib.Graph(store)
    event = rdflib.URIRef("https://w3id.org/conflict-kg/id/event/belgorod-shelling")
    shelling = rdflib.URIRef(ckg("Shelling").value)
    assert (event, rdflib.RDF.type, shelling) in graph
    assert event in set(graph.subjects(rdflib.RDF.type, shelling))
    assert len(list(graph.query("SELECT ?s { ?s a ?type }", initBindings={"type": shelling}))) >= 1
    assert len(graph) == sum(1 for _ in graph.triples((None, None, None)))
    assert len(graph.query("CONSTRUCT WHERE { ?s a ?o }").graph or ()) > 5


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--data-urlencode", f"query={COUNT}"], '"value":"5"'),
        (["--get", "--data-urlencode", f"query={COUNT}", "--header", "Accept: text/csv"], "n\n5"),
        (["--header", "Content-Type: application/sparql-query", "--data-binary", ASK], '"boolean":true'),
        (["--head"], ""),
    ],
)
def test_curl_works_with_its_defaults(server: Server, options: list[str], words: str) -> None:
    command = ["curl", "--silent", "--show-error", "--fail-with-body", *options, f"{server.url}/sparql"]
    assert words in subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("values", ["default", "given"])
@pytest.mark.parametrize("name", sorted(QUERIES))
def test_our_own_client_gets_the_rows_of_the_store(server: Server, small: object, name: str, values: str) -> None:
    text = bound(QUERIES[name], values)
    columns = [column.name for column in QUERIES[name].columns]
    expected = [tuple(plain(row[column]) for column in columns) for row in select(small, text)]  # type: ignore[arg-type]
    found = Endpoint(f"{server.url}/sparql").run(text)
    assert [tuple(plain(row[column]) for column in columns) for row in found] == expected  # type: ignore[union-attr, index]
