"""Processes of this machine; with one worker, this process."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from kg.errors import EngineError
from kg.run.engines.base import TRIES, Closing

J = TypeVar("J")
R = TypeVar("R")


class Here(Closing):
    """Does every job in this process."""

    def map(self, work: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
        """Yield `work` of every job."""
        return map(work, jobs)


class Local(Closing):
    """Processes of this machine. When one dies, others take its place, and its jobs are done again, each alone.

    Args:
        workers: how many.
        prepare: what they do as soon as they are there; a job that needs it finds out what fails.
    """

    def __init__(self, workers: int, prepare: Callable[[], object] | None = None) -> None:
        self._workers = workers
        self._pool = _pool(workers)
        if prepare is not None:
            for _ in range(min(workers, os.cpu_count() or 1)):
                self._pool.submit(prepare)

    def map(self, work: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
        """Yield `work` of every job, in the order in which they end.

        Raises:
            EngineError: a job ended its worker `TRIES` times while no other was under way.
        """
        waiting = iter(jobs)
        running: dict[Future[R], J] = {}
        suspects: deque[J] = deque()
        deaths = 0
        while True:
            if not suspects:
                # One job more than workers, so that none waits for this process.
                free = self._workers + 1 - len(running)
                running |= {self._submit(work, job): job for job in islice(waiting, free)}
            elif not running:
                running[self._submit(work, suspects[0])] = suspects[0]
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    if job not in suspects:
                        suspects.append(job)
                    continue
                if suspects and suspects[0] == job:
                    suspects.popleft()
                    deaths = 0
                yield future.result()
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                suspects.extend(job for job in running.values() if job not in suspects)
                running.clear()
                deaths += 1
                if deaths > TRIES:
                    raise EngineError(f"{suspects[0]} ended its worker {TRIES} times: is there enough memory?")
                self._renew()

    def _submit(self, work: Callable[[J], R], job: J) -> Future[R]:
        try:
            return self._pool.submit(work, job)
        except BrokenProcessPool:  # a worker died while it had nothing to do
            self._renew()
        return self._pool.submit(work, job)

    def _renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = _pool(self._workers)

    def close(self) -> None:
        """End the processes, also those at work."""
        for process in list((self._pool._processes or {}).values()):  # noqa: SLF001 - the pool has no way to end them
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)


def start(workers: int, address: str, prepare: Callable[[], object] | None = None) -> Here | Local:  # noqa: ARG001 - as every engine
    """Return the engine for so many workers."""
    return Here() if workers == 1 else Local(workers, prepare)


def _pool(workers: int) -> ProcessPoolExecutor:
    # A forked process would share the locks of threads that it does not have.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the run, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
