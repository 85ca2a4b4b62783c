"""All canned queries on a large graph, in three engines: `python -m benchmarks.queries GRAPH [--triples 1000000]`.

GRAPH (what `kg build seeds` writes, for example) is repeated until it has enough triples. Milliseconds for all rows, written as
TSV: the median of several runs in the embedded store on disk, of one in Virtuoso after one to warm up, and one in rdflib, which is
stopped after `--limit` seconds. Queries have their defaults; `claims-by` and `evidence` ask for what they are made for, one name
and one event.
"""

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benchmarks.generate import generate
from benchmarks.load import BUFFERS, GRAPH, load
from kg import store
from kg.query import Query, bind, catalogue, run
from kg.query.formats import write
from kg.query.remote import Endpoint
from kg.rdf.namespaces import ckg
from tests.virtuoso import serve

RUNS = 5
MEDIAN, WORST = 300.0, 1500.0
"""Milliseconds that the median query and the slowest one may take in the embedded store."""

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


def main() -> None:
    """Read the command line, measure, and print one table; exit with 1 when the embedded store is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=20.0)
    parser.add_argument("--only-embedded", action="store_true")
    arguments = parser.parse_args()
    columns: dict[str, dict[str, float | None]] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.nt"
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(generate(arguments.graph, arguments.triples))
        store.write(Path(folder) / "store", store.parse(file))
        large = store.open_read_only(Path(folder) / "store")
        asked = texts(large)

        def embedded(text: str) -> bytes:
            return write(run(large, text), "tsv")

        columns["embedded"] = {
            name: statistics.median(took(embedded, text) for _ in range(RUNS)) for name, text in asked.items()
        }
        if not arguments.only_embedded:
            (Path(folder) / "virtuoso").mkdir()
            with serve(Path(folder) / "virtuoso", buffers=BUFFERS) as server:
                load(server, file)
                there = Endpoint(server.sparql, graph=GRAPH)
                columns["Virtuoso"] = {
                    name: [took(there.run, text) for _ in range(2)][1] for name, text in asked.items()
                }
            graph = rdflib.Graph().parse(file, format="nt")
            columns["rdflib"] = {
                name: limited(lambda text: list(graph.query(text)), text, arguments.limit)
                for name, text in asked.items()
            }
    print(f"{arguments.triples:,} triples, milliseconds, {os.cpu_count()} cores")
    print(f"{'query':<28}" + "".join(f"{engine:>12}" for engine in columns))
    for name in asked:
        cells = (column[name] for column in columns.values())
        print(f"{name:<28}" + "".join(f"{cell:>12.1f}" if cell is not None else f"{'stopped':>12}" for cell in cells))
    median, worst = statistics.median(columns["embedded"].values()), max(columns["embedded"].values())  # type: ignore[type-var]
    print(f"embedded: median {median:.1f} ms (at most {MEDIAN:.0f}), worst {worst:.1f} ms (at most {WORST:.0f})")
    sys.exit(median > MEDIAN or worst > WORST)


if __name__ == "__main__":
    main()
