"""What every engine does alike."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

J = TypeVar("J")
F = TypeVar("F")
R = TypeVar("R")

TRIES = 3
"""How often a job may end its worker before the run gives up."""


class Closing:
    """An engine that is closed when its block ends."""

    def close(self) -> None:
        """End the workers."""

    def __enter__(self) -> Self:
        """Return the engine."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine."""
        self.close()


def windowed(
    submit: Callable[[J], F], first: Callable[[list[F]], F], result: Callable[[F], R], jobs: Iterable[J], width: int
) -> Iterator[R]:
    """Yield the results of jobs, of which at most `width` are under way.

    Args:
        submit: begins a job.
        first: waits for one of those under way.
        result: fetches what it returned, or raises what it raised.
        jobs: what to do.
        width: how many at once.
    """
    waiting = iter(jobs)
    running = [submit(job) for job in islice(waiting, width)]
    while running:
        done = first(running)
        running.remove(done)
        running.extend(submit(job) for job in islice(waiting, 1))
        yield result(done)
