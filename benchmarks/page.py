"""How soon the explorer page shows, and how fast it filters: `python benchmarks/page.py [--events 50000] [--runs 5]`.

A graph of invented events is served by `kg serve` and opened in Debian's Chromium (1440 × 900). Times are in milliseconds since
the page was asked for: first contentful paint, and until map, timeline and list show all events. A filter is timed from the key
to the new list.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import httpx
import pyoxigraph as ox

from tests.browser import Visit, chromium, visiting
from tests.many import triples
from tests.server import serving

PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
NOW = "performance.now()"
FILTER = """async (text) => {
  const box = document.querySelector('.filters input[type=search]');
  const before = document.querySelector('.status').textContent;
  const start = performance.now();
  box.value = text;
  box.dispatchEvent(new Event('input', {bubbles: true}));
  while (document.querySelector('.status').textContent === before) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def main() -> None:
    """Read the command line, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        fill(store, arguments.events)
        with serving(Path(folder), "--store", str(store)) as server, chromium() as browser:
            began = time.perf_counter()
            answer = httpx.get(f"{server.url}/explorer/events", timeout=600)
            print(f"events ready after {time.perf_counter() - began:.1f} s, {len(answer.content) / 1e6:.1f} MB of JSON")
            rows: dict[str, list[float]] = {"first paint": [], "all shown": [], "first search": [], "search": []}
            for _ in range(arguments.runs):
                with visiting(browser, server.url) as window:
                    measure(window, rows)
    for name, values in rows.items():
        print(f"{name:<14} median {statistics.median(values):7.0f} ms   worst {max(values):7.0f} ms")


def fill(folder: Path, events: int) -> None:
    """Make the store."""
    store = ox.Store(folder)
    store.bulk_load("".join(triples(events)).encode(), format=ox.RdfFormat.N_TRIPLES)
    store.flush()


def measure(window: Visit, rows: dict[str, list[float]]) -> None:
    """Add the times of one visit."""
    page = window.open()
    page.locator(".mark").first.wait_for()
    page.locator(".item").first.wait_for()
    rows["all shown"].append(page.evaluate(NOW))
    rows["first paint"].append(page.evaluate(PAINT))
    rows["first search"].append(page.evaluate(FILTER, "place 17"))
    rows["search"].append(page.evaluate(FILTER, "strike place 17"))


if __name__ == "__main__":
    main()
