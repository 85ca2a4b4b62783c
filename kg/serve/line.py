"""Who waits for a worker: first come, first served, but slower jobs leave workers to quicker ones."""

import asyncio
from collections import deque
from collections.abc import Mapping
from enum import IntEnum
from typing import Generic, NamedTuple, TypeVar

W = TypeVar("W")


class Lane(IntEnum):
    """What is known of a job: pages and queries like earlier ones that were quick, queries of a new kind, slow ones."""

    QUICK = 0
    NEW = 1
    SLOW = 2


class BusyError(Exception):
    """Too many wait already."""


class _Ticket(NamedTuple, Generic[W]):
    number: int
    ready: asyncio.Future[W]


class Line(Generic[W]):
    """Hands out workers.

    Args:
        room: how many jobs of each lane may be at work at once, slower ones among them.
        most: how many may wait in each lane.
    """

    def __init__(self, room: Mapping[Lane, int], most: int) -> None:
        self._most = most
        self._left = dict(room)
        self._idle: list[W] = []
        self._number = 0
        self._lanes: dict[Lane, deque[_Ticket[W]]] = {lane: deque() for lane in room}

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return sum(map(len, self._lanes.values()))

    async def take(self, lane: Lane) -> W:
        """Wait for a worker, and return it; call `finish` afterwards in any case.

        Raises:
            BusyError: too many wait in this lane.
        """
        line = self._lanes[lane]
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

    def finish(self, lane: Lane) -> None:
        """Note that a job has been answered, whether or not its worker survived."""
        self._count(lane, 1)
        self._serve()

    def _count(self, lane: Lane, change: int) -> None:
        """A job takes from the room of its own lane and of all quicker ones."""
        for each in self._left:
            if each <= lane:
                self._left[each] += change

    def _serve(self) -> None:
        while self._idle:
            open_lanes = [lane for lane, line in self._lanes.items() if line and self._has_room(lane)]
            if not open_lanes:
                return
            lane = min(open_lanes, key=lambda lane: self._lanes[lane][0].number)
            ticket = self._lanes[lane].popleft()
            if not ticket.ready.cancelled():
                self._count(lane, -1)
                ticket.ready.set_result(self._idle.pop())

    def _has_room(self, lane: Lane) -> bool:
        return all(left > 0 for each, left in self._left.items() if each <= lane)
