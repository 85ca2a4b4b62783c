"""Pages: what they show of a graph, and that nothing in a graph becomes markup."""

import html
import re

import pyoxigraph as ox
import pytest

from kg.config import BASE
from kg.query import run
from kg.serve.job import Describe
from kg.serve.linked.describe import MOST, describe
from kg.serve.linked.page import page
from kg.serve.linked.rows import rows
from kg.serve.linked.view import Page, View, link
from kg.serve.write import TooLargeError, UnknownError

EVIL = """"><script>alert(1)</script><img src=x onerror=alert(2)> ' {{ 7 * 7 }} {% raw %}"""


def seen(store: ox.Store, local: str) -> Page:
    iri = ox.NamedNode(BASE + local)
    return View(describe(store, iri), iri, BASE).page()


def written(store: ox.Store, iri: str, media: str = "text/html") -> str:
    return page(store, Describe(iri=iri, media=media), BASE).decode()


def test_an_event_tells_its_facts_and_who_says_them(small: ox.Store) -> None:
    event = seen(small, "event/belgorod-shelling")
    assert "Shelling" in event.title
    assert {kind.text for kind in event.kinds} == {"event", "explosion or remote violence", "shelling"}
    assert event.rows[0].name.text == "status"
    headings = [(group.heading, group.value.text, group.note) for group in event.groups]
    assert ("perpetrator", "Kyiv", "alleged") in headings
    killed = next(group for group in event.groups if group.heading == "killed")
    assert len(killed.statements) >= 2
    for group in event.groups:
        for statement in group.statements:
            assert statement.words
            assert statement.article.href.startswith("/id/article/")
            assert statement.own or statement.source.href.startswith("/id/")


def test_an_actor_tells_what_it_says_and_who_accuses_it(small: ox.Store) -> None:
    headings = {
        group.heading for name in ("place/kyiv", "organisation/authorities") for group in seen(small, name).groups
    }
    assert {"says", "accused by"} & headings


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        ("https://w3id.org/conflict-kg/ontology#Shelling", "/ontology#Shelling"),
        ("http://www.wikidata.org/entity/Q405", "http://www.wikidata.org/entity/Q405"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("urn:x", ""),
    ],
)
def test_links_lead_to_pages_or_to_the_web(iri: str, address: str) -> None:
    assert link(iri, BASE) == address


@pytest.fixture
def hostile() -> ox.Store:
    """An event whose every value is an attack."""
    store = ox.Store()
    evil = ox.Literal(EVIL)
    event, claim, span, actor = (ox.NamedNode(BASE + name) for name in ("event/x", "claim/x", "span/x", "person/x"))
    ckg = "https://w3id.org/conflict-kg/ontology#"

    def add(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        store.add(ox.Quad(subject, ox.NamedNode(name if ":" in name else ckg + name), value))

    for thing in (event, actor):
        add(thing, "http://www.w3.org/2000/01/rdf-schema#label", evil)
    add(event, "http://purl.org/dc/terms/source", ox.NamedNode("javascript:alert(1)"))
    add(event, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ox.NamedNode(ckg + "Event"))
    add(event, "https://example.org/x'onmouseover='alert(1)", evil)
    for name, value in (
        ("about", event),
        ("attributedTo", actor),
        ("accused", actor),
        ("evidence", span),
        ("reportedIn", actor),
    ):
        add(claim, name, value)
    for name in ("stance", "victimGroup", "harm", "min"):
        add(claim, name, evil)
    add(span, "http://www.w3.org/ns/oa#exact", evil)
    add(span, "sentence", ox.Literal(f"{EVIL} & {EVIL}"))
    return store


@pytest.mark.parametrize("local", ["event/x", "claim/x", "span/x", "person/x"])
def test_no_text_of_the_graph_becomes_markup(hostile: ox.Store, local: str) -> None:
    text = written(hostile, BASE + local)
    assert not re.search(r"<script|<img|onerror=(?!alert\(2\)&gt;)|href=\"javascript|\s49\s", text)
    assert html.escape(EVIL, quote=False).partition("&gt;")[0].rpartition('"')[0] in text.replace("&#34;", '"')


def test_no_text_of_a_result_becomes_markup(hostile: ox.Store) -> None:
    found = run(hostile, "SELECT * { ?s ?p ?o }")
    assert isinstance(found, ox.QuerySolutions)
    text = rows(found, BASE, 1_000_000).decode()
    assert not re.search(r"<script|<img|href=\"javascript|\s49\s", text)
    with pytest.raises(TooLargeError):
        rows(run(hostile, "SELECT * { ?s ?p ?o }"), BASE, 1_000)  # type: ignore[arg-type]


def test_an_unknown_iri_has_no_page(small: ox.Store) -> None:
    with pytest.raises(UnknownError, match="urn:none"):
        written(small, "urn:none")


def test_every_iri_of_the_data_has_a_page_and_triples(small: ox.Store) -> None:
    iris = {node.value for quad in small for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)}
    for iri in sorted(iri for iri in iris if iri.startswith(BASE)):
        assert iri in written(small, iri)
        found = set(ox.parse(written(small, iri, "application/n-triples"), ox.RdfFormat.N_TRIPLES))
        assert any(ox.NamedNode(iri) in (quad.subject, quad.object) for quad in found)
        assert {quad.triple for quad in found} <= {quad.triple for quad in small}


def test_a_crowded_place_tells_a_part_and_says_so() -> None:
    store = ox.Store()
    place, relation = ox.NamedNode(BASE + "place/x"), ox.NamedNode("https://w3id.org/conflict-kg/ontology#place")
    store.extend(ox.Quad(ox.NamedNode(f"{BASE}event/{number}"), relation, place) for number in range(5 * MOST))
    assert len(describe(store, place)) == MOST
    assert "and more" in written(store, place.value)
