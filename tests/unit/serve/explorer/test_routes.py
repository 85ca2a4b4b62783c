from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import anyio
import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.config import BASE
from kg.errors import StoreError
from kg.serve.answers import Answers
from kg.serve.explorer import page
from kg.serve.explorer.routes import routes
from kg.serve.explorer.whole import Whole
from kg.serve.job import Answer, Job
from kg.serve.worker import Rules, answer

EVENT = "https://w3id.org/conflict-kg/id/event/belgorod-shelling"
RULES = Rules(timeout=60, memory=1_000_000_000, result=1_000_000, base=BASE)
Work = Callable[[Job], Awaitable[Answer]]


@contextmanager
def served(work: Work) -> Iterator[TestClient]:
    """The page, with `work` for all workers."""

    @asynccontextmanager
    async def aside() -> AsyncIterator[Work]:
        yield work

    made = Whole(aside)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(made.make)
            yield
            tasks.cancel_scope.cancel()

    app = Starlette(routes=routes(Answers(work, 1_000_000), made), lifespan=lifespan)
    with TestClient(app) as client:
        yield client


def working(store: ox.Store) -> Work:
    async def work(job: Job) -> Answer:
        return answer(store, job, RULES)

    return work


@pytest.fixture
def client(small: ox.Store) -> Iterator[TestClient]:
    with served(working(small)) as running:
        yield running


def test_events_come_compressed_and_are_kept_by_their_tag(client: TestClient) -> None:
    first = client.get("/explorer/events")
    assert first.headers["content-encoding"] == "gzip"
    assert first.json()["events"]["iri"]
    again = client.get("/explorer/events", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get("/explorer/events", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == first.json()


def test_who_comes_too_early_is_told_to_come_back() -> None:
    async def never(_: Job) -> Answer:
        await anyio.sleep_forever()
        raise AssertionError

    with served(never) as client:
        early = client.get("/explorer/events")
    assert (early.status_code, early.headers["retry-after"]) == (202, "1")
    assert "reads the whole graph" in early.json()["preparing"]


@pytest.mark.parametrize("error", [StoreError("no worker"), EOFError(), OSError()])
def test_what_cannot_be_made_is_told(error: Exception) -> None:
    async def broken(_: Job) -> Answer:
        raise error

    with served(broken) as client:
        answers = [client.get(f"/explorer/{part}") for part in ("events", "relations")]
    assert [found.status_code for found in answers] == [503, 503]
    assert "could not read" in answers[0].json()["error"]


def test_an_event_by_its_iri(client: TestClient) -> None:
    assert client.get("/explorer/event", params={"iri": EVENT}).json()["type"] == "Shelling"


@pytest.mark.parametrize("iri", ["", "no iri", "https://example.org/none", "a" * 5000, "http://[", "<>"])
def test_what_is_not_there_is_404_with_words(client: TestClient, iri: str) -> None:
    for path in ("/explorer/event", "/explorer/actor"):
        found = client.get(path, params={"iri": iri})
        assert found.status_code == 404
        assert "there is no such" in found.json()["error"]


def test_speeches_need_a_side(client: TestClient) -> None:
    found = client.get("/explorer/speeches", params={"source": "no iri"})
    assert found.status_code == 400
    assert "accused" in found.json()["error"]


def test_without_the_built_page_the_server_says_how_to_build_it(tmp_path: Path) -> None:
    found = TestClient(Starlette(routes=page.routes(tmp_path))).get("/")
    assert found.status_code == 503
    assert "make web" in found.text


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
