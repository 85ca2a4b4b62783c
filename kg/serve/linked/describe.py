"""What a graph tells about one IRI: its own triples, those that point to it, and the claims and words behind them.

Only index look-ups: it takes as long for a place of a thousand events as for one of a hundred.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain, islice

import pyoxigraph as ox

from kg.rdf.namespaces import DCT, LABEL, OA, ckg
from kg.serve.linked.ontology import relations
from kg.terms import NAMESPACE

MOST = 100
"""Triples that point to an IRI by the same property: no more are told."""

_NAMES = (
    ox.NamedNode(OA + "exact"),
    *(ox.NamedNode(DCT + name) for name in ("title", "identifier", "publisher")),
)
"""The names of things without a label: words and articles."""
_EVIDENCE = ckg("evidence")
_OF_CLAIMS = frozenset(map(ckg, ("about", "accused", "attributedTo", "reportedIn", "value")))
"""Properties that only claims have."""


def describe(store: ox.Store, iri: ox.NamedNode) -> frozenset[ox.Triple]:
    """Return what `store` tells about `iri`; empty when it does not know it.

    The triples of `iri`; up to `MOST` by each property that point to it; whole claims among these, with the words that
    they rest on; and the names of everything mentioned.
    """
    own = set(_of(store, iri))
    incoming = set(_to(store, iri))
    claims = {t.subject for t in incoming if t.predicate in _OF_CLAIMS} - {iri}
    told = set(chain.from_iterable(_of(store, claim) for claim in claims))
    spans = {t.object for t in own | told if t.predicate == _EVIDENCE} - {iri}
    words = set(chain.from_iterable(_of(store, span) for span in spans))
    found = own | incoming | told | words
    return frozenset(found | set(_names(store, found, known={iri, *claims, *spans})))


def _of(store: ox.Store, subject: object) -> Iterator[ox.Triple]:
    if isinstance(subject, ox.NamedNode | ox.BlankNode):
        yield from (q.triple for q in store.quads_for_pattern(subject, None, None, None))


def _to(store: ox.Store, iri: ox.NamedNode) -> Iterable[ox.Triple]:
    found = [q.triple for q in islice(store.quads_for_pattern(None, None, iri, None), MOST)]
    if len(found) < MOST:
        return found
    each = (islice(store.quads_for_pattern(None, relation, iri, None), MOST) for relation in relations())
    return (q.triple for q in chain.from_iterable(each))


def _names(store: ox.Store, triples: Iterable[ox.Triple], *, known: AbstractSet[object]) -> Iterator[ox.Triple]:
    """The names of what `triples` mention, but for what is `known` in full and for terms of the ontology."""
    nodes = {node for t in triples for node in (t.subject, t.object) if isinstance(node, ox.NamedNode)}
    for node in nodes - known:
        if not node.value.startswith(NAMESPACE):
            labels = list(store.quads_for_pattern(node, LABEL, None, None))
            each = (store.quads_for_pattern(node, name, None, None) for name in _NAMES)
            yield from (q.triple for q in labels or chain.from_iterable(each))
