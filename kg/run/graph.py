"""A finished graph in memory."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, serialise

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib import Graph as RdflibGraph


class Graph(msgspec.Struct, frozen=True, kw_only=True):
    """The quads of one run, with counts of what they tell.

    `base` is what the data IRIs start with; `problems` counts the articles that could not be used.
    """

    quads: Sequence[ox.Quad]
    base: str
    articles: int
    events: int
    claims: int
    problems: int = 0

    def serialise(self, name: str = "turtle") -> bytes:
        """Return the graph in the format `name`: the same graph is always the same bytes.

        Raises:
            InputError: there is no such format, or it cannot hold this graph.
        """
        if name not in FORMATS:
            msg = f"unknown format {name!r}: choose one of {', '.join(FORMATS)}"
            raise InputError(msg)
        return serialise(self.quads, FORMATS[name], prefixes=prefixes(self.base))

    def to_rdflib(self) -> "RdflibGraph | Dataset":
        """Return the graph as an rdflib `Graph`, or as a `Dataset` when it has named graphs."""
        import rdflib  # noqa: PLC0415 - only callers that want rdflib pay for its import

        if any(quad.graph_name != ox.DefaultGraph() for quad in self.quads):
            dataset = rdflib.Dataset()
            for prefix, namespace in prefixes(self.base).items():
                dataset.bind(prefix, namespace, replace=True)
            return dataset.parse(data=self.serialise("nquads"), format="nquads")
        graph = rdflib.Graph()
        for prefix, namespace in prefixes(self.base).items():
            graph.bind(prefix, namespace, replace=True)
        return graph.parse(data=self.serialise("ntriples"), format="nt")

    def summary(self) -> str:
        """Return one line with the counts.

        >>> Graph(quads=(), base="urn:x:", articles=1, events=2, claims=0).summary()
        '1 article, 2 events, 0 claims'
        """
        parts = [
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in ((self.articles, "article"), (self.events, "event"), (self.claims, "claim"))
        ]
        problems = f"; {self.problems} problem{'' if self.problems == 1 else 's'}" if self.problems else ""
        return ", ".join(parts) + problems
