"""The explorer page in a real browser, on the real server."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, expect

from tests import browser
from tests.browser import Visit, visiting
from tests.many import triples
from tests.server import serving

pytestmark = pytest.mark.integration

SMALL = Path(__file__).parents[2] / "data/small.ttl"
HOSTILE = """
@prefix ckg: <https://w3id.org/conflict-kg/ontology#> .
@prefix id: <https://w3id.org/conflict-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/conflict-kg/id/event/hostile> a ckg:Event, ckg:DirectViolence, ckg:Shooting ;
    rdfs:label "<img src=x onerror=alert(1)>" ; ckg:status ckg:Occurred ;
    ckg:mentionedIn <https://w3id.org/conflict-kg/id/article/hostile> .
<https://w3id.org/conflict-kg/id/article/hostile> a ckg:Article ;
    dct:title "<script>alert(2)</script>" ; dct:source <javascript:alert(3)> .
<https://w3id.org/conflict-kg/id/claim/hostile> a ckg:RoleClaim ;
    ckg:about <https://w3id.org/conflict-kg/id/event/hostile> ; ckg:role ckg:target ; ckg:stance ckg:Asserts ;
    ckg:value <https://w3id.org/conflict-kg/id/person/hostile> ;
    ckg:attributedTo <https://w3id.org/conflict-kg/id/article/hostile> ;
    ckg:reportedIn <https://w3id.org/conflict-kg/id/article/hostile> ;
    ckg:evidence <https://w3id.org/conflict-kg/id/span/hostile> .
<https://w3id.org/conflict-kg/id/person/hostile> a ckg:Person ;
    rdfs:label "<b>bold</b>" ; skos:exactMatch <javascript:alert(4)> .
