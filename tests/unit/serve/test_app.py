"""The application without its workers: what it says of itself, whatever it is called."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from kg import store
from kg.serve.app import create


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The application on an empty store."""
    folder = tmp_path_factory.mktemp("store")
    store.write(folder, [])
    return create(folder)


def get(app: Starlette, path: str, **headers: str) -> httpx.Response:
    async def play() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://kg.example") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(play())


@pytest.mark.parametrize(
    ("host", "status"), [("kg.example:8000", 200), ('a"b<c> d', 400), ("[::1", 400), ("\\", 400), ("", 400)]
)
def test_a_name_that_is_none_is_refused(app: Starlette, host: str, status: int) -> None:
    assert get(app, "/sparql", host=host).status_code == status


def test_everything_has_an_address_that_is_described(app: Starlette) -> None:
    paths = {path.split("{")[0] for path in get(app, "/openapi.json").json()["paths"]}
    assert {"/sparql", "/queries", "/ontology", "/health", "/id/"} <= paths
