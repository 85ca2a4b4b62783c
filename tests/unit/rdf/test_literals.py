"""Literals."""

import pyoxigraph as ox
import pytest

from kg.rdf.literals import decimal, web_address


@pytest.mark.parametrize("value", [0.0, 1.0, 0.5, -0.25, 0.1, 100.0, 36.58333])
def test_decimals_survive_the_store(value: float) -> None:
    node = ox.NamedNode("https://example.org/a")
    store = ox.Store()
    store.add(ox.Quad(node, node, decimal(value, 5)))
    (quad,) = store
    assert quad.object == decimal(value, 5)


@pytest.mark.parametrize("value", ["page 3", "/news/1", "ftp://example.org/", "https://example.org/a b", "https://"])
def test_no_web_address(value: str) -> None:
    assert isinstance(web_address(value), ox.Literal)
