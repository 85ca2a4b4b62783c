"""The server: listens, answers, and stops when it is told to."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from kg.config import Config
from kg.errors import StoreError
from kg.serve.app import create
from kg.serve.guard import LOCAL

_BACKLOG = 2_048
_CONNECTIONS = 900
"""Connections at once: most systems give a process 1,024 files."""


def serve(folder: Path, *, host: str, port: int, cors: str | None, config: Config, tell: Callable[[str], None]) -> None:
    """Serve the store in `folder` until Ctrl-C or SIGTERM; queries that run are answered first.

    Args:
        folder: the store.
        host: the address to listen on; at this machine's own only its own names are answered.
        port: the port, 0 for a free one.
        cors: the origin whose pages may ask too.
        config: limits.
        tell: told the address.

    Raises:
        StoreError: the workers do not start.
        OSError: the address cannot be listened on.
    """
    signal.signal(signal.SIGTERM, _end)
    hosts = LOCAL if host in LOCAL else frozenset()
    application = create(folder, config=config, cors=cors, hosts=hosts)
    settings = uvicorn.Config(
        application,
        ws="none",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=int(config.serve.timeout) + 1,
        limit_concurrency=_CONNECTIONS,
    )
    server = uvicorn.Server(settings)
    with _listen(host, port) as listener, suppress(KeyboardInterrupt):
        tell(_address(listener))
        server.run(sockets=[listener])
    if not server.started:
        raise StoreError(f"{folder} cannot be served: the lines above say why")


def _end(*_: object) -> None:
    """End the program, but clean up first."""
    raise SystemExit(0)


@contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise OSError(error.errno, f"cannot be listened on: {error.strerror or error}", f"{host}:{port}") from error
    with listener:
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
