"""What the page needs of the whole graph: made once, by a worker of its own, while the server answers others."""

import asyncio
import gzip
import hashlib
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import StoreError
from kg.serve.job import Answer, Job, Look, Part
from kg.serve.media import JSON

_log = logging.getLogger(__name__)

WAIT = 1.0
"""Seconds that a request waits for what is being made; then it is told to come back."""

PREPARING = "The server has just started and reads the whole graph for this page."
FAILED = "The server could not read the whole graph for this page: its log says why. Queries and single pages work."

Aside = Callable[[], AbstractAsyncContextManager[Callable[[Job], Awaitable[Answer]]]]
"""Starts a worker that has no limit of time, for as long as the block runs."""


class _Made(msgspec.Struct, frozen=True):
    """JSON, compressed, and its entity tag."""

    packed: bytes
    tag: str


class Whole:
    """The parts of the page that are of the whole graph.

    Args:
        aside: starts the worker that makes them.
    """

    def __init__(self, aside: Aside) -> None:
        self._aside = aside
        self._made: dict[Part, _Made] = {}
        self._failed = False
        self._news = asyncio.Condition()

    async def make(self) -> None:
        """Make all parts; whoever waits for one gets it at once."""
        try:
            async with self._aside() as ask:
                for part in (Part.EVENTS, Part.RELATIONS):
                    body = (await ask(Look(part=part))).body
                    await self._tell(part, _Made(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'))
        except (StoreError, OSError, EOFError):
            _log.exception("the explorer page stays empty: what it shows of the whole graph could not be made")
            await self._tell(Part.EVENTS, None)

    async def _tell(self, part: Part, made: _Made | None) -> None:
        async with self._news:
            if made is None:
                self._failed = True
            else:
                self._made[part] = made
            self._news.notify_all()

    async def respond(self, part: Part, request: Request) -> Response:
        """Return `part`: 202 while it is being made, 503 when that has failed."""
        made = await self._wait(part)
        if made is None:
            status, words = (503, {"error": FAILED}) if self._failed else (202, {"preparing": PREPARING})
            headers = {"Cache-Control": "no-store", "Retry-After": "1"}
            return Response(msgspec.json.encode(words), status, media_type=JSON, headers=headers)
        headers = {"ETag": made.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if made.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(made.packed, media_type=JSON, headers={**headers, "Content-Encoding": "gzip"})
        return Response(await run_in_threadpool(gzip.decompress, made.packed), media_type=JSON, headers=headers)

    async def _wait(self, part: Part) -> _Made | None:
        try:
            async with asyncio.timeout(WAIT), self._news:
                await self._news.wait_for(lambda: self._failed or part in self._made)
        except TimeoutError:
            return None
        return self._made.get(part)
