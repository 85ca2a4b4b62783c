"""A file of RDF cut into pieces that a store takes in one request each; read as a stream, however large it is.

The same file always gives the same pieces, and a piece holds no blank node: sending one again changes nothing, because a
graph is a set of triples.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple, TypeVar, cast

import msgspec
import numpy as np
import pyoxigraph as ox

from kg.config import BASE
from kg.rdf.namespaces import RDF, XSD, prefixes
from kg.store.remote.profile import Profile

GENID = "https://w3id.org/conflict-kg/.well-known/genid/"
"""What IRIs in place of blank nodes start with (https://www.w3.org/TR/rdf11-concepts/#section-skolemization)."""

_Term = TypeVar("_Term")
N_TRIPLES, N_QUADS, TURTLE = (
    form.media_type for form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TURTLE)
)
_PLAIN = frozenset({XSD + "string", RDF + "langString"})
_ESCAPED = re.compile(rb"\\[_~.\-!$&'()*+,;=/?#@%]")
"""What Turtle escapes in names with a prefix (PN_LOCAL_ESC, https://www.w3.org/TR/turtle/), and never in strings; Virtuoso 7
takes the backslash for a part of the name, so names with one are written in full."""
_BATCH = 1_000
_FIRST = 50_000
"""Bytes of the first piece: a refusal comes before much was sent, and the answer is not lost in a broken connection."""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A triple as a line of N-Triples, and its graph."""

    graph: str | None
    line: bytes


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """The body of one request, triples of `graph` in the syntax `media`: `N_TRIPLES` or `TURTLE`, or quads in `N_QUADS`."""

    graph: str | None
    media: str
    body: bytes
    triples: int
    samples: tuple[Sample, ...]


class _Block(NamedTuple):
    """Some triples of one graph, written, and one of them to ask for."""

    text: bytes
    triples: int
    sample: bytes | None


class Pieces:
    """The pieces of a graph, and what is known of them when all were read.

    Args:
        quads: the graph.
        profile: what the store takes.
        name: stands for the file in the IRIs of blank nodes.
        into: the graph that triples without one go to.
        graphs: the quads may be of several graphs.
        together: several graphs may share a piece.
    """

    def __init__(
        self, quads: Iterable[ox.Quad], profile: Profile, *, name: str, into: str | None, graphs: bool, together: bool
    ) -> None:
        self._quads = iter(quads)
        self._profile = profile
        self._name = name
        self._into = into
        self._graphs = graphs
        self._together = together
        self._turtle = profile.turtle and not together
        self._prefixes = prefixes(BASE)
        self._nodes: dict[ox.BlankNode, ox.NamedNode] = {}
        self._hashes: dict[str | None, array[int]] = {}

    @property
    def replaced(self) -> int:
        """How many blank nodes became IRIs."""
        return len(self._nodes)

    def expected(self) -> dict[str | None, int]:
        """Return how many different triples each graph has."""
        return {graph: _different(found) for graph, found in self._hashes.items()}

    def __iter__(self) -> Iterator[Piece]:
        waiting: dict[str | None, list[_Block]] = {}
        size = triples = 0
        most = _FIRST
        for graph, block in self._blocks():
            weight = len(block.text) + (block.triples * (len(graph or "") + 3) if self._together else 0)
            full = size + weight > most or 0 < self._profile.triples < triples + block.triples
            if waiting and full:
                yield from self._cut(waiting)
                waiting, size, triples, most = {}, 0, 0, self._profile.bytes
            waiting.setdefault(graph, []).append(block)
            size, triples = size + weight, triples + block.triples
        yield from self._cut(waiting)

    def _blocks(self) -> Iterator[tuple[str | None, _Block]]:
        """Yield some triples at a time, each block of one graph."""
        most = max(1, min(_BATCH, self._profile.triples or _BATCH, self._profile.bytes // 1_000))
        while batch := list(islice(self._quads, most)):
            for name, group in groupby(batch, key=_graph_of) if self._graphs else ((None, batch),):
                graph = name if name is not None else self._into
                # Quads of the default graph serve as triples; making them takes a tenth of the time of a load.
                triples = [quad.triple for quad in group] if self._graphs else cast("list[ox.Triple]", list(group))
                self._hashes.setdefault(graph, array("q")).extend(map(hash, triples))
                yield graph, self._write(triples)

    def _write(self, triples: Sequence[ox.Triple]) -> _Block:
        written = self._serialised(triples)
        if b"_:" in written:
            triples = [ox.Triple(self._named(one.subject), one.predicate, self._named(one.object)) for one in triples]
            written = self._serialised(triples)
        at = next((i for i, one in enumerate(triples) if _is_kept(one.object)), None)
        sample = None if at is None else _serialise(triples[at : at + 1], ox.RdfFormat.N_TRIPLES)
        return _Block(written, len(triples), sample)

    def _serialised(self, triples: Sequence[ox.Triple]) -> bytes:
        if not self._turtle:
            return _serialise(triples, ox.RdfFormat.N_TRIPLES)
        written = _serialise(triples, ox.RdfFormat.TURTLE, prefixes=self._prefixes)
        return written if _ESCAPED.search(written) is None else _serialise(triples, ox.RdfFormat.TURTLE)

    def _named(self, term: _Term) -> _Term | ox.NamedNode:
        """Return an IRI for a blank node: the same one for the same file, since nodes are counted as they appear."""
        if not isinstance(term, ox.BlankNode):
            return term
        return self._nodes.setdefault(term, ox.NamedNode(f"{GENID}{self._name}-{len(self._nodes)}"))

    def _cut(self, waiting: dict[str | None, list[_Block]]) -> Iterator[Piece]:
        if self._together and waiting:
            body = b"".join(_quads(graph, block.text) for graph, blocks in waiting.items() for block in blocks)
            samples = tuple(sample for graph, blocks in waiting.items() for sample in _samples(graph, blocks))
            triples = sum(block.triples for blocks in waiting.values() for block in blocks)
            yield Piece(graph=None, media=N_QUADS, body=body, triples=triples, samples=samples)
            return
        media = TURTLE if self._turtle else N_TRIPLES
        for graph, blocks in waiting.items():
            body = b"".join(block.text for block in blocks)
            triples = sum(block.triples for block in blocks)
            yield Piece(graph=graph, media=media, body=body, triples=triples, samples=_samples(graph, blocks))


def _graph_of(quad: ox.Quad) -> str | None:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None


def _quads(graph: str | None, text: bytes) -> bytes:
    """Return lines of N-Triples as N-Quads; a line break never stands within a term."""
    return text if graph is None else text.replace(b" .\n", f" <{graph}> .\n".encode())


def _different(hashes: "array[int]") -> int:
    """Return how many different numbers there are."""
    found = np.sort(np.frombuffer(hashes, np.int64))
    return 1 + int(np.count_nonzero(found[1:] != found[:-1]))


def _is_kept(value: object) -> bool:
    """Tell whether a store keeps a value as it is written: numbers, days and geometries may get another form."""
    return not isinstance(value, ox.Literal) or value.datatype.value in _PLAIN


def _serialise(triples: Sequence[ox.Triple], form: ox.RdfFormat, *, prefixes: dict[str, str] | None = None) -> bytes:
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def _samples(graph: str | None, blocks: list[_Block]) -> tuple[Sample, ...]:
    """Return a triple of the first, the middle and the last block."""
    known = [block.sample for block in blocks if block.sample is not None]
    places = sorted({0, len(known) // 2, len(known) - 1}) if known else []
    return tuple(Sample(graph=graph, line=known[place]) for place in places)
