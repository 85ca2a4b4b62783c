"""Waiting for a worker: in turn, with workers left to what is quick."""

import asyncio

import pytest

from kg.serve.line import BusyError, Lane, Line


def line(workers: int, most: int = 10) -> Line[str]:
    made: Line[str] = Line(workers, most)
    for number in range(workers):
        made.add(f"w{number}")
    return made


async def taken(waiter: "asyncio.Task[str]") -> bool:
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return waiter.done()


@pytest.mark.parametrize("lane", [Lane.NEW, Lane.SLOW])
def test_queries_leave_one_worker_to_what_is_quick(lane: Lane) -> None:
    async def play() -> None:
        waiters = line(2)
        first = await waiters.take(lane)
        second = asyncio.create_task(waiters.take(lane))
        assert not await taken(second)
        page = await waiters.take(Lane.QUICK)
        waiters.finish(Lane.QUICK)
        waiters.add(page)
        assert not await taken(second)
        waiters.finish(lane)
        waiters.add(first)
        assert await taken(second)

    asyncio.run(play())


def test_slow_queries_leave_workers_to_new_ones() -> None:
    async def play() -> None:
        waiters = line(6)
        slow = [asyncio.create_task(waiters.take(Lane.SLOW)) for _ in range(3)]
        new = [asyncio.create_task(waiters.take(Lane.NEW)) for _ in range(4)]
        assert [await taken(each) for each in slow] == [True, True, False]
        assert [await taken(each) for each in new] == [True, True, True, False]
        assert await waiters.take(Lane.QUICK)
        for each in (slow[2], new[3]):
            each.cancel()

    asyncio.run(play())


def test_who_comes_first_is_served_first() -> None:
    async def play() -> None:
        waiters = line(2)
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
        waiters = line(2, most=2)
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
