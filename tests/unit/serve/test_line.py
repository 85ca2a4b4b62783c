"""Waiting for a worker: in turn, with workers left to what is quick."""

import asyncio
from collections.abc import Mapping

import pytest

from kg.serve.line import BusyError, Lane, Line


def line(room: Mapping[Lane, int], most: int = 10) -> Line[str]:
    made: Line[str] = Line(room, most)
    for number in range(max(room.values())):
        made.add(f"w{number}")
    return made


async def taken(waiter: "asyncio.Task[str]") -> bool:
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return waiter.done()


def test_slow_queries_leave_workers_to_new_ones() -> None:
    async def play() -> None:
        waiters = line({Lane.NEW: 3, Lane.SLOW: 2})
        slow = [asyncio.create_task(waiters.take(Lane.SLOW)) for _ in range(3)]
        assert [await taken(each) for each in slow] == [True, True, False]
        new = [asyncio.create_task(waiters.take(Lane.NEW)) for _ in range(2)]
        assert [await taken(each) for each in new] == [True, False]
        waiters.finish(Lane.SLOW)
        waiters.add("w0")
        assert (await taken(slow[2]), await taken(new[1])) == (True, False)
        new[1].cancel()

    asyncio.run(play())


def test_who_comes_first_is_served_first() -> None:
    async def play() -> None:
        waiters = line(dict.fromkeys(Lane, 2))
        workers = [await waiters.take(Lane.QUICK), await waiters.take(Lane.QUICK)]
        waiters.finish(Lane.QUICK)
        waiters.finish(Lane.QUICK)
        order: list[str] = []

        async def wait(name: str, lane: Lane) -> None:
            worker = await waiters.take(lane)
            order.append(name)
            waiters.finish(lane)
            waiters.add(worker)

        tasks = [asyncio.create_task(wait(f"{n}", Lane(n % 3))) for n in range(6)]
        await asyncio.sleep(0)
        assert waiters.waiting == 6
        waiters.add(workers[0])
        await asyncio.gather(*tasks)
        assert order == [str(n) for n in range(6)]
        assert (waiters.waiting, waiters.idle) == (0, 1)

    asyncio.run(play())


def test_more_than_may_wait_are_refused() -> None:
    async def play() -> None:
        waiters = line({Lane.NEW: 1, Lane.QUICK: 2}, most=2)
        assert await waiters.take(Lane.NEW)
        tasks = [asyncio.create_task(waiters.take(Lane.NEW)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await waiters.take(Lane.NEW)
        worker = await waiters.take(Lane.QUICK)
        for task in tasks:
            task.cancel()
        waiters.finish(Lane.QUICK)
        waiters.finish(Lane.NEW)
        waiters.add(worker)
        assert waiters.idle == 1

    asyncio.run(play())
