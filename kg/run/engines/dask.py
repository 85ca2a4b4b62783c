"""Dask: a scheduler that runs already, or processes of this machine under one."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import EngineError, MissingExtraError
from kg.run.engines.base import TRIES, Closing, windowed

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

J = TypeVar("J")
R = TypeVar("R")


class Dask(Closing):
    """A client of a Dask scheduler, which does the jobs of a dead worker again."""

    def __init__(self, client: "Client", cluster: "LocalCluster | None", width: int) -> None:
        self._client, self._cluster, self._width = client, cluster, width

    def map(self, work: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
        """Yield `work` of every job, in the order in which they end.

        Raises:
            EngineError: a job ended its worker again and again.
        """
        from distributed import KilledWorker  # noqa: PLC0415

        def submit(job: J) -> Any:  # noqa: ANN401 - a Future of a package without types
            return self._client.submit(work, job, pure=False)

        def result(future: Any) -> R:  # noqa: ANN401
            try:
                found: R = future.result()
            except KilledWorker as error:
                raise EngineError(f"a job ended {TRIES} workers of Dask: is there enough memory? ({error})") from error
            finally:
                future.release()
            return found

        return windowed(submit, _first, result, jobs, self._width)

    def close(self) -> None:
        """Leave the scheduler; end it when this engine started it."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def start(workers: int, address: str, _prepare: Callable[[], object] | None = None) -> Dask:
    """Return the engine.

    Raises:
        MissingExtraError: Dask is not installed.
        EngineError: there is no scheduler at `address`.
    """
    try:
        import dask  # noqa: PLC0415 - an extra
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("--engine dask needs: pip install 'conflict-kg[distributed]'") from error
    dask.config.set({"distributed.scheduler.allowed-failures": TRIES})
    if not address:
        cluster = LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, memory_limit=0, dashboard_address="127.0.0.1:0"
        )
        return Dask(Client(cluster), cluster, workers + 1)
    try:
        client = Client(address, timeout=30)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"there is no Dask scheduler at {address} ({error}): start one with `dask scheduler`"
        ) from error
    threads = sum(client.nthreads().values())
    return Dask(client, None, 2 * max(workers, threads))


def _first(futures: list[Any]) -> Any:  # noqa: ANN401
    from distributed import wait  # noqa: PLC0415

    return next(iter(wait(futures, return_when="FIRST_COMPLETED").done))
