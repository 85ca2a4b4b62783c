"""Requests that are wrong are answered with 4xx, never with 5xx: `python -m benchmarks.malformed [--requests 10000]`.

SPARQL torn and shuffled, wrong values, names, bodies and headers, to a server over the small graph of the tests, made by chance from
one seed. Prints how many were answered with each status; a few are right by chance. Exits with 1 when one was answered with 5xx.
Requests made of the server's own OpenAPI (schemathesis) and SPARQL of chance (Hypothesis): tests/integration/serve/test_malformed.py.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.client import Times
from tests.conftest import SMALL
from tests.queries import QUERIES
from tests.server import serving

WRONG = 10_000


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
        ("POST", "/sparql", {"data": {chance.choice(["query", "update"]): f"DELETE WHERE {{ ?a{number} ?b ?c }}"}}),
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


def main() -> None:
    """Read the command line, send the requests, and print the statuses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=WRONG)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "--data", str(SMALL)) as server:
        times = asyncio.run(storm(server.url, arguments.requests))
    times.tell("wrong requests")
    for status, count in sorted(times.statuses.items()):
        print(f"  {status} {httpx.codes.get_reason_phrase(status):30} {count:7,}")
    sys.exit(max(times.statuses) >= httpx.codes.INTERNAL_SERVER_ERROR)


if __name__ == "__main__":
    main()
