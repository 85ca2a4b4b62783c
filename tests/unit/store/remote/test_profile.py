"""Profiles: every store gets its requests where its manual says; wrong ones are explained."""

from pathlib import Path

import httpx
import msgspec
import pytest

from kg.config import RemoteConfig
from kg.errors import ConfigError
from kg.store.remote import Target, load
from kg.store.remote.profile import GRAPH, find_profile, profiles

NAMED = "https://example.org/g?a=1&b"
IRI = "https%3A%2F%2Fexample.org%2Fg%3Fa%3D1%26b"
OWN = "https%3A%2F%2Fw3id.org%2Fconflict-kg%2Fgraph"
PLACES = {
    "generic": (f"?graph={IRI}", "?default", None),
    "sparql-update": ("", "", ""),
    "fuseki": (f"/data?graph={IRI}", "/data?default", "/query"),
    "graphdb": (f"/rdf-graphs/service?graph={IRI}", "/rdf-graphs/service?default", ""),
    "rdf4j": (f"/rdf-graphs/service?graph={IRI}", "/rdf-graphs/service?default", ""),
    "oxigraph": (f"/store?graph={IRI}", "/store?default", "/query"),
    "virtuoso": (f"/sparql-graph-crud-auth?graph-uri={IRI}", f"/sparql-graph-crud-auth?graph-uri={OWN}", "/sparql"),
    "qlever": (f"?graph={IRI}", "?default", ""),
    "stardog": (f"?graph={IRI}", "?default", "/query"),
    "allegrograph": (f"/statements?context=%3C{IRI}%3E", "/statements?context=null", ""),
    "neptune": (f"/sparql/gsp/?graph={IRI}", "/sparql/gsp/?default", "/sparql"),
}
"""What stands behind --to: a named graph, the default graph, queries."""
TO = "https://store.example.org/repositories/news"


def requests(name: str, graph: str | None, folder: Path) -> list[httpx.Request]:
    """Return what `kg load` sends to a store that does as it is told."""
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(told(request.content)))

    def told(body: bytes) -> bytes:
        if b"ASK" in body:
            return b'{"head": {}, "boolean": true}'
        row = {"n": {"type": "literal", "value": "1"}, "g": {"type": "uri", "value": graph or GRAPH}}
        return msgspec.json.encode({"head": {"vars": ["g", "n"]}, "results": {"bindings": [row]}})

    file = folder / "one.nt"
    file.write_text('<https://example.org/s> <https://example.org/p> "o" .\n')
    target = Target(to=TO, profile=find_profile(name), graph=graph, journals=folder)
    load(file, target, config=RemoteConfig(), transport=httpx.MockTransport(answer))
    return seen


def test_every_profile_is_tested() -> None:
    assert set(PLACES) == set(profiles())


@pytest.mark.parametrize("name", PLACES)
def test_requests_go_where_the_store_expects_them(name: str, tmp_path: Path) -> None:
    named, default, query = PLACES[name]
    for graph, place in ((NAMED, named), (None, default)):
        write, *asked = requests(name, graph, tmp_path)
        assert str(write.url) == TO + place
        assert {str(request.url) for request in asked} == (set() if query is None else {TO + query})


def test_a_named_graph_is_named_in_an_update(tmp_path: Path) -> None:
    body = requests("sparql-update", NAMED, tmp_path)[0].content.decode()
    assert body == f'INSERT DATA {{ GRAPH <{NAMED}> {{ <https://example.org/s> <https://example.org/p> "o" .\n }} }}'


@pytest.mark.parametrize("name", PLACES)
def test_bodies_have_a_length_and_no_chunks(name: str, tmp_path: Path) -> None:
    # Virtuoso answers a body in chunked transfer coding with 201 and drops it.
    for request in requests(name, None, tmp_path):
        assert request.headers["Content-Length"] == str(len(request.content))
        assert "Transfer-Encoding" not in request.headers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a]\nto = 'x'\n", "`named` or `update`"),
        ("[a]\nto = 'x'\nnamed = ''\nport = 1\n", "port"),
        ("[a]\nto = 'x'\nnamed = ''\nauth = 'kerberos'\n", "kerberos"),
        ("[a]\nto = 'x'\nnamed = ''\n[b]\nto = 'x'\nnamed = ''\n", "one profile, not 2"),
        ("a", "own.toml"),
    ],
)
def test_wrong_profiles_are_explained(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=words):
        find_profile(str(file))


def test_a_name_that_nearly_fits_is_suggested() -> None:
    with pytest.raises(ConfigError, match="did you mean fuseki"):
        find_profile("fuski")
