"""Graphs to bytes: the same graph is the same bytes in every format."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import IO, BinaryIO, cast

import msgspec
import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.canonical import stable
from kg.rdf.namespaces import LABEL, TYPE

_FIRST = MappingProxyType({TYPE: 0, LABEL: 1})
"""Predicates that stand at the head of their subject."""

_PREFIX_LINES = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_ROOT = re.compile(rb"(?<=\n)<rdf:RDF(?: xmlns:[^=>]+=\"[^\">]*\")*>")
_XML_PREFIX = re.compile(rb" xmlns:[^=>]+=\"[^\">]*\"")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A way to write RDF; `endings` are of file names, the usual one first; `graphs`: it can hold named graphs."""

    name: str
    endings: tuple[str, ...]
    syntax: ox.RdfFormat
    graphs: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        form.name: form
        for form in (
            Format(name="turtle", endings=(".ttl",), syntax=ox.RdfFormat.TURTLE),
            Format(name="ntriples", endings=(".nt",), syntax=ox.RdfFormat.N_TRIPLES),
            Format(name="nquads", endings=(".nq",), syntax=ox.RdfFormat.N_QUADS, graphs=True),
            Format(name="trig", endings=(".trig",), syntax=ox.RdfFormat.TRIG, graphs=True),
            Format(name="jsonld", endings=(".jsonld", ".json"), syntax=ox.RdfFormat.JSON_LD, graphs=True),
            Format(name="rdfxml", endings=(".rdf", ".xml", ".owl"), syntax=ox.RdfFormat.RDF_XML),
        )
    }
)
"""Every format by name."""


def format_of(file_name: str) -> Format | None:
    """Return the format that the ending of `file_name` stands for.

    >>> format_of("graph.ttl").name
    'turtle'
    """
    lower = file_name.lower()
    return next((form for form in FORMATS.values() if lower.endswith(form.endings)), None)


def serialise(quads: Iterable[ox.Quad], form: Format, *, prefixes: Mapping[str, str]) -> bytes:
    """Return the graph in one format: sorted by graph, subject and predicate (class and label first), each quad once.

    Args:
        quads: the graph.
        form: one of `FORMATS`.
        prefixes: bound where the format knows prefixes.

    Raises:
        InputError: the format cannot hold named graphs or a character of the graph.
    """
    rows = sorted(stable(quads), key=sort_key)
    if not form.graphs and any(quad.graph_name != ox.DefaultGraph() for quad in rows):
        raise InputError(_no_graphs(form))
    if form.syntax == ox.RdfFormat.RDF_XML:
        _check_xml(rows)
    written = ox.serialize(rows, format=form.syntax, prefixes=dict(prefixes)) or b""
    return _sort_prefixes(written)


def serialise_sorted(rows: Iterable[ox.Quad], form: Format, file: BinaryIO, *, prefixes: Mapping[str, str]) -> None:
    """Write a graph of any size as `serialise` does, a few quads in memory at a time.

    Args:
        rows: the quads, sorted by `sort_key`, each once, without blank nodes.
        form: one of `FORMATS`.
        file: where to.
        prefixes: bound where the format knows prefixes.

    Raises:
        InputError: as in `serialise`.
    """
    head = _Head(file)
    ox.serialize(_checked(rows, form), cast("IO[bytes]", head), format=form.syntax, prefixes=dict(prefixes))
    head.finish()


class _Head(io.RawIOBase):
    """Sorts the prefixes in the first bytes that are written, and passes the rest on."""

    _ENOUGH = 1 << 16

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start: bytearray | None = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        if self._start is None:
            self._file.write(data)
        else:
            self._start += data
            if len(self._start) > self._ENOUGH:
                self.finish()
        return len(data)

    def finish(self) -> None:
        """Write what was held back."""
        if self._start is not None:
            self._file.write(_sort_prefixes(bytes(self._start)))
            self._start = None


def _checked(rows: Iterable[ox.Quad], form: Format) -> Iterator[ox.Quad]:
    xml = form.syntax == ox.RdfFormat.RDF_XML
    for quad in rows:
        if not form.graphs and quad.graph_name != ox.DefaultGraph():
            raise InputError(_no_graphs(form))
        if xml:
            _check_xml((quad,))
        yield quad


def _no_graphs(form: Format) -> str:
    able = ", ".join(name for name, other in FORMATS.items() if other.graphs)
    return f"{form.name} cannot hold named graphs: choose one of {able}"


def _sort_prefixes(written: bytes) -> bytes:
    """Return `written` with its prefixes in alphabetical order: the serialiser declares them in an order of chance."""
    head = _PREFIX_LINES.match(written)
    if head:
        return b"".join(sorted(head.group().splitlines(keepends=True))) + b"\n" + written[head.end() :]
    root = _XML_ROOT.search(written)
    if root:
        attributes = b"".join(sorted(_XML_PREFIX.findall(root.group())))
        return b"".join((written[: root.start()], b"<rdf:RDF", attributes, b">", written[root.end() :]))
    return written


def sort_key(quad: ox.Quad) -> tuple[str, str, int, str, str]:
    """Return what quads are sorted by: graph, subject, predicate (class and label first), object."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return (graph, str(quad.subject), _FIRST.get(quad.predicate, len(_FIRST)), quad.predicate.value, str(quad.object))


def _check_xml(rows: Iterable[ox.Quad]) -> None:
    """Refuse what XML 1.0 has no way to write.

    Source: https://www.w3.org/TR/xml/#charsets
    """
    for quad in rows:
        bad = _NOT_XML.search(quad.object.value) if isinstance(quad.object, ox.Literal) else None
        if bad:
            where = f"{quad.subject} {quad.predicate}"
            msg = f"RDF/XML cannot hold the character U+{ord(bad.group()):04X} in {where}: choose another format"
            raise InputError(msg)
