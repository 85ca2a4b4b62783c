"""Speed and memory of linking alone: `python benchmarks/linking_speed.py EXTRACTIONS.jsonl`.

Prints, as JSON: mentions of named entities linked a second of CPU on one core, after loading; the memory of the process in
MB, Python and the extractions included; the milliseconds that opening the gazetteer takes.
"""

import re
import sys
import time
from pathlib import Path

import msgspec

from kg.config import LinkConfig
from kg.gazetteer import load_gazetteer
from kg.link import link
from kg.records import Extraction

_ROUNDS = 5


def measure(path: Path) -> dict[str, float]:
    """Return what the module's docstring tells, for the extractions in `path`."""
    extractions = [msgspec.json.decode(line, type=Extraction) for line in path.read_bytes().splitlines()]
    began = time.perf_counter()
    gazetteer = load_gazetteer()
    opening = time.perf_counter() - began
    mentions = sum(len(entity.mentions) for one in extractions for entity in one.entities if entity.named)
    times = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        for one in extractions:
            link(one, gazetteer, LinkConfig())
        times.append(time.process_time() - began)
    return {
        "mentions a second": mentions / min(times),
        "memory in MB": _memory(),
        "opening in ms": 1000 * opening,
    }


def _memory() -> float:
    """Return the most that was resident; `getrusage` would count what the parent had."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found[1]) / 1000 if found else float("nan")


if __name__ == "__main__":
    print(msgspec.json.encode(measure(Path(sys.argv[1]))).decode())
