"""Cutting: the same file is always the same pieces, within the limits, without blank nodes, and counted."""

from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from kg.store import parse
from kg.store.remote.pieces import Piece, Pieces
from kg.store.remote.profile import find_profile
from tests.conftest import SMALL

FUSEKI = find_profile("fuseki")


def lines(count: int) -> str:
    return "".join(f'<https://example.org/s{number}> <https://example.org/p> "{number}" .\n' for number in range(count))


def pieces(
    file: Path, *, together: bool = False, into: str | None = None, **changes: object
) -> tuple[list[Piece], Pieces]:
    made = Pieces(
        parse(file),
        msgspec.structs.replace(FUSEKI, **changes),
        name="f",
        into=into,
        graphs=file.suffix == ".nq",
        together=together,
    )
    return list(made), made


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_pieces_keep_to_the_limit_and_lose_nothing(tmp_path: Path) -> None:
    text = lines(20_000)
    found, _ = pieces(write(tmp_path, "a.nt", text), bytes=200_000)
    assert b"".join(piece.body for piece in found).decode() == text
    assert max(len(piece.body) for piece in found) <= 200_000
    assert len(found[0].body) < 100_000 < len(found[1].body), "the first one is small"


def test_updates_keep_to_their_number_of_triples(tmp_path: Path) -> None:
    found, _ = pieces(write(tmp_path, "a.nt", lines(2_500)), triples=1_000)
    assert [piece.triples for piece in found] == [1_000, 1_000, 500]


def test_triples_that_come_twice_count_once(tmp_path: Path) -> None:
    _, made = pieces(write(tmp_path, "a.nt", lines(10) + lines(12)))
    assert made.expected() == {None: 12}


def test_blank_nodes_become_the_same_iris_each_time(tmp_path: Path) -> None:
    file = write(tmp_path, "a.ttl", '@prefix : <https://e.org/> . :a :b [ :c _:x ], [ :c _:x ], "_:no" . _:x :d 1 .')
    first, made = pieces(file)
    again, _ = pieces(file)
    assert first == again
    assert made.replaced == 3
    triples = list(ox.parse(first[0].body, ox.RdfFormat.N_TRIPLES))
    assert len({triple.object for triple in triples if triple.predicate.value == "https://e.org/c"}) == 1
    assert sum(isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode) for t in triples) == 0


def test_a_file_without_blank_nodes_stays_as_it_is(tmp_path: Path) -> None:
    found, made = pieces(write(tmp_path, "a.ttl", '<https://e.org/a> <https://e.org/b> "_:x" .'))
    assert (made.replaced, found[0].body) == (0, b'<https://e.org/a> <https://e.org/b> "_:x" .\n')


def test_samples_have_a_form_that_stores_keep(tmp_path: Path) -> None:
    point = '<urn:a> <urn:b> "POINT(1.50 2)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .\n'
    (piece,), _ = pieces(write(tmp_path, "a.nt", point + '<urn:a> <urn:b> "1.50" .\n'))
    assert [sample.line for sample in piece.samples] == [b'<urn:a> <urn:b> "1.50" .\n']
    (piece,), _ = pieces(write(tmp_path, "b.nt", point))
    assert piece.samples == ()


def test_turtle_says_the_same_in_fewer_bytes() -> None:
    plain, made = pieces(SMALL, bytes=1_000_000)
    turtle, _ = pieces(SMALL, turtle=True, bytes=1_000_000)
    assert {piece.media for piece in turtle} == {"text/turtle"}
    told = {triple for piece in turtle for triple in ox.parse(piece.body, ox.RdfFormat.TURTLE)}
    assert told == {triple for piece in plain for triple in ox.parse(piece.body, ox.RdfFormat.N_TRIPLES)}
    assert sum(len(piece.body) for piece in turtle) < sum(len(piece.body) for piece in plain) / 2
    assert sum(piece.triples for piece in turtle) == sum(made.expected().values())


@pytest.mark.parametrize("name", ["a(b)", "a%20b", "-x", "a.", "a/b?c=d#e", "it's"])
def test_names_that_turtle_would_escape_are_written_in_full(tmp_path: Path, name: str) -> None:
    iri = f"https://w3id.org/conflict-kg/id/event/{name}"
    (piece,), _ = pieces(write(tmp_path, "a.nt", f'<{iri}> <urn:p> "a\\\\(b" .\n'), turtle=True)
    assert f"<{iri}> <urn:p>".encode() in piece.body


GRAPHS = """<https://e.org/s> <https://e.org/p> "1 .\\n" <https://e.org/g1> .
<https://e.org/s> <https://e.org/p> "2" .
<https://e.org/s> <https://e.org/p> "3" <https://e.org/g2> .
<https://e.org/s> <https://e.org/p> "4" <https://e.org/g1> .
"""


def test_each_graph_has_its_pieces(tmp_path: Path) -> None:
    found, made = pieces(write(tmp_path, "a.nq", GRAPHS))
    assert [(piece.graph, piece.triples) for piece in found] == [
        ("https://e.org/g1", 2),
        (None, 1),
        ("https://e.org/g2", 1),
    ]
    assert made.expected() == {"https://e.org/g1": 2, None: 1, "https://e.org/g2": 1}


def test_graphs_may_go_together_as_quads(tmp_path: Path) -> None:
    file = write(tmp_path, "a.nq", GRAPHS)
    (piece,), _ = pieces(file, together=True)
    assert piece.media == "application/n-quads"
    assert set(ox.parse(piece.body, ox.RdfFormat.N_QUADS)) == set(parse(file))


@pytest.mark.parametrize("together", [True, False])
def test_samples_are_of_every_piece_and_graph(tmp_path: Path, *, together: bool) -> None:
    found, _ = pieces(write(tmp_path, "a.nq", GRAPHS), together=together)
    assert {sample.graph for piece in found for sample in piece.samples} == {
        None,
        "https://e.org/g1",
        "https://e.org/g2",
    }
