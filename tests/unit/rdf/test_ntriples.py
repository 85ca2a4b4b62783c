"""Terms as text."""

import pyoxigraph as ox
import pytest

from kg.rdf.ntriples import decimal, lines, named, parse, text, triple, web_address


@pytest.mark.parametrize("value", [0.0, 1.0, 0.5, -0.25, 0.1, 100.0, 36.58333])
def test_decimals_survive_the_store(value: float) -> None:
    written = lines([triple("<urn:a>", "<urn:b>", decimal(value, 5))])
    store = ox.Store()
    store.extend(parse(written))
    (quad,) = store
    assert f"{quad} .\n".encode() == written[0]


def test_a_line_ends_where_its_triple_does() -> None:
    odd = text("a .\n<urn:b>\r\x0b\x85\u2028 .\n")
    both = [triple("<urn:a>", "<urn:b>", odd), triple("<urn:a>", "<urn:c>", odd)]
    assert [line.decode() for line in lines(["".join(both)])] == both
    written = lines(both, "<urn:g>")
    assert [quad.graph_name for quad in parse(written)] == [ox.NamedNode("urn:g")] * 2
    assert written[0].decode() == f"<urn:a> <urn:b> {odd} <urn:g> .\n"


@pytest.mark.parametrize("value", ["page 3", "/news/1", "ftp://example.org/", "https://example.org/a b", "https://"])
def test_no_web_address(value: str) -> None:
    assert web_address(value) == f'"{value}"'


def test_text_is_written_as_the_store_writes_it() -> None:
    for code in (*range(0x300), 0x2028, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600):
        assert text(f"a{chr(code)}b") == str(ox.Literal(f"a{chr(code)}b"))


@pytest.mark.parametrize("iri", ["urn:a b", "urn:<", 'urn:"', "urn:\\n", "urn:\n"])
def test_no_iri(iri: str) -> None:
    with pytest.raises(ValueError, match="no IRI"):
        named(iri)
