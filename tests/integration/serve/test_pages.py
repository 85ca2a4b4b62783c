"""Linked data over HTTP: pages for people, RDF for programs, links that lead somewhere."""

import re

import httpx
import pyoxigraph as ox
import pytest

from kg.query import catalogue

pytestmark = pytest.mark.integration

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/id/event/belgorod-shelling", "/ontology"])
@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_programs_get_rdf(client: httpx.Client, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(accept)
    assert answer.headers["Vary"] == "Accept"
    assert len(list(ox.parse(answer.content, ox.RdfFormat.from_media_type(accept)))) > 10


def test_all_links_of_all_pages_lead_somewhere(client: httpx.Client) -> None:
    waiting, pages, anchors = ["/id/event/belgorod-shelling", "/ontology"], dict[str, str](), set[str]()
    while waiting:
        path = waiting.pop()
        if path not in pages:
            answer = client.get(path, headers=BROWSER)
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), path
            pages[path] = answer.text
            for target in re.findall(r'href="(/(?:id/|ontology)[^"]*)"', answer.text):
                address, _, anchor = target.partition("#")
                waiting.append(address)
                anchors.add(anchor)
    assert len(pages) > 50
    assert anchors - {""} <= set(re.findall(r' id="([^"]+)"', pages["/ontology"]))


@pytest.mark.parametrize(
    "path", ["/id/event/none", "/id/event", "/id/", "/id/../../etc/passwd", "/id/%00", "/id/a b<>", "/nowhere"]
)
def test_what_the_graph_does_not_know_is_not_found(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.text.strip()


def test_the_queries_are_listed_and_answer(client: httpx.Client) -> None:
    listed = client.get("/queries").json()
    assert [query["name"] for query in listed] == list(catalogue())
    for query in listed:
        answer = client.get(f"/queries/{query['name']}")
        assert answer.json()["head"]["vars"] == [column["name"] for column in query["columns"]]


def test_a_query_takes_parameters(client: httpx.Client) -> None:
    rows = client.get("/queries/events", params={"type": "ckg:Shelling", "limit": "1"}, headers={"Accept": "text/csv"})
    assert rows.text.count("\n") == 2


def test_people_get_forms_and_tables(client: httpx.Client) -> None:
    forms = client.get("/queries", headers=BROWSER).text
    assert all(f'action="/queries/{name}"' in forms for name in catalogue())
    fields = {parameter.name: "" for parameter in catalogue()["events"].parameters} | {"type": "Shelling"}
    table = client.get("/queries/events", params=fields, headers=BROWSER)
    assert table.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<a href="/id/event/belgorod-shelling">event:belgorod-shelling</a>' in table.text
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers=BROWSER).text
    assert "<td>yes</td>" in answer


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/queries/evnts", 404, "there is no query"),
        ("/queries/events?limit=many", 400, "a whole number"),
        ("/queries/events?limit=1&limit=2", 400, "once"),
        ("/queries/events?from=yesterday", 400, "YYYY-MM-DD"),
        ("/queries/events?tpye=Shelling", 400, "did you mean type"),
        ("/queries/events?type=%ff", 400, "cannot be read"),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(client: httpx.Client, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
