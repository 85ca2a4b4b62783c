"""`kg serve` under load: `python -m benchmarks.serve GRAPH [--triples 1000000] [--seconds 60] [--canned]`.

GRAPH (what `kg build seeds` writes, for example) is repeated until it has enough triples; the folder of a store is served as it is.
Clients and server share the machine; what each costs of the processor is told.

1. Every canned query, with its defaults and with values, once and alone, as nobody has asked before.
2. 200 clients ask without a pause. Half of the requests are these canned queries, which the server has in memory from now on. The
   others concern one event of thousands, chosen by chance, so that most have to be worked out: its evidence (a canned query),
   its page, its Turtle, a look-up in SPARQL; with `--canned` its evidence only, which is the mix that the bar is for. One
   request of `RARE` is a canned query over a period that nobody has asked for: a slow one.
3. A query that would run for minutes, three times at once, while 20 clients go on asking.
4. 10,000 requests that are wrong: SPARQL torn and shuffled, wrong values, names, bodies and headers. By
   themselves: `python -m benchmarks.malformed`.

The bar, of which the last line tells: over all seconds no error, and 95 % of the cheap canned queries within 500 ms. Both halves
are told apart too: in the first one most of what concerns one event has to be worked out, in the second the server knows much.
Cheap is a canned query that took less than 50 ms when it was asked first and alone (1.), and the evidence of an event; those that
are quick only because the server has them in memory do not count as cheap, and are told apart.
"""

import argparse
import asyncio
import datetime as dt
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import msgspec

from benchmarks.client import Request, Times, connected, within
from benchmarks.generate import generate
from benchmarks.malformed import WRONG, storm
from kg import store
from kg.query import run
from tests.queries import ARGUMENTS, QUERIES
from tests.server import serving

CLIENTS = 200
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LARGE = {"claims-by", "evidence"}
"""Queries whose whole answer has tens of megabytes: only asked with values."""
ONE = {"page", "turtle", "look-up", "evidence of one"}
"""What concerns one event."""
SHARE = 0.5
"""The part of requests that do."""
RARE = 1_000
"""One request of so many is a slow one."""
PAGE = Request(name="relations", path="/explorer/relations", fields={})
SLOW = ("deadliest-events", "events", "tolls-by-month", "events-by-type-and-month")
"""Canned queries that take a period."""
CHEAP = 0.05
"""Seconds that a cheap query takes at most when it is asked first and alone."""
BAR = 0.5
"""Seconds within which 95 % of the cheap canned queries are to be answered."""


def canned() -> list[Request]:
    """Return the canned queries, with defaults and with values."""
    requests = []
    for name in QUERIES:
        forms = [ARGUMENTS[name]] if name in LARGE else [{}, ARGUMENTS[name]]
        requests += [Request(name=name, path=f"/queries/{name}", fields=fields) for fields in forms]
    return requests


def about(event: str) -> list[Request]:
    """Return what clients ask of one event."""
    claims = f"SELECT ?claim ?source ?stance {{ ?claim ckg:about <{event}> ; ckg:attributedTo ?source ; ckg:stance ?stance }}"
    path = "/id/" + event.partition("/id/")[2]
    return [
        Request(name="page", path=path, fields={}, accept="text/html"),
        Request(name="turtle", path=path, fields={}, accept="text/turtle"),
        Request(name="look-up", path="/sparql", fields={"query": claims}),
        Request(name="evidence of one", path="/queries/evidence", fields={"event": event}),
    ]


def slow(chance: random.Random) -> Request:
    """Return a query that nobody has asked before."""
    day = dt.date(1990, 1, 1) + dt.timedelta(days=chance.randrange(12_000))
    return Request(name="slow and new", path=f"/queries/{chance.choice(SLOW)}", fields={"from": day.isoformat()})


def family(pid: int) -> list[int]:
    """Return the server and its workers, as Linux tells it."""
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())]


