"""A few workers, each a process that can be ended: the only way to stop a query is to end who runs it."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from kg.config import ServeConfig
from kg.errors import StoreError
from kg.serve.cost import Costs
from kg.serve.job import HEAD, Answer, Ask, Job, frame
from kg.serve.line import Lane, Line
from kg.serve.worker import Rules

_log = logging.getLogger(__name__)

START = 60.0
"""Seconds that a worker may take to be ready."""

HOURS = 6 * 3600.0
"""Seconds that what is made once may take."""


class TimedOutError(Exception):
    """The query took too long and was stopped."""


class DiedError(Exception):
    """The query needed more memory or recursion than a worker has."""


class Pool:
    """Workers on one store.

    Args:
        folder: the store.
        config: limits.
        base: what the IRIs of the data start with.
    """

    def __init__(self, folder: Path, config: ServeConfig, base: str) -> None:
        self._config = config
        self._folder = folder
        self._rules = Rules(timeout=config.timeout, memory=config.memory, result=config.max_result_bytes, base=base)
        self._workers = tuple(_Worker(folder, self._rules) for _ in range(config.workers))
        self._costs = Costs()
        self._stopped = False
        self.line: Line[_Worker] = Line(config.workers, config.queue)
        self._replacing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all workers.

        Raises:
            StoreError: one does not start.
        """
        for worker in self._workers:
            self.line.add(worker)
        await asyncio.gather(*(worker.start() for worker in self._workers))

    async def stop(self) -> None:
        """End all workers."""
        self._stopped = True
        await asyncio.gather(*self._replacing)
        for worker in self._workers:
            await worker.stop()

    async def ask(self, job: Job) -> Answer:
        """Let a worker answer `job`.

        Raises:
            BusyError: too many wait.
            TimedOutError: it was stopped.
            DiedError: the worker did not survive it.
            StoreError: there is no worker, and none can be started.
        """
        lane = self._costs.lane(job.sparql) if isinstance(job, Ask) else Lane.QUICK
        worker = await self.line.take(lane)
        seconds = self._config.timeout
        try:
            answer = await self._ask(worker, job)
            seconds = answer.seconds
        except BaseException:
            self._replace(worker)
            raise
        finally:
            self.line.finish(lane)
            if isinstance(job, Ask):
                self._costs.note(job.sparql, seconds)
        self.line.add(worker)
        return answer

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[Callable[[Job], Awaitable[Answer]]]:
        """Start one more worker, which has hours for each job, for as long as the block runs.

        Raises:
            StoreError: it does not start.
            EOFError: it did not survive a job.
        """
        worker = _Worker(self._folder, msgspec.structs.replace(self._rules, timeout=HOURS))
        try:
            await worker.start()
            yield worker.ask
        finally:
            await worker.stop()

    async def _ask(self, worker: "_Worker", job: Job) -> Answer:
        await worker.start()
        try:
            async with asyncio.timeout(self._config.timeout):
                return await worker.ask(job)
        except TimeoutError as error:
            raise TimedOutError from error
        except (asyncio.IncompleteReadError, OSError) as error:
            raise DiedError from error

    def _replace(self, worker: "_Worker") -> None:
        task = asyncio.create_task(self._restart(worker))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _restart(self, worker: "_Worker") -> None:
        await worker.stop()
        if self._stopped:
            return
        try:
            await worker.start()
        except StoreError:
            _log.exception("a worker could not be replaced; the next query tries again")
        self.line.add(worker)


class _Worker:
    """One process, started when it is needed."""

    def __init__(self, folder: Path, rules: Rules) -> None:
        words = msgspec.json.encode(rules).decode()
        self._command = (sys.executable, "-P", "-m", "kg.serve.worker", str(folder), words)
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the process unless it runs, and wait until it is ready. One that something else has ended is replaced.

        Raises:
            StoreError: it does not get ready.
        """
        if self._process is not None and self._process.returncode is None:
            return
        await self.stop()
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=pipe, stdout=pipe, start_new_session=True
        )
        try:
            async with asyncio.timeout(START):
                await self._read()
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            await self.stop()
            raise StoreError("a worker of the server does not start: its words are on standard error") from error

    async def ask(self, job: Job) -> Answer:
        """Send a job and read its answer."""
        assert self._process is not None  # noqa: S101 - started before
        assert self._process.stdin is not None  # noqa: S101 - a pipe
        self._process.stdin.write(frame(job))
        await self._process.stdin.drain()
        return await self._read()

    async def stop(self) -> None:
        """End the process, whatever it does."""
        if self._process is None:
            return
        process, self._process = self._process, None
        if process.returncode is None:
            process.kill()
        await process.communicate()

    async def _read(self) -> Answer:
        assert self._process is not None  # noqa: S101 - started before
        assert self._process.stdout is not None  # noqa: S101 - a pipe
        length = int.from_bytes(await self._process.stdout.readexactly(HEAD))
        return msgspec.msgpack.decode(await self._process.stdout.readexactly(length), type=Answer)
