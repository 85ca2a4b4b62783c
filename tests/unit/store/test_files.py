"""Reading RDF files."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, QueryError
from kg.store import load, parse
from kg.store.header import entries


@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        (".ttl", ox.RdfFormat.TURTLE),
        (".nt", ox.RdfFormat.N_TRIPLES),
        (".nq", ox.RdfFormat.N_QUADS),
        (".trig", ox.RdfFormat.TRIG),
        (".jsonld", ox.RdfFormat.JSON_LD),
        (".rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_every_format_gives_the_same_graph(small: ox.Store, tmp_path: Path, suffix: str, form: ox.RdfFormat) -> None:
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(ox.serialize((quad.triple for quad in small), format=form) or b"")
    assert set(load([path])) == set(small)


def test_a_syntax_error_names_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("<https://a.example/s> <https://a.example/p> 1 .\n<https://a.example/s> oops .\n")
    with pytest.raises(InputError, match=r"bad\.ttl:2:\d+: this is not valid Turtle"):
        list(parse(path))


def test_an_unknown_extension_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.ttl, \.nt"):
        list(parse(tmp_path / "graph.docx"))


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(parse(tmp_path / "none.ttl"))


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <https://a.example/p> 1 .")
    assert len(load([tmp_path / "a.ttl", tmp_path / "b.ttl"])) == 2


def test_a_malformed_header_line_is_named() -> None:
    with pytest.raises(QueryError, match="query demo, line 2"):
        list(entries("demo", "#+ summary: All.\n#+ no colon here\n"))
