"""Where the work of a run is done: here, in processes of this machine, or on a cluster."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType, TracebackType
from typing import Protocol, Self, TypeVar

from kg.errors import ConfigError

J = TypeVar("J")
R = TypeVar("R")


class Engine(Protocol):
    """Maps a function over jobs; both waves of a run are one such map.

    Functions, jobs and results travel between processes. A job may be done twice: it writes the same bytes both times.
    """

    def map(self, work: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
        """Yield `work` of every job, in the order in which they end; few of `jobs` are in memory at once.

        Raises:
            EngineError: workers die again and again, or cannot be reached.
            Exception: what `work` raises.
        """
        ...

    def close(self) -> None:
        """End the workers that this engine started."""
        ...

    def __enter__(self) -> Self:
        """Return the engine, ready to work."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine."""
        ...


ENGINES: Mapping[str, str] = MappingProxyType(
    {"local": "kg.run.engines.local", "dask": "kg.run.engines.dask", "ray": "kg.run.engines.ray"}
)
"""Name of an engine → its module, which is imported when it is asked for."""


def open_engine(
    name: str, *, workers: int = 1, address: str = "", prepare: Callable[[], object] | None = None
) -> Engine:
    """Return the engine `name`.

    Args:
        name: one of `ENGINES`.
        workers: processes that it may use on this machine.
        address: of a scheduler that runs already; then `workers` tells how many jobs are given to it at once.
        prepare: what workers of this machine may do before the first job, while their run gets ready.

    Raises:
        ConfigError: there is no such engine, or it takes no address.
        MissingExtraError: its package is not installed.
        EngineError: it cannot be reached.
    """
    if name not in ENGINES:
        raise ConfigError(f"there is no engine {name!r}: choose one of {', '.join(ENGINES)}")
    if name == "local" and address:
        raise ConfigError("the local engine takes no address: choose --engine dask or ray")
    engine: Engine = import_module(ENGINES[name]).start(workers, address, prepare)
    return engine
