"""What holds for the graph of any extraction that keeps the contract."""

import warnings
from collections import defaultdict

import msgspec
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.canonical import canonical
from kg.rdf.namespaces import OA, RDFS, prefixes
from kg.rdf.serialise import FORMATS, serialise
from kg.records import Extraction, LinkedExtraction
from tests.samples import MINTER, quads
from tests.strategies import extractions, linked_extractions

RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "nquads": "nquads",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
"""rdflib's names of the formats."""

SINGLE = frozenset(
    "status startDate endDate datePrecision stance harm min max content about evidence confidence outcome rank linkScore "
    "sentence sha256 killedLow killedHigh injuredLow injuredHigh".split()
)
"""Properties of the ontology that a node has once at most."""

MANY = st.lists(linked_extractions(), min_size=1, max_size=3)


@settings(deadline=None)
@given(extractions())
def test_drawn_extractions_keep_the_contract(extraction: Extraction) -> None:
    assert list(extraction.problems()) == []


@settings(deadline=None)
@given(linked_extractions())
def test_records_survive_json(linked: LinkedExtraction) -> None:
    assert msgspec.json.decode(msgspec.json.encode(linked), type=LinkedExtraction) == linked


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None)
@given(linked=MANY, merge=st.booleans())
def test_every_format_gives_the_graph_back(*, name: str, linked: list[LinkedExtraction], merge: bool) -> None:
    graph = quads(*linked, merge=merge)
    written = serialise(graph, FORMATS[name], prefixes=prefixes(MINTER.base))
    assert canonical(ox.parse(written, format=FORMATS[name].syntax)) == canonical(graph)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=5, deadline=None)
@given(linked=linked_extractions())
def test_rdflib_reads_the_same_graph_from_every_format(name: str, linked: LinkedExtraction) -> None:
    graph = quads(linked)
    expected = rdflib.Graph().parse(data=serialise(graph, FORMATS["ntriples"], prefixes={}), format="nt")
    written = serialise(graph, FORMATS[name], prefixes=prefixes(MINTER.base))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside its parsers of datasets
        found = rdflib.ConjunctiveGraph() if FORMATS[name].graphs else rdflib.Graph()
        found.parse(data=written, format=RDFLIB[name])
    assert set(found) == set(expected)


@settings(max_examples=50, deadline=None)
@given(linked=MANY, merge=st.booleans(), data=st.data())
def test_the_order_of_articles_changes_no_byte(
    *, linked: list[LinkedExtraction], merge: bool, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(linked))

    def write(some: list[LinkedExtraction]) -> bytes:
        return serialise(quads(*some, merge=merge), FORMATS["turtle"], prefixes=prefixes(MINTER.base))

    assert write(shuffled) == write(linked)


@settings(deadline=None)
@given(linked=MANY, merge=st.booleans())
def test_the_data_have_no_blank_nodes_and_no_booleans(*, linked: list[LinkedExtraction], merge: bool) -> None:
    for quad in quads(*linked, merge=merge):
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        assert not (isinstance(quad.object, ox.Literal) and quad.object.datatype.value.endswith("boolean"))


@settings(deadline=None)
@given(linked=MANY, merge=st.booleans())
def test_every_node_has_a_class_and_no_single_property_twice(*, linked: list[LinkedExtraction], merge: bool) -> None:
    graph = quads(*linked, merge=merge)
    base, typed = MINTER.base, set()
    values = defaultdict(set)
    for quad in graph:
        values[quad.subject, quad.predicate].add(quad.object)
        if quad.predicate.value.endswith("#type"):
            typed.add(quad.subject)
    for quad in graph:
        for term in (quad.subject, quad.object):
            assert not (isinstance(term, ox.NamedNode) and term.value.startswith(base)) or term in typed
    for (subject, predicate), found in values.items():
        if predicate.value.rpartition("#")[2] in SINGLE or predicate.value == RDFS + "label":
            assert len(found) == 1, (subject, predicate, found)


@settings(deadline=None)
@given(linked=linked_extractions())
def test_quotations_are_the_words_at_their_offsets(linked: LinkedExtraction) -> None:
    text = linked.extraction.article.text
    values = defaultdict(dict)
    for quad in quads(linked):
        values[quad.subject][quad.predicate.value] = quad.object.value
    for properties in values.values():
        if OA + "exact" in properties:
            start, end = int(properties[OA + "start"]), int(properties[OA + "end"])
            exact = properties[OA + "exact"]
            assert exact == text[start:end]
            sentence = next(value for name, value in properties.items() if name.endswith("sentence"))
            assert exact in sentence
            assert sentence in text


@settings(deadline=None)
@given(linked=MANY)
def test_a_store_gives_the_same_graph_back(linked: list[LinkedExtraction]) -> None:
    graph = quads(*linked)
    store = ox.Store()
    store.extend(graph)
    store.extend(graph)
    assert canonical(store) == canonical(graph)
