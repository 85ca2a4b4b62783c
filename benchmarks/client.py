"""Clients of `kg serve` that cost little, and what they note."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import msgspec

_LENGTH = re.compile(rb"content-length: (\d+)")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asks, and the name under which its times are told."""

    name: str
    path: str
    fields: dict[str, str]
    accept: str = "application/json"


class Connection(asyncio.Protocol):
    """A client that costs as little as possible, since it shares the processor with the server: it counts what it is sent."""

    def __init__(self) -> None:
        self._head = b""
        self._left = 0
        self._answered: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - as of every TCP connection
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Count a piece of the answer."""
        if self._left:
            self._left -= len(data)
        else:
            self._head += data
            head, end, body = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            self._left = int(_LENGTH.findall(head)[0]) - len(body)
        if self._left == 0 and self._answered is not None:
            self._answered.set_result(int(self._head[9:12]))

    def connection_lost(self, error: Exception | None) -> None:
        """End, with an error when an answer is still to come."""
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(error or ConnectionError("the server closed the connection"))

    async def ask(self, request: Request) -> tuple[int, float]:
        """Return the status of the answer, and the seconds that it took."""
        began = time.perf_counter()
        self._head = b""
        self._answered = asyncio.get_running_loop().create_future()
        path = f"{request.path}?{urlencode(request.fields)}"
        self._transport.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {request.accept}\r\n\r\n".encode())
        status = await self._answered
        return status, time.perf_counter() - began


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """Open a connection for as long as the block runs."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    transport, client = await asyncio.get_running_loop().create_connection(Connection, host, int(port))
    try:
        yield client
    finally:
        transport.close()


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

    def add(self, others: "Times") -> None:
        """Add what another one has noted."""
        self.statuses += others.statuses
        for name, seconds in others.seconds.items():
            self.seconds.setdefault(name, []).extend(seconds)

    def tell(self, title: str) -> None:
        """Print a table."""
        everything = [each for times in self.seconds.values() for each in times]
        parts = [*sorted(self.seconds.items()), ("all", everything)]
        print(f"\n{title}: {len(everything):,} answers, by status {dict(self.statuses)}")
        for name, times in parts:
            p50, p95 = (within(times, share) * 1000 for share in (0.5, 0.95))
            print(f"  {name:30} {len(times):7,}  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  most {max(times):6.2f} s")


def within(times: list[float], share: float) -> float:
    """Return the seconds within which this share of answers came."""
    return sorted(times)[int(len(times) * share)]
