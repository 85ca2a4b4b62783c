"""`kg load` against curl on a real Virtuoso: `python -m benchmarks.load GRAPH [--triples 1000000]`.

GRAPH (what `kg build seeds` writes, for example) is repeated until it has enough triples. Virtuoso starts anew for each
way, in a folder of its own: `kg load` in pieces with verification, the same pieces by curl (first PUT, then POST), and one PUT
of the whole file by curl, which Virtuoso 7 may never answer.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.generate import generate
from tests.virtuoso import PASSWORD, USER, Virtuoso, serve

GRAPH = "https://example.org/benchmark"
PIECE = "30000000"
BUFFERS = 170_000
LIMIT = 300
"""Seconds that a request may take."""


def put(server: Virtuoso, file: Path, method: str = "PUT") -> None:
    """Send a file by curl."""
    url = f"{server.url}/sparql-graph-crud-auth?{urlencode({'graph-uri': GRAPH})}"
    command = ["curl", "--silent", "--show-error", "--fail-with-body", "--digest", "--user", f"{USER}:{PASSWORD}"]
    command += ["--max-time", str(LIMIT), "--header", "Content-Type: application/n-triples", "--request", method]
    subprocess.run([*command, "--upload-file", str(file), url], check=True)


def put_pieces(server: Virtuoso, file: Path) -> None:
    """Send a file by curl in pieces that `split` has made."""
    for number, piece in enumerate(sorted(file.parent.glob("piece-*"))):
        put(server, piece, "POST" if number else "PUT")


def load(server: Virtuoso, file: Path) -> None:
    """Send a file by `kg load`."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "load", str(file), "--to", server.url]
    command += ["--profile", "virtuoso", "--graph", GRAPH, "--replace"]
    secrets = {"KG_STORE_USER": USER, "KG_STORE_PASSWORD": PASSWORD, "XDG_CACHE_HOME": str(server.folder)}
    subprocess.run(command, check=True, env=os.environ | secrets)


def measure(send: Callable[[Virtuoso, Path], None], file: Path) -> tuple[float, int]:
    """Return the seconds that `send` takes, and how many triples are there then."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder), buffers=BUFFERS) as server:
        began = time.perf_counter()
        send(server, file)
        took = time.perf_counter() - began
        asked = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": GRAPH, "format": "text/csv"}
        with urlopen(f"{server.sparql}?{urlencode(asked)}") as answer:  # noqa: S310 - the server of above
            return took, int(answer.read().split()[-1])


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.nt"
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(generate(arguments.graph, arguments.triples))
        subprocess.run(["split", "-C", PIECE, str(file), str(Path(folder) / "piece-")], check=True)
        ours = 0.0
        for name, send in (("kg load", load), ("curl, pieces", put_pieces), ("curl, one PUT", put)):
            try:
                taken, found = measure(send, file)
            except subprocess.CalledProcessError as error:
                print(
                    f"{name}: failed with status {error.returncode} (28: no answer within {LIMIT} s, as curl puts it)",
                    flush=True,
                )
                continue
            ours = ours or taken
            print(f"{name}: {taken:.1f} s, {found:,} triples there, kg load takes {ours / taken:.2f} of it", flush=True)


if __name__ == "__main__":
    main()
