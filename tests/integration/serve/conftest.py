"""The server over the small graph, shared by the tests of a module."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from tests import browser
from tests.conftest import SMALL
from tests.server import Server, serving

LIMITS = """
[serve]
timeout = 2.0
workers = 3
queue = 4
max_query_bytes = 100_000
max_result_bytes = 1_000_000
memory = 400_000_000
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server with low limits."""
    with serving(tmp_path_factory.mktemp("server"), "--data", str(SMALL), settings=LIMITS) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """A client of the server."""
    with httpx.Client(base_url=server.url, timeout=30) as made:
        yield made


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    """The browser."""
    with browser.chromium() as found:
        yield found
