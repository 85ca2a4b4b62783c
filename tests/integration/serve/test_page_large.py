"""The explorer page on 50,000 events in a real browser."""

from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, expect

from tests import browser
from tests.browser import Visit, visiting
from tests.many import triples
from tests.server import serving

pytestmark = pytest.mark.integration

EVENTS = 50_000
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
BESIDE = 1.0
"""Seconds that a query may take while the server reads all events, on a busy machine."""
FIRST_PAINT = 2_000
"""Milliseconds that may pass until something is seen."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of 50,000 events that has read them all."""
    browser.needed()
    folder = tmp_path_factory.mktemp("large") / "store"
    store = ox.Store(folder)
    store.bulk_load("".join(triples(EVENTS)).encode(), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    del store
    with serving(folder.parent, "--store", str(folder)) as server:
        with httpx.Client(base_url=server.url, timeout=10) as client:
            while client.get("/explorer/events").status_code == httpx.codes.ACCEPTED:
                assert client.get("/sparql", params={"query": "ASK {}"}).elapsed.total_seconds() < BESIDE
        yield server.url


@pytest.fixture
def visit(running: Browser, address: str) -> Iterator[Visit]:
    """A window of a desk; nothing may be asked of others, nor go wrong."""
    with visiting(running, address) as window:
        yield window
        assert window.outside == []
        assert window.problems == []


def test_the_first_paint_is_soon_and_all_events_follow(visit: Visit) -> None:
    page = visit.open()
    expect(page.locator(".status")).to_contain_text("50,000 events")
    expect(page.locator(".mark").first).to_be_visible()
    assert page.evaluate(PAINT) <= FIRST_PAINT


def test_filter_click_evidence_and_share(visit: Visit, running: Browser, address: str) -> None:
    page = visit.open("#/events?sort=oldest")
    page.locator(".facet > summary", has_text="Place").click()
    page.get_by_role("searchbox", name="Find in place").fill("place 0")
    page.locator(".facet label", has_text="Place 0").click()
    expect(page.locator(".status")).to_contain_text("of 50,000 events")
    page.locator(".item").first.click()
    expect(page.get_by_role("article").locator(".fact mark").first).to_be_visible()
    link = page.url
    with visiting(running, address) as other:
        copy = other.open(link.removeprefix(address + "/"))
        expect(copy.get_by_role("article").locator(".fact mark").first).to_be_visible()


def test_a_query_runs(visit: Visit) -> None:
    page = visit.open("#/query?sparql=SELECT%20(COUNT(*)%20AS%20%3Fevents)%20%7B%20%3Fe%20a%20ckg:Event%20%7D")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table tbody tr").first).to_contain_text("50000")
