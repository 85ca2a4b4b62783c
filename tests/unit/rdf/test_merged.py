"""One event out of what several articles tell."""

import datetime as dt

import msgspec
import pyoxigraph as ox

from kg.merge import unify
from kg.query.explain import explain, find_event
from kg.query.explain_text import render
from kg.rdf.graph import Writer, triples
from kg.rdf.namespaces import VOCABULARIES
from kg.records import DatePrecision, LinkedExtraction, Status, Time
from kg.resolved import Cluster, Clusters
from kg.validate import validate
from tests.samples import ARTICLE, EXTRACTION, LINKED, MINTER, RUN, SHELLING, span, vocab

HEAD = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in VOCABULARIES.items())


def told(name: str, day: int, publisher: str = "Other Wire", **changes: object) -> LinkedExtraction:
    """Return the sample as another article tells it, with changes to its event."""
    article = msgspec.structs.replace(ARTICLE, id=name, publisher=publisher, published=dt.date(2024, 1, day))
    event = msgspec.structs.replace(SHELLING, **changes)
    extraction = msgspec.structs.replace(EXTRACTION, article=article, events=(event,))
    return msgspec.structs.replace(LINKED, extraction=extraction)


def merged(*others: LinkedExtraction, copies: dict[str, str] | None = None) -> ox.Store:
    """Return the graph in which the events of the sample and of `others` are one."""
    linked = (LINKED, *others)
    alone = list(unify(linked, minter=MINTER, vocab=vocab()))
    order = sorted(alone, key=lambda one: (str(one.extraction.article.published), one.extraction.article.id))
    members = tuple(one.events["e1"] for one in order)
    cluster = Cluster(iri=members[0], members=members, reasons=("b like a, 0.90: same place",))
    names = {one.extraction.article.id: one.article for one in alone}
    known = Clusters(
        events=dict.fromkeys(members, cluster), copies={names[a]: names[b] for a, b in (copies or {}).items()}
    )
    resolved = unify(linked, minter=MINTER, vocab=vocab(), clusters=known)
    store = ox.Store()
    store.extend(triples(resolved, Writer(run=RUN, minter=MINTER, vocab=vocab()), known.events))
    return store


def ask(store: ox.Store, where: str) -> bool:
    return bool(store.query(f"{HEAD} ASK {{ {where} }}"))


def count(store: ox.Store, where: str) -> int:
    return len(list(store.query(f"{HEAD} SELECT DISTINCT * {{ {where} }}")))  # type: ignore[arg-type]


def test_one_node_with_all_articles_and_all_claims_which_keeps_the_contract() -> None:
    store = merged(told("a2", 2), told("a3", 3, type="Attack"))
    assert count(store, "?e a ckg:Event") == 1
    assert count(store, "?e a ckg:Event; ckg:mentionedIn ?a") == 3
    assert count(store, "?e a ckg:Event; ckg:replaces ?old") == 2
    assert count(store, "?c a ckg:CasualtyClaim; ckg:about ?e") == 9
    assert ask(store, "?e a ckg:Shelling; ckg:mergedBecause 'b like a, 0.90: same place'")
    assert not ask(store, "?e a ckg:Attack")
    assert not list(validate(store))


def test_what_happened_outweighs_what_is_planned() -> None:
    store = merged(told("a2", 2, status=Status.PLANNED))
    assert ask(store, "?e ckg:status ckg:Occurred")
    assert count(store, "?e ckg:status ?status") == 1


def test_the_tightest_interval_that_most_agree_on() -> None:
    week = Time(
        start=dt.date(2023, 12, 25), end=dt.date(2023, 12, 31), precision=DatePrecision.WEEK, span=span("Saturday")
    )
    next_day = Time(
        start=dt.date(2023, 12, 31), end=dt.date(2023, 12, 31), precision=DatePrecision.DAY, span=span("Saturday")
    )
    store = merged(told("a2", 2, time=week), told("a3", 3, time=next_day), told("a4", 3))
    assert ask(
        store, "?e ckg:startDate '2023-12-30'^^xsd:date; ckg:endDate '2023-12-30'^^xsd:date; ckg:datePrecision 'day'"
    )
    assert count(store, "?e ckg:startDate ?day") == 1


def test_one_article_that_says_it_itself_ends_the_allegation() -> None:
    (perpetrator, weapon) = SHELLING.participants
    own = msgspec.structs.replace(perpetrator, claim=None)
    store = merged(told("a2", 2, participants=(own, weapon)))
    assert ask(store, "?e ckg:perpetrator ?kyiv; ckg:allegedWeapon ?weapon")
    assert not ask(store, "?e ckg:allegedPerpetrator ?kyiv")


def test_rival_sources_contradict_each_other() -> None:
    (whole, *_) = SHELLING.casualties
    store = merged(told("a2", 1, casualties=(msgspec.structs.replace(whole, low=30, high=30),)))
    assert ask(store, "?a ckg:min 21; ckg:conflictsWith ?b . ?b ckg:min 30; ckg:conflictsWith ?a")
    assert ask(store, "?e ckg:killedLow 21")


def test_the_last_word_of_a_source_replaces_its_earlier_ones() -> None:
    (whole, *_) = SHELLING.casualties
    later = msgspec.structs.replace(whole, low=22, high=22)
    store = merged(told("a2", 2, publisher="EXAMPLE WIRE", casualties=(later,)))
    assert ask(store, "?new ckg:min 22; ckg:replaces ?old . ?old ckg:min 21")
    assert not ask(store, "?new ckg:min 22; ckg:conflictsWith ?old . ?old ckg:min 21")
    other = merged(told("a2", 2, casualties=(later,)))
    assert not ask(other, "?new ckg:min 22; ckg:replaces ?old")


def test_claims_keep_their_iris_when_their_event_joins_another() -> None:
    (whole, *_) = SHELLING.casualties
    alone = ox.Store()
    alone.extend(triples(unify([LINKED], minter=MINTER, vocab=vocab()), Writer(run=RUN, minter=MINTER, vocab=vocab())))
    store = merged(told("a0", 1, casualties=(whole,)))
    claims = {str(row["c"]) for row in alone.query(f"{HEAD} SELECT ?c {{ ?c ckg:about ?e }}")}  # type: ignore[union-attr]
    now = {str(row["c"]) for row in store.query(f"{HEAD} SELECT ?c {{ ?c ckg:about ?e }}")}  # type: ignore[union-attr]
    assert claims < now


def test_an_event_that_is_replaced_leads_to_the_one_that_replaces_it() -> None:
    store = merged(told("a2", 2), copies={"a2": "a1"})
    (row,) = store.query(f"{HEAD} SELECT ?e ?old {{ ?e a ckg:Event ; ckg:replaces ?old }}")  # type: ignore[misc]
    assert find_event(store, row["old"].value) == row["e"]
    text = render(explain(store, row["e"]))
    assert "b like a, 0.90: same place" in text
    assert "(copy of Shelling in Belgorod)" in text


def test_many_rival_counts_are_not_all_compared() -> None:
    (whole, *_) = SHELLING.casualties
    others = [
        told(
            f"b{number}",
            1,
            publisher=f"Wire {number}",
            casualties=(msgspec.structs.replace(whole, low=number % 3 + 30, high=number % 3 + 30),),
        )
        for number in range(90)
    ]
    store = merged(*others)
    assert ask(store, "?a ckg:min 21; ckg:conflictsWith ?b . ?b ckg:min 30; ckg:conflictsWith ?a")
    assert 0 < count(store, "?a ckg:conflictsWith ?b") < 91 * 90 / 4
