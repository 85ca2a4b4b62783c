"""The formats."""

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.rdf.canonical import canonical
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, format_of, serialise
from tests.samples import MINTER, quads

NODE = ox.NamedNode("https://example.org/a")


@pytest.mark.parametrize("name", FORMATS)
def test_reading_back_gives_the_same_graph(name: str) -> None:
    written = serialise(quads(), FORMATS[name], prefixes=prefixes(MINTER.base))
    assert canonical(ox.parse(written, format=FORMATS[name].syntax)) == canonical(quads())


@pytest.mark.parametrize("name", FORMATS)
def test_order_and_repetition_change_nothing(name: str) -> None:
    graph = quads()
    bound = prefixes(MINTER.base)
    assert serialise([*reversed(graph), *graph], FORMATS[name], prefixes=bound) == serialise(
        graph, FORMATS[name], prefixes=bound
    )


def test_turtle_groups_by_subject_with_the_class_first() -> None:
    written = serialise(quads(), FORMATS["turtle"], prefixes=prefixes(MINTER.base)).decode()
    subjects = [line.split()[0] for line in written.splitlines() if line and not line.startswith(("@", "\t"))]
    assert subjects == sorted(subjects)
    assert len(subjects) == len(set(subjects))
    assert all(" a " in line for line in written.splitlines() if line and not line.startswith(("@", "\t")))


def test_turtle_declares_prefixes_in_order() -> None:
    written = serialise(quads(), FORMATS["turtle"], prefixes=prefixes(MINTER.base)).decode()
    declared = [line for line in written.splitlines() if line.startswith("@prefix")]
    assert declared == sorted(declared)
    assert "<https://w3id.org/conflict-kg/id/" not in written.partition("\n\n")[2]


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.graphs])
def test_named_graphs_come_back(name: str) -> None:
    graph = quads(named_graphs=True)
    written = serialise(graph, FORMATS[name], prefixes=prefixes(MINTER.base))
    assert canonical(ox.parse(written, format=FORMATS[name].syntax)) == canonical(graph)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.graphs])
def test_named_graphs_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="cannot hold named graphs"):
        serialise(quads(named_graphs=True), FORMATS[name], prefixes={})


def test_xml_refuses_control_characters() -> None:
    quad = ox.Quad(NODE, NODE, ox.Literal("a\x07b"))
    with pytest.raises(InputError, match=r"U\+0007"):
        serialise([quad], FORMATS["rdfxml"], prefixes={})


def test_blank_nodes_of_other_graphs_are_named_stably() -> None:
    def graph() -> list[ox.Quad]:
        blank = ox.BlankNode()
        return [ox.Quad(NODE, NODE, blank), ox.Quad(blank, NODE, ox.Literal("x"))]

    assert canonical(graph()) == canonical(graph())


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.ttl", "turtle"), ("a.NT", "ntriples"), ("a.nq", "nquads"), ("a.json", "jsonld"), ("a.rdf", "rdfxml")],
)
def test_endings(file: str, name: str) -> None:
    form = format_of(file)
    assert form is not None
    assert form.name == name


def test_unknown_ending() -> None:
    assert format_of("a.csv") is None
