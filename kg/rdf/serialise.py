"""Graphs to bytes: the same graph is the same bytes in every format."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

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
    rows = sorted(stable(quads), key=_key)
    if not form.graphs and any(quad.graph_name != ox.DefaultGraph() for quad in rows):
        able = ", ".join(name for name, other in FORMATS.items() if other.graphs)
        msg = f"{form.name} cannot hold named graphs: choose one of {able}"
        raise InputError(msg)
    if form.syntax == ox.RdfFormat.RDF_XML:
        _check_xml(rows)
    written = ox.serialize(rows, format=form.syntax, prefixes=dict(prefixes)) or b""
    return _sort_prefixes(written)


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


def _key(quad: ox.Quad) -> tuple[str, str, int, str, str]:
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
