"""`kg serve` under load: `python -m benchmarks.serve GRAPH [--triples 1000000] [--seconds 60]`.

GRAPH (what `kg build seeds` writes, for example) is repeated until it has enough triples. Clients and server share the machine.

1. Every request of the mix once, one after another, as nobody has asked before.
2. 200 clients ask without a pause: canned queries, and pages and look-ups of events, of which few are asked for twice.
3. A query that would run for minutes, while 20 clients go on asking.
4. 10,000 requests that are wrong: SPARQL torn and shuffled, wrong values, names, bodies and headers.
"""

import argparse
import asyncio
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

import httpx
import msgspec

from benchmarks.generate import generate
from kg import store
from kg.query import run
from tests.queries import ARGUMENTS, QUERIES
from tests.server import serving

CLIENTS = 200
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LARGE = {"claims-by", "evidence"}
"""Queries whose whole answer has tens of megabytes: only asked with values."""
CHEAP = {"page", "turtle", "look-up"}
"""What takes a worker some milliseconds."""
SHARE = 0.5
"""The part of requests that concern one event."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asks, and the name under which its times are told."""

    name: str
    path: str
    fields: dict[str, str]
    accept: str = "application/json"


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
    ]


class Connection:
    """A client that costs as little as possible, since it shares the processor with the server."""

    def __init__(self, url: str) -> None:
        self._host, _, port = url.removeprefix("http://").rpartition(":")
        self._port = int(port)

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def ask(self, request: Request) -> tuple[int, float]:
        """Return the status of the answer, and the seconds that it took."""
        began = time.perf_counter()
        path = f"{request.path}?{urlencode(request.fields)}"
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {request.accept}\r\n\r\n".encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        await self._reader.readexactly(int(re.findall(rb"content-length: (\d+)", head)[0]))
        return int(head.split()[1]), time.perf_counter() - began