<https://w3id.org/conflict-kg/id/span/hostile> a ckg:TextSpan ;
    oa:hasSource <https://w3id.org/conflict-kg/id/article/hostile> ; oa:start 8 ; oa:end 14 ; oa:exact "</mark>" ;
    ckg:sentence "<iframe </mark> src=javascript:alert(5)>" .
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of some 500 events."""
    browser.needed()
    folder = tmp_path_factory.mktemp("page") / "store"
    store = ox.Store(folder)
    store.bulk_load(path=SMALL, format=ox.RdfFormat.TURTLE)
    store.bulk_load("".join(triples(500)).encode(), format=ox.RdfFormat.N_TRIPLES)
    store.load(HOSTILE.encode(), format=ox.RdfFormat.TURTLE)
    store.flush()
    del store
    with serving(folder.parent, "--store", str(folder)) as server:
        yield server.url


@pytest.fixture
def visit(running: Browser, address: str) -> Iterator[Visit]:
    """A window of a desk; nothing may be asked of others, nor go wrong."""
    with visiting(running, address) as window:
        yield window
        assert window.outside == []
        assert window.problems == []


@pytest.fixture
def phone(running: Browser, address: str) -> Iterator[Visit]:
    """The window of a phone, in the dark."""
    with visiting(running, address, width=390, height=844, dark=True) as window:
        yield window
        assert window.outside == []
        assert window.problems == []


def test_all_events_are_on_the_map_the_timeline_and_the_list(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_role("status").filter(has_text="events")).to_contain_text("506")
    expect(page.locator(".mark").first).to_be_visible()
    expect(page.get_by_role("slider", name="First day")).to_be_visible()
    assert page.locator(".item").count() == 50


def test_a_type_narrows_map_list_and_address(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="Types of battle").click()
    page.get_by_label("Armed clash").check()
    expect(page.locator(".status")).to_contain_text("of 506 events")
    names = page.locator(".item-name").all_inner_texts()
    assert names
    assert all(name.startswith("Armed clash") for name in names)
    assert "type=ArmedClash" in page.url
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".status")).to_contain_text("506 events")


def test_the_timeline_filters_by_keyboard_and_by_dragging(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("slider", name="First day").focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(page.locator(".status")).to_contain_text("of 506 events")
    assert "from=20" in page.url
    page.get_by_role("button", name="All days").click()
    box = page.locator(".timeline-plot svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30, steps=4)
    page.mouse.up()
    expect(page.locator(".status")).to_contain_text("of 506 events")
    assert "from=20" in page.url
    assert "to=20" in page.url


def test_a_place_on_the_map_opens_by_keyboard(visit: Visit) -> None:
    page = visit.open("#/events?country=UA&map=49,36,9")
    mark = page.locator(".mark[data-mark^=p]").first
    name = (mark.get_attribute("aria-label") or "").partition(":")[0]
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".side")).to_contain_text(name)


def test_an_event_shows_who_says_what_in_which_words(visit: Visit) -> None:
    page = visit.open("#/events?q=belgorod")
    page.locator(".item", has_text="Shelling").first.click()
    card = page.get_by_role("article")
    expect(card.get_by_role("heading", level=2)).to_be_focused()
    expect(card.locator(".harm").first).to_contain_text("Killed")
    quote = card.locator(".fact .sentence").first
    expect(quote.locator("mark")).not_to_be_empty()
    expect(card.get_by_role("link", name="Belgorod in Wikidata").first).to_have_attribute(
        "href", "https://www.wikidata.org/entity/Q3329"
    )
    page.get_by_role("button", name="← All events").click()
    expect(page.locator(".item:focus")).to_contain_text("Shelling")


def test_a_link_shows_another_reader_the_same(visit: Visit, running: Browser, address: str) -> None:
    page = visit.open("#/events?country=UA&sort=deadliest&from=2022-06-01")
    expect(page.locator(".status")).to_contain_text("of 506 events")
    page.locator(".item").first.click()
    expect(page.get_by_role("article")).to_be_visible()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    shown = page.locator(".status").inner_text(), page.get_by_role("article").locator("h2").inner_text()
    with visiting(running, address) as other:
        copy = other.open(link.removeprefix(address + "/"))
        copy.get_by_role("article").wait_for()
        assert (copy.locator(".status").inner_text(), copy.get_by_role("article").locator("h2").inner_text()) == shown


def test_back_returns_to_what_was_shown(visit: Visit) -> None:
    page = visit.open("#/events?country=UA")
    page.locator(".item").first.click()
    page.get_by_role("article").wait_for()
    page.go_back()
    expect(page.locator(".item").first).to_be_visible()
    assert "country=UA" in page.url


def test_actors_show_who_accuses_whom_and_the_words(visit: Visit) -> None:
    page = visit.open("#/actors")
    page.locator(".matrix td button").first.click()
    expect(page.locator(".speech").first.locator("mark")).not_to_be_empty()
    page.locator(".profile").get_by_role("button", name="Everything about").click()
    expect(page.get_by_role("heading", name="What others say of")).to_be_visible()
    page.get_by_label("Roles in events").get_by_role("button").first.click()
    expect(page.locator(".chip")).to_be_visible()


def test_a_canned_query_runs(visit: Visit) -> None:
    page = visit.open("#/query")
    page.get_by_role("button", name="Deadliest events").click()
    assert "name=deadliest-events" in page.url
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table")).to_contain_text("killed_low")
    expect(page.locator(".yasr table tbody tr").first).to_contain_text("Drone strike")


def test_a_query_of_ones_own_is_in_the_address(visit: Visit) -> None:
    page = visit.open("#/query?sparql=SELECT%20(7%20AS%20%3Fseven)%20%7B%7D")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr table")).to_contain_text("seven")
    assert "sparql=SELECT" in page.url


def test_hostile_text_stays_text(visit: Visit) -> None:
    page = visit.open("#/events?event=hostile")
    card = page.get_by_role("article")
    expect(card.get_by_role("heading", level=2)).to_have_text("<img src=x onerror=alert(1)>")
    expect(card).to_contain_text("<script>alert(2)</script>")
    expect(card.locator(".fact .sentence")).to_have_text("<iframe </mark> src=javascript:alert(5)>")
    assert card.locator("[href^=javascript]").count() == 0
    assert card.locator("img, script, iframe, b").count() == 0


def test_what_is_not_there_says_so(visit: Visit) -> None:
    page = visit.open("#/events?q=nowhere-at-all")
    expect(page.locator(".side")).to_contain_text("No event fits these filters.")
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator(".item").first).to_be_visible()
    page = visit.open("#/events?event=missing")
    expect(page.get_by_role("alert")).to_contain_text("there is no such event")
    assert all("404" in problem for problem in visit.problems)
    visit.problems.clear()


def test_a_server_that_does_not_answer_is_told_and_asked_again(visit: Visit) -> None:
    visit.page.route("**/explorer/events", lambda route: route.abort())
    page = visit.open()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer.")
    page.unroute("**/explorer/events")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".item").first).to_be_visible()
    visit.problems.clear()


def test_what_the_server_still_prepares_is_told_and_comes_by_itself(visit: Visit) -> None:
    early = {"Content-Type": "application/json", "Retry-After": "1"}
    words = '{"preparing": "The server reads."}'
    visit.page.route("**/explorer/events", lambda route: route.fulfill(status=202, headers=early, body=words), times=2)
    page = visit.open()
    expect(page.get_by_role("status").filter(has_text="Preparing the events: The server reads.")).to_be_visible()
    assert visit.faults() == []
    expect(page.locator(".item").first).to_be_visible()


def test_a_phone_shows_map_filters_and_card(phone: Visit) -> None:
    page = phone.open()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("searchbox", name="Search").fill("belgorod")
    page.get_by_role("button", name="Done").click()
    page.locator(".item").first.click()
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "state",
    ["#/events", "#/events?country=UA&event=0&map=49,36,8", "#/actors", "#/actors?of=ORGANISATION", "#/query"],
)
def test_axe_finds_no_serious_fault(running: Browser, address: str, state: str, *, dark: bool) -> None:
    actor = "https://w3id.org/conflict-kg/id/organisation/0"
    with visiting(running, address, dark=dark) as window:
        page = window.open(state.replace("ORGANISATION", actor))
        page.locator(".item, .card, .matrix table, .profile h3, .yasqe").first.wait_for()
        assert window.faults() == []
