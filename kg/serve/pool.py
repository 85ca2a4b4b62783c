"""A few workers, each a process that can be ended: the only way to stop a query is to end who runs it."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from kg.config import ServeConfig
from kg.errors import StoreError
from kg.serve.cost import Costs, shape
from kg.serve.job import HEAD, Answer, Ask, Job, frame
from kg.serve.line import Lane, Line
from kg.serve.worker import Rules

_log = logging.getLogger(__name__)

START = 60.0
"""Seconds that a worker may take to be ready."""

HOURS = 6 * 3600.0
"""Seconds that what is made once may take."""

NICE = 5
"""How much the workers for new and slow queries yield to all others: with 5 they get a third of another's time (Linux)."""


class TimedOutError(Exception):
    """The query took too long and was stopped."""


class DiedError(Exception):
    """The query needed more memory or recursion than a worker has."""


class Pool:
    """Workers on one store: half of them for what is quick, half, which yield to these, for new and slow queries.

    Args:
        folder: the store.
        config: limits.
        base: what the IRIs of the data start with.
    """

    def __init__(self, folder: Path, config: ServeConfig, base: str) -> None:
        self._config = config
        self._folder = folder
        self._rules = Rules(timeout=config.timeout, memory=config.memory, result=config.max_result_bytes, base=base)
        prompt = config.workers // 2
        patient = config.workers - prompt
        self._prompt = self._part(prompt, {Lane.QUICK: prompt}, nice=0)
        self._patient = self._part(patient, {Lane.NEW: patient, Lane.SLOW: max(1, patient - 1)}, nice=NICE)
        self._parts = (self._prompt, self._patient)
        self._costs = Costs()
        self._stopped = False
        self._replacing: set[asyncio.Task[None]] = set()

    def _part(self, workers: int, room: Mapping[Lane, int], *, nice: int) -> "_Part":
        rules = msgspec.structs.replace(self._rules, nice=nice)
        return _Part(
            workers=tuple(_Worker(self._folder, rules) for _ in range(workers)), line=Line(room, self._config.queue)
        )

    async def start(self) -> None:
        """Start all workers.

        Raises:
            StoreError: one does not start.
        """
        for part in self._parts:
            for worker in part.workers:
                part.line.add(worker)
        await asyncio.gather(*(worker.start() for part in self._parts for worker in part.workers))

    async def stop(self) -> None:
        """End all workers."""
        self._stopped = True
        await asyncio.gather(*self._replacing)
        for part in self._parts:
            for worker in part.workers:
                await worker.stop()

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return sum(part.line.idle for part in self._parts)

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return sum(part.line.waiting for part in self._parts)

    async def ask(self, job: Job) -> Answer:
        """Let a worker answer `job`.

        Raises:
            BusyError: too many wait.
            TimedOutError: it was stopped.
            DiedError: the worker did not survive it.
            StoreError: there is no worker, and none can be started.
        """
        form = shape(job.sparql) if isinstance(job, Ask) else None
        lane = Lane.QUICK if form is None else self._costs.lane(form)
        line = (self._prompt if lane is Lane.QUICK else self._patient).line
        worker = await line.take(lane)
        seconds = self._config.timeout
        try:
            answer = await self._ask(worker, job)
            seconds = answer.seconds
        except BaseException:
            self._replace(worker, line)
            raise
        finally:
            line.finish(lane)
            if form is not None:
                self._costs.note(form, seconds)
        line.add(worker)
        return answer

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[Callable[[Job], Awaitable[Answer]]]:
        """Start one more worker, which has hours for each job and yields too, for as long as the block runs.

        Raises:
            StoreError: it does not start.
            EOFError: it did not survive a job.
        """
        worker = _Worker(self._folder, msgspec.structs.replace(self._rules, timeout=HOURS, nice=NICE))
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

    def _replace(self, worker: "_Worker", line: Line["_Worker"]) -> None:
        task = asyncio.create_task(self._restart(worker, line))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _restart(self, worker: "_Worker", line: Line["_Worker"]) -> None:
        await worker.stop()
        if self._stopped:
            return
        try:
            await worker.start()
        except StoreError:
            _log.exception("a worker could not be replaced; the next query tries again")
        line.add(worker)


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """Workers, and who waits for them."""

    workers: tuple["_Worker", ...]
    line: Line["_Worker"]


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
        self._process = await asyncio.create_subprocess_exec(*self._command, stdin=pipe, stdout=pipe)
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
