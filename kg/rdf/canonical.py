"""The canonical form of a graph: equal graphs have equal canonical forms."""

from collections.abc import Iterable

import pyoxigraph as ox


def canonical(quads: Iterable[ox.Quad]) -> str:
    """Return the quads as sorted N-Quads, each once; blank nodes are named by RDF Dataset Canonicalization.

    Source: https://www.w3.org/TR/rdf-canon/ (our own graphs have no blank nodes, so that sorting is enough).
    """
    return "".join(sorted(f"{quad} .\n" for quad in stable(quads)))


def stable(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads each once, in any order, with blank nodes whose names do not depend on where they were read."""
    unique = set(quads)
    if not any(_has_blank(quad) for quad in unique):
        return list(unique)
    dataset = ox.Dataset(unique)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


def _has_blank(quad: ox.Quad) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))