def memory(pid: int) -> str:
    """Return the memory of the server and of its workers."""
    found = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{each}/status").read_text("ascii")) for each in family(pid)]
    own, *others = (str(int(each[1]) // 1024) for each in found if each)
    return f"memory: server {own} MiB, workers {' '.join(others)} MiB"


def processor(pid: int) -> tuple[float, float, float]:
    """Return the seconds of processor that server, workers and clients have used."""
    ticks = [Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split()[11:13] for each in family(pid)]
    own, *others = (sum(map(int, each)) / os.sysconf("SC_CLK_TCK") for each in ticks)
    return own, sum(others), time.process_time()


async def crowd(
    url: str, mix: list[Request], events: Sequence[Sequence[Request]], clients: int, seconds: float
) -> Times:
    """Let `clients` ask for `seconds`; `events` holds what they ask of each event."""
    times = Times()
    until = time.perf_counter() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - no secret
        async with connected(url) as client:
            while time.perf_counter() < until:
                kinds = chance.choice(events) if chance.random() < SHARE else mix
                await times.note(client, chance.choice(kinds) if chance.randrange(RARE) else slow(chance))

    await asyncio.gather(*(one(number) for number in range(clients)))
    return times


async def stop_long(url: str, mix: list[Request], events: Sequence[Sequence[Request]], limit: float) -> Times:
    """Ask something endless while others ask."""
    others = asyncio.create_task(crowd(url, mix, events, 20, limit + 2))
    times = Times()

    async def one(number: int) -> None:
        async with connected(url) as client:
            await times.note(client, Request(name="endless", path="/sparql", fields={"query": f"{LONG} # {number}"}))

    await asyncio.gather(*(one(number) for number in range(3)))
    times.tell(f"three endless queries at once, limit {limit:g} s")
    return await others


async def first(url: str, limit: float) -> list[Request]:
    """Ask each canned query once, and return them under names that tell which are cheap."""
    mix, cold = [], Times()
    async with connected(url) as client:
        while (await client.ask(PAGE))[0] == httpx.codes.ACCEPTED:
            print("the server reads all events for its page")
        for request in canned():
            status = await cold.note(client, request)
            cheap = cold.seconds[request.name][-1] < CHEAP
            if status == httpx.codes.OK:
                mix.append(msgspec.structs.replace(request, name=f"{'cheap' if cheap else 'kept'}: {request.name}"))
            else:
                print(f"left out, as it takes longer than {limit:g} s: {request.name} {request.fields}")
    cold.tell("each canned query once")
    return mix


async def measure(url: str, pid: int, events: Sequence[Sequence[Request]], seconds: float, limit: float) -> bool:
    """Do all four; return whether the bar is reached."""
    mix = await first(url, limit)
    print(memory(pid))
    whole = Times()
    for part in (1, 2):
        before = processor(pid)
        times = await crowd(url, mix, events, CLIENTS, seconds / 2)
        times.tell(f"{CLIENTS} clients, half {part} of {seconds:g} s")
        tell_groups(times)
        whole.add(times)
        used = [1000 * (now - then) / times.statuses.total() for then, now in zip(before, processor(pid), strict=True)]
        print("processor: an answer costs server {:.2f} ms, workers {:.2f} ms, clients {:.2f} ms".format(*used))
        print(memory(pid), f"load of the machine {os.getloadavg()[0]:.1f}", sep="; ")
    print(f"\n{CLIENTS} clients, {seconds:g} s: {whole.statuses.total():,} answers, by status {dict(whole.statuses)}")
    cheap = tell_groups(whole)
    good = set(whole.statuses) == {httpx.codes.OK} and cheap <= BAR
    print(f"  the bar (no error, cheap canned queries within {BAR:g} s) is {'reached' if good else 'MISSED'}")
    (await stop_long(url, mix, events, limit)).tell("20 clients meanwhile")
    print(memory(pid))
    refused = await storm(url, WRONG)
    refused.tell("wrong requests")
    print(memory(pid))
    return good and max(refused.statuses) < httpx.codes.INTERNAL_SERVER_ERROR


def tell_groups(times: Times) -> float:
    """Tell the groups; return the seconds within which 95 % of the cheap canned queries were answered."""
    groups: dict[str, list[float]] = {}
    for name, seconds in times.seconds.items():
        kind = name.partition(":")[0]
        groups.setdefault("one event" if name in ONE else kind, []).extend(seconds)
    groups["cheap canned"] = groups.pop("cheap", []) + times.seconds.get("evidence of one", [])
    for name, seconds in sorted(groups.items()):
        print(f"  {name:30} {len(seconds):7,}  p95 {within(seconds, 0.95) * 1000:7.1f} ms")
    return within(groups["cheap canned"], 0.95)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--canned", action="store_true", help="canned queries only")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--limit", type=float, default=10, help="seconds for one query")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = stored(arguments.graph, arguments.triples, Path(folder))
        rows = run(store.open_read_only(place), "SELECT ?e { ?e a ckg:Event }")
        kinds = slice(-1, None) if arguments.canned else slice(None)
        events = [about(row["e"].value)[kinds] for row in rows]  # type: ignore[union-attr]
        settings = f"[serve]\ntimeout = {arguments.limit}\n"
        with serving(Path(folder), "--store", str(place), settings=settings) as server:
            good = asyncio.run(measure(server.url, server.process.pid, events, arguments.seconds, arguments.limit))
    sys.exit(not good)


def stored(graph: Path, triples: int, folder: Path) -> Path:
    """Return a store of so many triples in the shape of `graph`, or the one that it is."""
    if graph.is_dir():
        return graph
    large, place = folder / "large.nt", folder / "store"
    with large.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(generate(graph, triples))
    print(f"{store.write(place, store.parse(large)):,} triples")
    return place


if __name__ == "__main__":
    main()
