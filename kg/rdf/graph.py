"""Composes the graph of many articles."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import pyoxigraph as ox

from kg.ids import Minter
from kg.rdf.articles import article_triples
from kg.rdf.claims import claim_triples
from kg.rdf.entities import entity_triples
from kg.rdf.events import event_triples, whole_triples
from kg.rdf.ntriples import lines, named, parse
from kg.rdf.run import run_node, run_triples
from kg.rdf.scope import Scope
from kg.rdf.telling import Telling, tellings
from kg.records import Run
from kg.resolved import Cluster, Resolved
from kg.vocab import Vocab

BUILDERS = (article_triples, entity_triples, event_triples, claim_triples)
"""Every part of what one article says; a new part is one more function here."""


class Written(NamedTuple):
    """What one article says: lines of N-Quads, and how it tells the events that others tell too."""

    lines: list[bytes]
    shared: tuple[Telling, ...]


class Writer:
    """Writes articles and events as lines of N-Quads.

    Args:
        run: what is said about the run.
        minter: mints the IRIs.
        vocab: knows the event types.
        named_graphs: puts each article's triples in a graph named by the article's IRI, also those that articles
            share or that follow from several; otherwise all are in the default graph. The run is there always.
    """

    def __init__(self, *, run: Run, minter: Minter, vocab: Vocab, named_graphs: bool = False) -> None:
        self._run, self._node = run, run_node(run, minter)
        self._minter, self._vocab, self._named_graphs = minter, vocab, named_graphs

    def run(self) -> list[bytes]:
        """Return what is said about the run."""
        return lines(run_triples(self._run, self._minter))

    def article(self, resolved: Resolved) -> Written:
        """Return what an article says, with all that follows for the events that it alone tells.

        Raises:
            InputError: an event has a type that the ontology does not know.
        """
        scope = Scope(resolved, run=self._node, minter=self._minter, vocab=self._vocab)
        said = [one for builder in BUILDERS for one in builder(scope)]
        shared = []
        for telling in tellings(scope):
            if telling.event in resolved.shared:
                shared.append(telling)
            else:
                said += whole_triples([telling], None, self._vocab)
        return Written(lines(said, scope.article if self._named_graphs else ""), tuple(shared))

    def event(self, told: Iterable[Telling], cluster: Cluster | None) -> list[bytes]:
        """Return what follows from all tellings of one event that several articles tell, in any order."""
        every = list(told)
        graphs = [named(iri) for iri in sorted({one.article for one in every})] if self._named_graphs else [""]
        said = list(whole_triples(every, cluster, self._vocab))
        return [line for graph in graphs for line in lines(said, graph)]


def triples(
    resolved: Iterable[Resolved], writer: Writer, clusters: Mapping[str, Cluster] = MappingProxyType({})
) -> Iterator[ox.Quad]:
    """Yield the quads of the run, of all articles, and of the events that several of them tell.

    Args:
        resolved: the articles.
        writer: writes them.
        clusters: by the IRI of any of their events.

    Raises:
        InputError: an event has a type that the ontology does not know.
    """
    yield from parse(writer.run())
    shared: dict[str, list[Telling]] = {}
    for article in resolved:
        written = writer.article(article)
        yield from parse(written.lines)
        for telling in written.shared:
            shared.setdefault(telling.event, []).append(telling)
    for event in sorted(shared):
        yield from parse(writer.event(shared[event], clusters.get(event)))
