from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.serve.explorer import page, routes
from kg.vocab import load_vocab

EVENT = "https://w3id.org/conflict-kg/id/event/belgorod-shelling"


@pytest.fixture
def client(small: ox.Store) -> TestClient:
    return TestClient(Starlette(routes=routes(small, load_vocab())))


def test_events_come_compressed_and_are_kept_by_their_tag(client: TestClient) -> None:
    first = client.get("/explorer/events")
    assert first.headers["content-encoding"] == "gzip"
    assert first.json()["events"]["iri"]
    again = client.get("/explorer/events", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get("/explorer/events", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == first.json()


def test_an_event_by_its_iri(client: TestClient) -> None:
    assert client.get("/explorer/event", params={"iri": EVENT}).json()["type"] == "Shelling"


@pytest.mark.parametrize("iri", ["", "no iri", "https://example.org/none", "a" * 5000, "http://[", "<>"])
def test_what_is_not_there_is_404_with_words(client: TestClient, iri: str) -> None:
    for path in ("/explorer/event", "/explorer/actor"):
        answer = client.get(path, params={"iri": iri})
        assert answer.status_code == 404
        assert "there is no such" in answer.json()["error"]


def test_speeches_need_a_side(client: TestClient) -> None:
    answer = client.get("/explorer/speeches", params={"source": "no iri"})
    assert answer.status_code == 400
    assert "accused" in answer.json()["error"]


def test_without_the_built_page_the_server_says_how_to_build_it(tmp_path: Path) -> None:
    answer = TestClient(Starlette(routes=page.routes(tmp_path))).get("/")
    assert answer.status_code == 503
    assert "make web" in answer.text


def test_the_built_page_has_strict_rules_and_no_other_files(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/main-1.js").write_text("1")
    (tmp_path / "index.html").write_text("<p>page")
    (tmp_path / "secret").write_text("secret")
    client = TestClient(Starlette(routes=page.routes(tmp_path)))
    assert "script-src 'self'" in client.get("/").headers["content-security-policy"]
    assert "immutable" in client.get("/assets/main-1.js").headers["cache-control"]
    for path in ("/assets/../secret", "/assets/%2e%2e%2fsecret", "/assets/none.js", "/assets/%2e%2e", "/assets/%00"):
        assert client.get(path).status_code == 404
