"""Options and fixtures that all tests share."""

from pathlib import Path

import pyoxigraph as ox
import pytest

SMALL = Path(__file__).parent / "data" / "small.ttl"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")
    parser.addoption("--update-screenshots", action="store_true", help="write the pictures of the page in docs/images")


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether the golden files are to be written."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture
def small() -> ox.Store:
    """The small graph made by hand, fresh for each test."""
    store = ox.Store()
    store.bulk_load(path=SMALL, format=ox.RdfFormat.TURTLE)
    return store
