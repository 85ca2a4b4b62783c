"""Merging as a whole, on an invented corpus: right, and a matter of the set of articles alone."""

from collections import defaultdict
from itertools import islice
from random import Random

import pyoxigraph as ox
import pytest

from benchmarks.corpus import generate
from benchmarks.merging import b_cubed, pairwise
from kg.config import LinkConfig
from kg.gazetteer import load_gazetteer
from kg.link import link
from kg.merge import join, unify
from kg.merge.blocks import home
from kg.merge.compare import Comparer
from kg.merge.join import join_events
from kg.merge.overrides import Decisions
from kg.merge.sign import event_iris, sign
from kg.merge.signature import EventSignature
from kg.rdf.graph import Writer, triples
from kg.records import LinkedExtraction
from kg.resolved import Cluster, Clusters
from tests.samples import MINTER, RUN, vocab

REPORTS = list(islice(generate(seed=3), 600))


@pytest.fixture(scope="module")
def linked() -> list[LinkedExtraction]:
    gazetteer = load_gazetteer()
    return [link(report.extraction, gazetteer, LinkConfig()) for report in REPORTS]


@pytest.fixture(scope="module")
def clusters(linked: list[LinkedExtraction]) -> Clusters:
    return joined(linked)


def joined(linked: list[LinkedExtraction], decisions: Decisions | None = None) -> Clusters:
    return join(linked, minter=MINTER, vocab=vocab(), decisions=decisions)


def graph(linked: list[LinkedExtraction], clusters: Clusters, *, named_graphs: bool = False) -> set[ox.Quad]:
    resolved = unify(linked, minter=MINTER, vocab=vocab(), clusters=clusters)
    writer = Writer(run=RUN, minter=MINTER, vocab=vocab(), named_graphs=named_graphs)
    return set(triples(resolved, writer, clusters.events))


def test_events_and_copies_are_found(linked: list[LinkedExtraction], clusters: Clusters) -> None:
    stories, wires = {}, {}
    for report, one in zip(REPORTS, linked, strict=True):
        article = MINTER.article(one.extraction.article)
        wires[article] = report.wire
        own = event_iris(one.extraction, article, MINTER)
        stories |= {own[event.id]: told.story for event, told in zip(one.extraction.events, report.told, strict=True)}
    found = {event: clusters.events[event].iri if event in clusters.events else event for event in stories}
    events = b_cubed(found, stories)
    assert events["precision"] >= 0.95
    assert events["f1"] >= 0.9
    assert pairwise({article: clusters.copies.get(article, article) for article in wires}, wires)["f1"] >= 0.95


def test_the_order_of_articles_does_not_matter(linked: list[LinkedExtraction], clusters: Clusters) -> None:
    other = list(linked)
    Random(1).shuffle(other)  # noqa: S311 - no secret
    assert joined(other) == clusters
    assert graph(other, clusters) == graph(linked, clusters)


def test_homes_can_be_worked_on_alone(linked: list[LinkedExtraction], clusters: Clusters) -> None:
    comparer = Comparer(vocab())
    homes: dict[str, list[EventSignature]] = defaultdict(list)
    for one in linked:
        for event in sign(one, minter=MINTER, vocab=vocab()).events:
            homes[home(event, comparer.groups) or ""].append(event)
    assert len(homes) > 10
    found: dict[str, Cluster] = {}
    for events in homes.values():
        found |= join_events(events, comparer)
    assert found == clusters.events


def test_a_new_article_leaves_a_trail_from_every_iri_that_goes(
    linked: list[LinkedExtraction], clusters: Clusters
) -> None:
    before = joined(linked[100:])
    after = {cluster.iri: set(cluster.members) for cluster in clusters.events.values()}
    for cluster in before.events.values():
        now = clusters.events.get(cluster.iri)
        assert now is None or cluster.iri in after[now.iri]


def test_the_user_keeps_and_splits(linked: list[LinkedExtraction], clusters: Clusters) -> None:
    first = min(clusters.events.values(), key=lambda cluster: cluster.iri)
    alone = sorted(
        iri
        for one in linked
        for iri in event_iris(one.extraction, MINTER.article(one.extraction.article), MINTER).values()
        if iri not in clusters.events
    )
    one, other = first.members[:2]
    kept, split = (alone[0], alone[1]), (min(one, other), max(one, other))
    found = joined(linked, Decisions(kept=frozenset({kept}), split=frozenset({split}))).events
    assert found[kept[0]] == found[kept[1]]
    assert "the overrides say so" in found[kept[0]].reasons[0]
    assert one not in found or other not in found or found[one] != found[other]


def test_named_graphs_hold_the_same_triples(linked: list[LinkedExtraction], clusters: Clusters) -> None:
    plain, named = graph(linked[:60], clusters), graph(linked[:60], clusters, named_graphs=True)
    assert {quad.triple for quad in plain} == {quad.triple for quad in named}
    assert {quad.graph_name for quad in named} >= {ox.NamedNode(MINTER.article(linked[0].extraction.article))}
