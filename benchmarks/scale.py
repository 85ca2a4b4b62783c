"""What a run costs, and how that grows: `python -m benchmarks.scale FOLDER [--sizes 10000 20000] [--news FILE]`.

Merging: ready records of invented news (`benchmarks.corpus`), from linking to sorted N-Quads, for each size with two
workers; then the parts go into an Oxigraph store. Reading: the first articles of a JSON Lines file through the language model,
with one worker and with two. Times are wall clock and processor time of all processes; memory is the sum over all processes,
looked at twice a second. On a machine that others use, compare processor times.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyoxigraph as ox

from benchmarks.corpus import generate

_MEGA = 1_000_000


class Cost(NamedTuple):
    """Seconds of wall clock and processor, and bytes of memory."""

    wall: float
    processor: float
    memory: int


def measure(*words: str | Path) -> Cost:
    """Run the command line and return what it cost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, most, over = time.monotonic(), [0], threading.Event()
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, words)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        watcher = threading.Thread(target=_watch, args=(process.pid, most, over))
        watcher.start()
        _, told = process.communicate()
        over.set()
        watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(told)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.monotonic() - start, used, most[0])


def _watch(process: int, most: list[int], over: threading.Event) -> None:
    while not over.wait(0.5):
        most[0] = max(most[0], sum(_resident(one) for one in _family(process)))


def _family(process: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(process: int) -> int:
    """Return the memory of a process, what it shares with others counted by halves and so on (Linux: PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def records(path: Path, count: int) -> Path:
    """Write that many invented extraction records."""
    with path.open("wb") as file:
        for report in islice(generate(), count):
            file.write(msgspec.json.encode(report.extraction) + b"\n")
    return path


def merging(folder: Path, sizes: list[int]) -> None:
    """Print what merging costs for each size."""
    print("merging, 2 workers: articles, wall s, cpu s, cpu ms an article, MB of memory, quads, bytes an article")
    costs = {}
    for size in sizes:
        source, parts = records(folder / f"{size}.jsonl", size), folder / f"{size}-parts"
        shutil.rmtree(parts, ignore_errors=True)
        cost = measure("link", source, "-o", f"{parts}/", "--workers", "2")
        files = sorted(parts.iterdir())
        quads = sum(_lines(path) for path in files)
        written = sum(path.stat().st_size for path in files)
        each = costs[size] = cost.processor / size * 1000
        row = f"{cost.wall:.0f}  {cost.processor:.0f}  {each:.2f}  {cost.memory / _MEGA:.0f}  {quads}  {written / size:.0f}"
        print(f"{size}  {row}  ({size / cost.wall:.0f} articles/s, {quads / cost.wall:.0f} triples/s)", flush=True)
    least, most = min(costs), max(costs)
    if least < most:
        growth = costs[most] / costs[least]
        print(f"processor time an article, {most} articles against {least}: {growth:.2f}x (1.00x is linear)")
    loading(parts, folder / "store")


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))


def loading(parts: Path, target: Path) -> None:
    """Print what it costs to load parts into a store."""
    shutil.rmtree(target, ignore_errors=True)
    start, used = time.monotonic(), time.process_time()
    store = ox.Store(target)
    for path in sorted(parts.iterdir()):
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    store.flush()
    wall, processor = time.monotonic() - start, time.process_time() - used
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(
        f"bulk load: {len(store)} triples, {wall:.0f} s, {processor:.0f} s of processor, {size / _MEGA:.0f} MB on disk"
    )


def reading(folder: Path, news: Path, articles: int) -> None:
    """Print what reading costs with one worker and with two."""
    source = folder / "news.jsonl"
    with news.open("rb") as file:
        source.write_bytes(b"".join(islice(file, articles)))
    costs = []
    for workers in (1, 2):
        target = folder / f"news-{workers}.nq"
        work = ("--work", folder / f"news-{workers}.work")
        costs.append(measure("build", source, "-o", target, "--workers", str(workers), *work))
        rate = articles / costs[-1].wall
        print(
            f"reading, {workers} workers: {costs[-1].wall:.1f} s, {costs[-1].processor:.1f} s of processor, "
            f"{costs[-1].memory / _MEGA:.0f} MB of memory, {rate:.1f} articles/s, {_lines(target) / costs[-1].wall:.0f} triples/s"
        )
    same = (folder / "news-1.nq").read_bytes() == (folder / "news-2.nq").read_bytes()
    print(f"2 workers against 1: {costs[0].wall / costs[1].wall:.2f}x; same bytes: {same}")


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--news", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
    if arguments.news:
        reading(arguments.folder, arguments.news, arguments.articles)
    if arguments.sizes:
        merging(arguments.folder, arguments.sizes)


if __name__ == "__main__":
    main()
