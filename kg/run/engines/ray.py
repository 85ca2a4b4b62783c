"""Ray: a cluster that runs already, or processes of this machine."""

import socket
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from kg.errors import EngineError, MissingExtraError
from kg.run.engines.base import TRIES, Closing, windowed

J = TypeVar("J")
R = TypeVar("R")

_PATIENCE = 10
"""Seconds to wait for a cluster to answer."""


class Ray(Closing):
    """A session of Ray, which does the jobs of a dead worker again."""

    def __init__(self, width: int) -> None:
        self._width = width

    def map(self, work: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
        """Yield `work` of every job, in the order in which they end.

        Raises:
            EngineError: a job ended its worker again and again.
        """
        import ray  # noqa: PLC0415

        @ray.remote(max_retries=TRIES)  # type: ignore[untyped-decorator]
        def call(job: J) -> R:
            return work(job)

        def result(future: Any) -> R:  # noqa: ANN401 - a reference of a package without types
            try:
                found: R = ray.get(future)
            except ray.exceptions.RayTaskError as error:
                raise error.cause from error
            except ray.exceptions.RayError as error:
                raise EngineError(f"a job ended {TRIES} workers of Ray: is there enough memory? ({error})") from error
            return found

        return windowed(call.remote, lambda futures: ray.wait(futures)[0][0], result, jobs, self._width)

    def close(self) -> None:
        """Leave the cluster; end it when this engine started it."""
        import ray  # noqa: PLC0415

        ray.shutdown()


def start(workers: int, address: str, _prepare: Callable[[], object] | None = None) -> Ray:
    """Return the engine.

    Raises:
        MissingExtraError: Ray is not installed.
        EngineError: there is no cluster at `address`.
    """
    try:
        import ray  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("--engine ray needs: pip install 'conflict-kg[ray]'") from error
    quiet = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}
    if not address:
        ray.init(num_cpus=workers, **quiet)
        return Ray(workers + 1)
    try:
        _reach(address)
        ray.init(address=address, **quiet)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"there is no Ray cluster at {address} ({error}): start one with `ray start --head`"
        ) from error
    return Ray(2 * max(workers, int(ray.cluster_resources().get("CPU", 1))))


def _reach(address: str) -> None:
    """Find out that nobody listens at HOST:PORT: Ray itself would try for minutes.

    Raises:
        OSError: nobody does.
        ValueError: it is no such address.
    """
    parts = urlsplit(address if "//" in address else f"//{address}")
    if parts.hostname and parts.port:
        with socket.create_connection((parts.hostname, parts.port), timeout=_PATIENCE):
            pass
