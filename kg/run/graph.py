"""A finished graph in memory."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, serialise
from kg.run.counts import Counts

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

    def to_store(self) -> ox.Store:
        """Return the graph in a store in memory, filled in the order of its files, so that queries give the same rows."""
        store = ox.Store()
        store.bulk_extend(ox.parse(self.serialise("nquads"), ox.RdfFormat.N_QUADS))
        return store

    def to_rdflib(self) -> "RdflibGraph | Dataset":
        """Return the graph as an rdflib `Graph`, or as a `Dataset` when it has named graphs."""
        import rdflib  # noqa: PLC0415 - only callers that want rdflib pay for its import

        parts: dict[str | None, list[ox.Quad]] = {None: []}
        for quad in self.quads:
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
            parts.setdefault(name, []).append(ox.Quad(quad.subject, quad.predicate, quad.object))
        whole = rdflib.Graph() if len(parts) == 1 else rdflib.Dataset()
        for prefix, namespace in prefixes(self.base).items():
            whole.bind(prefix, namespace, replace=True)
        for name, quads in parts.items():
            part = whole
            if isinstance(whole, rdflib.Dataset):
                part = whole.graph(rdflib.URIRef(name)) if name else whole.default_graph
            part.parse(data=serialise(quads, FORMATS["ntriples"], prefixes={}), format="nt")
        return whole

    @property
    def counts(self) -> Counts:
        """What it is made of, in numbers."""
        return Counts(articles=self.articles, events=self.events, claims=self.claims, problems=self.problems)

    def summary(self) -> str:
        """Return one line with the counts."""
        return self.counts.summary()
