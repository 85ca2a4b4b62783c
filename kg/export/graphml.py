"""Actors as a directed graph in GraphML: who acts against whom, and who says what of whom.

Source: http://graphml.graphdrawing.org/primer/graphml-primer.html
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

import msgspec
import pyoxigraph as ox

from kg.export.rows import ask
from kg.rdf.namespaces import local, spaced

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = (
    ("label", "node", "string"),
    ("relation", "edge", "string"),
    ("weight", "edge", "int"),
)
"""What nodes and edges tell: name, on which, type."""

_ACTS = {"perpetrator": "acts against", "allegedPerpetrator": "is said to act against"}


class Edge(NamedTuple):
    """One relation between two actors, by IRI."""

    source: str
    target: str
    relation: str


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Names of actors by IRI, and how often each relation holds: in events, or in claims."""

    labels: dict[str, str]
    edges: Counter[Edge]


def network(store: ox.Store) -> Network:
    """Return the actors of the graph that act or speak, and what they do to each other."""
    labels: dict[str, str] = {}
    edges: Counter[Edge] = Counter()
    sides: dict[str, dict[str, set[str]]] = {}
    for one in ask(store, "participants"):
        role = local(one["role"])
        if role in {*_ACTS, "target"}:
            _name(labels, one["entity"], one["label"])
            sides.setdefault(one["event"], {}).setdefault(role, set()).add(one["entity"])
    for side in sides.values():
        for role, relation in _ACTS.items():
            edges.update(Edge(a, b, relation) for a in side.get(role, ()) for b in side.get("target", ()) if a != b)
    for one in ask(store, "speech"):
        _name(labels, one["source"], one["source_label"])
        _name(labels, one["accused"], one["accused_label"])
        edges[Edge(one["source"], one["accused"], spaced(local(one["stance"])))] += int(one["times"])
    return Network(labels=labels, edges=edges)


def graphml(store: ox.Store) -> bytes:
    """Return the network of the actors, sorted by IRI; actors without a relation are left out."""
    found = network(store)
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(_tag("graphml"))
    for name, owner, kind in _KEYS:
        ET.SubElement(root, _tag("key"), {"id": name, "for": owner, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, _tag("graph"), {"edgedefault": "directed"})
    for iri in sorted({end for edge in found.edges for end in edge[:2]}):
        _data(ET.SubElement(graph, _tag("node"), {"id": iri}), [("label", found.labels[iri])])
    for edge, times in sorted(found.edges.items()):
        node = ET.SubElement(graph, _tag("edge"), {"source": edge.source, "target": edge.target})
        _data(node, [("relation", edge.relation), ("weight", str(times))])
    ET.indent(root)
    out = io.BytesIO()
    ET.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _data(node: ET.Element, values: Iterable[tuple[str, str]]) -> None:
    for name, value in values:
        ET.SubElement(node, _tag("data"), {"key": name}).text = "".join(_legal(value))


def _legal(text: str) -> Iterator[str]:
    """Yield the characters that XML 1.0 can hold; the others become U+FFFD."""
    for character in text:
        legal = character in "\t\n\r" or " " <= character <= "\ud7ff" or character >= "\ue000"
        yield character if legal and character not in "\ufffe\uffff" else "\ufffd"


def _name(labels: dict[str, str], iri: str, label: str) -> None:
    labels[iri] = min(labels.get(iri, label), label)
