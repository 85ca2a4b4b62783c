"""Pictures of the page for the documents: `make screenshots` writes them."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import browser
from tests.browser import chromium, visiting
from tests.server import serving

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs/images"
LARGEST = 300_000
"""Bytes of a picture at most."""

SHELLING = "dppxc7ef6gcuizcnyqx7"
PICTURES = {
    "explorer-1440": (1440, False, "#/events"),
    "event-1440": (1440, True, f"#/events?country=RU&country=UA&event={SHELLING}&map=49.8,34.5,6"),
    "actors-1440": (1440, False, "#/actors"),
    "query-1440": (1440, False, "#/query?name=casualty-disputes"),
    "explorer-390": (390, False, "#/events"),
    "event-390": (390, True, f"#/events?event={SHELLING}"),
}
"""Name → width in pixels, whether dark, and what is shown."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[str]:
    """A server of the sample articles; none when the pictures are only looked at."""
    if not pytestconfig.getoption("--update-screenshots"):
        yield ""
        return
    browser.needed()
    folder = tmp_path_factory.mktemp("pictures")
    kg = [sys.executable, "-c", "from kg.cli import main; main()"]
    built = [*kg, "build", str(ROOT / "seeds"), "-o", str(folder / "graph.nt"), "--store", str(folder / "store")]
    subprocess.run(built, check=True)
    with serving(folder, "--store", str(folder / "store")) as server:
        yield server.url


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, address: str) -> None:
    """Each picture is there, as wide as its name says, and small."""
    width, dark, state = PICTURES[name]
    file = FOLDER / f"{name}.png"
    if address:
        take(address, file, width=width, dark=dark, state=state)
    content = file.read_bytes()
    assert struct.unpack(">I", content[16:20]) == (width,)
    assert 15_000 <= len(content) <= LARGEST


def take(address: str, file: Path, *, width: int, dark: bool, state: str) -> None:
    """Write one picture, with as few colours as do not show (pngquant)."""
    FOLDER.mkdir(exist_ok=True)
    with (
        chromium() as running,
        visiting(running, address, width=width, height=900 if width > 400 else 844, dark=dark) as window,
    ):
        page = window.open(state)
        if "query" in state:
            page.locator(".yasqe_queryButton").click()
            page.locator(".yasr table").wait_for()
        else:
            page.locator(".mark, .matrix table").first.wait_for(state="attached")
            page.locator(".card h3, .item, .matrix table").first.wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=file)
    subprocess.run(["pngquant", "--force", "--skip-if-larger", "--output", str(file), "--", str(file)], check=False)