class Times:
    """Times and statuses by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.statuses: Counter[int] = Counter()

    async def note(self, client: Connection, request: Request) -> int:
        """Ask, note, and return the status."""
        status, seconds = await client.ask(request)
        self.statuses[status] += 1
        self.seconds.setdefault(request.name, []).append(seconds)
        return status

    def tell(self, title: str) -> None:
        """Print a table."""
        everything = [each for times in self.seconds.values() for each in times]
        cheap = [each for name in CHEAP for each in self.seconds.get(name, ())]
        parts = [*sorted(self.seconds.items()), *([("cheap and new", cheap)] if cheap else []), ("all", everything)]
        print(f"\n{title}: {len(everything):,} answers, by status {dict(self.statuses)}")
        for name, times in parts:
            times.sort()
            p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
            print(
                f"  {name:26} {len(times):7,}  p50 {p50 * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms  most {times[-1]:6.2f} s"
            )


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


async def crowd(url: str, mix: list[Request], events: list[str], clients: int, seconds: float) -> Times:
    """Let `clients` ask for `seconds`."""
    times = Times()
    until = time.perf_counter() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - no secret
        async with Connection(url) as client:
            while time.perf_counter() < until:
                kinds = about(chance.choice(events)) if chance.random() < SHARE else mix
                await times.note(client, chance.choice(kinds))

    await asyncio.gather(*(one(number) for number in range(clients)))
    return times


async def stop_long(url: str, mix: list[Request], events: list[str], limit: float) -> Times:
    """Ask something endless while others ask."""
    others = asyncio.create_task(crowd(url, mix, events, 20, limit + 2))
    times = Times()

    async def one(number: int) -> None:
        async with Connection(url) as client:
            await times.note(client, Request(name="endless", path="/sparql", fields={"query": f"{LONG} # {number}"}))

    await asyncio.gather(*(one(number) for number in range(3)))
    times.tell(f"three endless queries at once, limit {limit:g} s")
    return await others


def wrong(number: int, chance: random.Random) -> tuple[str, str, dict[str, object]]:
    """Return method, path and options of a request that is wrong."""
    text = list(chance.choice(list(QUERIES.values())).text)
    start = chance.randrange(len(text))
    del text[start : start + chance.randint(1, 200)]
    text.insert(
        chance.randrange(len(text)), chance.choice(["}", "{", '"', "<", "\\", "?", "\0", "\U0010ffff", "SELECT", "\n#"])
    )
    torn = "".join(text) + chance.choice(["}", "(", " GROUP BY", "'"])
    garbage = chance.randbytes(chance.randint(1, 300))
    kinds: list[tuple[str, str, dict[str, object]]] = [
        ("GET", "/sparql", {"params": {"query": torn}}),
        ("POST", "/sparql", {"data": {"query": torn}}),
        ("POST", "/sparql", {"content": torn.encode(), "headers": {"Content-Type": "application/sparql-query"}}),
        ("POST", "/sparql", {"content": garbage, "headers": {"Content-Type": "application/sparql-query"}}),
        (
            "POST",
            "/sparql",
            {"content": garbage, "headers": {"Content-Type": chance.choice(["text/html", "", "a/b;c=d"])}},
        ),
        ("GET", "/sparql?" + "".join(f"%{byte:02x}" for byte in garbage), {"params": None}),
        ("GET", "/queries/events", {"params": {"limit": str(chance.randint(-9, -1)), "from": "31.12.2024"}}),
        ("GET", f"/queries/{number}", {}),
        ("GET", f"/id/{chance.choice(['event', 'a/b', '..', '%00', '%ff'])}/{number}", {}),
        (chance.choice(["PUT", "DELETE", "PATCH"]), "/sparql", {}),
        ("GET", "/ontology", {"headers": {"Accept": f"image/{number}"}}),
    ]
    return chance.choice(kinds)


async def storm(url: str, requests: int) -> Times:
    """Send wrong requests."""
    times = Times()
    chance = random.Random(7)  # noqa: S311 - no secret
    left: Iterator[int] = iter(range(requests))

    async def one() -> None:
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            for number in left:
                method, path, options = wrong(number, chance)
                began = time.perf_counter()
                answer = await client.request(method, path, **options)  # type: ignore[arg-type]
                times.statuses[answer.status_code] += 1
                times.seconds.setdefault("wrong", []).append(time.perf_counter() - began)

    await asyncio.gather(*(one() for _ in range(20)))
    return times


async def measure(url: str, pid: int, events: list[str], seconds: float, limit: float) -> None:
    """Do all four."""
    mix = []
    cold = Times()
    async with Connection(url) as client:
        for request in canned():
            if await cold.note(client, request) == httpx.codes.OK:
                mix.append(request)
            else:
                print(f"left out, as it takes longer than {limit:g} s: {request.name} {request.fields}")
    cold.tell("each canned query once")
    print(memory(pid))
    for part in (1, 2):
        before = processor(pid)
        times = await crowd(url, mix, events, CLIENTS, seconds / 2)
        times.tell(f"{CLIENTS} clients, half {part} of {seconds:g} s")
        used = [1000 * (now - then) / times.statuses.total() for then, now in zip(before, processor(pid), strict=True)]
        print("processor: an answer costs server {:.2f} ms, workers {:.2f} ms, clients {:.2f} ms".format(*used))
        print(memory(pid), f"load of the machine {os.getloadavg()[0]:.1f}", sep="; ")
    (await stop_long(url, mix, events, limit)).tell("20 clients meanwhile")
    print(memory(pid))
    (await storm(url, 10_000)).tell("wrong requests")
    print(memory(pid))


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--limit", type=float, default=10, help="seconds for one query")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, place = Path(folder) / "large.nt", Path(folder) / "store"
        with large.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(generate(arguments.graph, arguments.triples))
        print(f"{store.write(place, store.parse(large)):,} triples")
        rows = run(store.open_read_only(place), "SELECT ?e { ?e a ckg:Event }")
        events = [row["e"].value for row in rows]  # type: ignore[union-attr]
        settings = f"[serve]\ntimeout = {arguments.limit}\n"
        with serving(Path(folder), "--store", str(place), settings=settings) as server:
            asyncio.run(measure(server.url, server.process.pid, events, arguments.seconds, arguments.limit))


if __name__ == "__main__":
    main()
