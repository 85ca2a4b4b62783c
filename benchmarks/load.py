"""`kg load` against curl on a real Virtuoso: `python -m benchmarks.load GRAPH [--triples 1000000] [--rounds 5]`.

GRAPH (what `kg build seeds` writes, for example) is repeated until it has enough triples. Virtuoso starts anew for each
way, in a folder of its own: `kg load` with verification, one PUT of the whole file by curl, and pieces of 30 MB by curl one
after the other (first PUT, then POST). Virtuoso 7 never answers some PUTs of a whole file, refuses others since its own
threads lock each other out, and acknowledges others although triples are missing: it is tried again then, each time with an
empty database. Ratios are of times in the same round, since machines are noisy; the median of the rounds is told.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.generate import generate
from tests.virtuoso import PASSWORD, USER, Virtuoso, serve

GRAPH = "https://example.org/benchmark"
PIECE = "30000000"
BUFFERS = 170_000
LIMIT = 30
"""Seconds that a request may take; Virtuoso answers a whole file after about 8, or never."""
TRIES = 5
"""So often a way is tried in each round until all triples have arrived."""
BAR = 1.3
"""The most that `kg load` may take of the time of one PUT."""


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


OURS, SINGLE = "kg load", "curl, one PUT"
WAYS = {OURS: load, SINGLE: put, "curl, pieces": put_pieces}


def race(file: Path, triples: int) -> dict[str, float]:
    """Return the seconds of each way by which all triples arrived."""
    times = {}
    for name in WAYS:
        for _ in range(TRIES):
            taken = attempt(name, file, triples)
            if taken is not None:
                times[name] = taken
                break
    return times


def attempt(name: str, file: Path, triples: int) -> float | None:
    """Return the seconds that one way takes, `None` when not all triples arrive."""
    try:
        taken, found = measure(WAYS[name], file)
    except subprocess.CalledProcessError as error:
        print(f"{name}: status {error.returncode} (of curl: 28 is no answer within {LIMIT} s)", flush=True)
        return None
    print(f"{name}: {taken:.1f} s, {found:,} triples there", flush=True)
    return taken if found == triples else None


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.nt"
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(generate(arguments.graph, arguments.triples))
        subprocess.run(["split", "-C", PIECE, str(file), str(Path(folder) / "piece-")], check=True)
        rounds = [race(file, arguments.triples) for _ in range(arguments.rounds)]
    if not all(OURS in times for times in rounds):
        sys.exit(f"{OURS} has lost triples, or failed")
    ratios = {name: [times[OURS] / times[name] for times in rounds if name in times] for name in WAYS}
    for name, found in ratios.items():
        told = (
            f"{OURS} takes {median(found):.2f} of its time ({min(found):.2f} to {max(found):.2f})" if found else "never"
        )
        print(f"{name}: {len(found)} of {len(rounds)} rounds, {told}")
    if not ratios[SINGLE] or median(ratios[SINGLE]) > BAR:
        sys.exit(f"{OURS} is not known to take at most {BAR} of the time of one PUT")


if __name__ == "__main__":
    main()
