"""Who waits for a worker: first come, first served, but queries leave one worker to the pages."""

import asyncio
from collections import deque
from typing import Generic, NamedTuple, TypeVar

W = TypeVar("W")


class BusyError(Exception):
    """Too many wait already."""


class _Ticket(NamedTuple, Generic[W]):
    number: int
    ready: asyncio.Future[W]


class Line(Generic[W]):
    """Hands out workers.

    Args:
        workers: how many there are.
        most: how many queries, and how many pages, may wait.
    """

    def __init__(self, workers: int, most: int) -> None:
        self._most = most
        self._left = workers - 1
        self._idle: list[W] = []
        self._number = 0
        self._pages: deque[_Ticket[W]] = deque()
        self._queries: deque[_Ticket[W]] = deque()

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many queries and pages wait."""
        return len(self._pages) + len(self._queries)

    async def take(self, *, page: bool) -> W:
        """Wait for a worker, and return it; give it back with `give` in any case.

        Args:
            page: it is for a page, not for a query.

        Raises:
            BusyError: too many wait.
        """
        line = self._pages if page else self._queries
        if len(line) >= self._most:
            raise BusyError
        self._number += 1
        ready: asyncio.Future[W] = asyncio.get_running_loop().create_future()
        line.append(_Ticket(self._number, ready))
        self._serve()
        return await ready

    def add(self, worker: W) -> None:
        """Add a worker that has nothing to do."""
        self._idle.append(worker)
        self._serve()

    def finish(self, *, page: bool) -> None:
        """Note that a query or page has been answered, whether or not its worker survived."""
        self._left += not page
        self._serve()

    def _serve(self) -> None:
        while self._idle:
            lines = [line for line in (self._pages, self._queries if self._left else None) if line]
            if not lines:
                return
            line = min(lines, key=lambda line: line[0].number)
            ticket = line.popleft()
            if not ticket.ready.cancelled():
                self._left -= line is self._queries
                ticket.ready.set_result(self._idle.pop())
