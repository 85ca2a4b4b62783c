"""Composes the graph of many articles."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.ids import Minter
from kg.rdf.articles import article_triples
from kg.rdf.claims import claim_triples
from kg.rdf.entities import entity_triples
from kg.rdf.events import event_triples
from kg.rdf.run import run_node, run_triples
from kg.rdf.scope import Scope
from kg.records import Resolved, Run
from kg.vocab import Vocab

BUILDERS = (article_triples, entity_triples, event_triples, claim_triples)
"""Every part of an article's graph; a new part is one more function here."""


def triples(
    resolved: Iterable[Resolved], *, run: Run, minter: Minter, vocab: Vocab, named_graphs: bool = False
) -> Iterator[ox.Quad]:
    """Yield the quads of the run and of all articles; within an article each once.

    Args:
        resolved: the articles.
        run: what is said about the run.
        minter: mints the IRIs.
        vocab: knows the event types.
        named_graphs: puts each article's triples in a graph named by the article's IRI, also those that articles
            share; otherwise all are in the default graph. The run is in the default graph always.

    Raises:
        InputError: an event has a type that the ontology does not know.
    """
    for statement in run_triples(run, minter):
        yield ox.Quad(*statement)
    node = run_node(run, minter)
    for article in resolved:
        claims = {claim.id: claim for claim in article.extraction.claims}
        scope = Scope(resolved=article, claims=claims, run=node, minter=minter, vocab=vocab)
        graph = scope.article if named_graphs else ox.DefaultGraph()
        statements = (statement for builder in BUILDERS for statement in builder(scope))
        for subject, predicate, value in dict.fromkeys(statements):
            yield ox.Quad(subject, predicate, value, graph)
