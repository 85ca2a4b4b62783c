"""All canned queries on a large graph, in three engines: `python -m benchmarks.queries GRAPH [--triples 1000000]`.

GRAPH (what `kg build seeds` writes, for example) is repeated until it has enough triples. Prints a table in Markdown: milliseconds
for all rows, written as TSV, the median of several runs in the embedded store on disk, of one in Virtuoso after one to warm up, and
one in rdflib; both are stopped after `--limit` seconds. In brackets the milliseconds of processor in the embedded store, which other
work on the machine changes less. Queries have their defaults; `claims-by` and `evidence` ask for what they are made for, one name
and one event. Ten minutes at most: rdflib reads a million triples in about two, and gets `--limit` for each query.
"""

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benchmarks.generate import generate
from benchmarks.load import BUFFERS, GRAPH, load
from kg import store
from kg.config import RemoteConfig
from kg.errors import EndpointError
from kg.query import Query, bind, catalogue, run
from kg.query.formats import write
from kg.query.remote import Endpoint
from kg.rdf.namespaces import ckg
from tests.virtuoso import serve

RUNS = 5
MEDIAN, WORST = 300.0, 1500.0
"""Milliseconds that each query may take in the median of its runs, and in the slowest one, in the embedded store."""

Ask = Callable[[str], object]


def texts(large: ox.Store) -> Mapping[str, str]:
    """Return the text of every query, with values for those that ask for one thing."""
    event = min(quad.object.value for quad in large.quads_for_pattern(None, ckg("about"), None, None))  # type: ignore[union-attr]
    given = {"claims-by": {"name": "ministry"}, "evidence": {"event": event}}

    def text(query: Query) -> str:
        return bind(query, given.get(query.name, {}))

    return {name: text(query) for name, query in catalogue().items()}


def took(ask: Ask, text: str) -> float:
    """Return the milliseconds that a query takes."""
    began = time.perf_counter()
    ask(text)
    return (time.perf_counter() - began) * 1000


def used(ask: Ask, text: str) -> tuple[float, float]:
    """Return the milliseconds that a query takes, and those of this process alone."""
    began = time.process_time()
    return took(ask, text), (time.process_time() - began) * 1000


def warm(there: Endpoint, text: str) -> float | None:
    """Return the milliseconds that a query takes when it is asked again, `None` when it is stopped."""
    try:
        return [took(there.run, text) for _ in range(2)][1]
    except EndpointError as error:
        print(error, file=sys.stderr)
        return None


def limited(ask: Ask, text: str, limit: float) -> float | None:
    """Return the milliseconds that a query takes in a process of its own, `None` when it is stopped."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(took(ask, text)))
    child.start()
    done = ours.poll(limit)
    found = ours.recv() if done else None
    child.kill()
    child.join()
    return found


def table(columns: Mapping[str, Mapping[str, float | None]], processor: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: a row a query, a column an engine."""
    yield f"| query | {' | '.join(columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    for name, own in processor.items():
        times = {engine: column[name] for engine, column in columns.items()}
        cells = ["stopped" if each is None else f"{each:,.0f}" for each in times.values()]
        yield f"| {name} | {cells[0]} ({own:,.0f}) | {' | '.join(cells[1:])} |".replace(" |  |", " |")


def main() -> None:
    """Read the command line, measure, and print one table; exit with 1 when the embedded store is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=12.0, help="seconds for one query in Virtuoso and rdflib")
    parser.add_argument("--only-embedded", action="store_true")
    arguments = parser.parse_args()
    columns: dict[str, dict[str, float | None]] = {}
    processor: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.nt"
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(generate(arguments.graph, arguments.triples))
        store.write(Path(folder) / "store", store.parse(file))
        large = store.open_read_only(Path(folder) / "store")
        asked = texts(large)

        def embedded(text: str) -> bytes:
            return write(run(large, text), "tsv")

        columns["embedded"], slowest = {}, 0.0
        for name, text in asked.items():
            clock, own = zip(*(used(embedded, text) for _ in range(RUNS)), strict=True)
            slowest = max(slowest, *clock)
            columns["embedded"][name], processor[name] = statistics.median(clock), statistics.median(own)
        if not arguments.only_embedded:
            (Path(folder) / "virtuoso").mkdir()
            with serve(Path(folder) / "virtuoso", buffers=BUFFERS) as server:
                load(server, file)
                limits = RemoteConfig(timeout=arguments.limit, retries=0)
                there = Endpoint(server.sparql, graph=GRAPH, config=limits)
                columns["Virtuoso"] = {name: warm(there, text) for name, text in asked.items()}
            graph = rdflib.Graph().parse(file, format="nt")
            columns["rdflib"] = {
                name: limited(lambda text: list(graph.query(text)), text, arguments.limit)
                for name, text in asked.items()
            }
    print(f"{arguments.triples:,} triples, {os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}\n")
    print("\n".join(table(columns, processor)))
    medians = [each for each in columns["embedded"].values() if each is not None]
    print(
        f"medians: of all queries {statistics.median(medians):.0f} ms, the worst {max(medians):.0f} ms (at most {MEDIAN:.0f})"
    )
    print(f"slowest run {slowest:.0f} ms (at most {WORST:.0f})")
    sys.exit(max(medians) > MEDIAN or slowest > WORST)


if __name__ == "__main__":
    main()
