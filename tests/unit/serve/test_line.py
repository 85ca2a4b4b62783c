"""Waiting for a worker: in turn, with one left to pages."""

import asyncio

import pytest

from kg.serve.line import BusyError, Line


def line(workers: int = 2, most: int = 10) -> Line[str]:
    made: Line[str] = Line(workers, most)
    for number in range(workers):
        made.add(f"w{number}")
    return made


async def taken(waiter: "asyncio.Task[str]") -> bool:
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return waiter.done()


def test_queries_leave_one_worker_to_pages() -> None:
    async def play() -> None:
        waiters = line()
        first = await waiters.take(page=False)
        second = asyncio.create_task(waiters.take(page=False))
        assert not await taken(second)
        page = await waiters.take(page=True)
        waiters.finish(page=True)
        waiters.add(page)
        assert not await taken(second)
        waiters.finish(page=False)
        waiters.add(first)
        assert await taken(second)

    asyncio.run(play())


def test_who_comes_first_is_served_first() -> None:
    async def play() -> None:
        waiters = line(workers=2)
        workers = [await waiters.take(page=True), await waiters.take(page=True)]
        order: list[str] = []

        async def wait(name: str, *, page: bool) -> None:
            worker = await waiters.take(page=page)
            order.append(name)
            waiters.finish(page=page)
            waiters.add(worker)

        tasks = [asyncio.create_task(wait(f"{n}", page=n % 2 == 0)) for n in range(6)]
        await asyncio.sleep(0)
        assert waiters.waiting == 6
        waiters.add(workers[0])
        await asyncio.gather(*tasks)
        assert order == [str(n) for n in range(6)]
        assert (waiters.waiting, waiters.idle) == (0, 1)

    asyncio.run(play())


def test_more_than_may_wait_are_refused() -> None:
    async def play() -> None:
        waiters = line(workers=1, most=2)
        tasks = [asyncio.create_task(waiters.take(page=False)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await waiters.take(page=False)
        assert await waiters.take(page=True) == "w0"
        for task in tasks:
            task.cancel()
        waiters.finish(page=True)
        waiters.add("w0")
        assert waiters.idle == 1

    asyncio.run(play())
