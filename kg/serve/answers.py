"""Answers to queries: each is worked out once, however many ask, and kept while there is room, as the store does not change."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from kg.serve.job import Answer, Ask, Job

_SHARE = 8
"""The largest answer that is kept is this part of the room."""


class Answers:
    """Answers from workers or from memory.

    Args:
        work: works an answer out, as `Pool.ask` does.
        room: bytes of memory for answers; the one not asked for longest goes first.
    """

    def __init__(self, work: Callable[[Job], Awaitable[Answer]], room: int) -> None:
        self._work = work
        self._room = room
        self._kept: OrderedDict[Job, Answer] = OrderedDict()
        self._size = 0
        self._running: dict[Job, asyncio.Task[Answer]] = {}

    async def get(self, job: Job) -> Answer:
        """Return the answer to `job`; the errors are those of `work`."""
        kept = self._kept.get(job)
        if kept is not None:
            self._kept.move_to_end(job)
            return kept
        task = self._running.get(job)
        if task is None:
            task = self._running[job] = asyncio.create_task(self._ask(job))
        return await asyncio.shield(task)

    async def _ask(self, job: Job) -> Answer:
        try:
            answer = await self._work(job)
        finally:
            del self._running[job]
        self._keep(job, answer)
        return answer

    def _keep(self, job: Job, answer: Answer) -> None:
        size = _size(job, answer)
        if size * _SHARE > self._room:
            return
        self._kept[job] = answer
        self._size += size
        while self._size > self._room:
            self._size -= _size(*self._kept.popitem(last=False))


def _size(job: Job, answer: Answer) -> int:
    asked = job.sparql if isinstance(job, Ask) else job.iri or ""
    return len(asked) * 4 + len(answer.body) + 1_000
