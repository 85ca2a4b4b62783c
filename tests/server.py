"""The project's own server, run as users run it, on a free port."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

_ADDRESS = re.compile(r"kg: (http://\S+) answers")

START = 60.0
"""Seconds that it may take to start."""


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """A server that runs."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def serving(folder: Path, *options: str, settings: str = "") -> Iterator[Server]:
    """Run `kg serve` while the block does; without the extra `server` this fails.

    Args:
        folder: for the configuration.
        options: of the command.
        settings: the text of kg.toml.
    """
    config = folder / "kg.toml"
    config.write_text(settings, "utf-8")
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--port", "0", "--config", str(config)]
    environment = {**os.environ, "TMPDIR": str(folder)}
    log = folder / "server.log"
    with log.open("wb") as words, subprocess.Popen([*command, *options], stderr=words, env=environment) as process:
        try:
            yield Server(url=_address(process, log), process=process, log=log)
        finally:
            process.send_signal(signal.SIGTERM)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return the address that the server tells, once it does."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        found = _ADDRESS.search(log.read_text("utf-8"))
        if found:
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"the server does not start: {log.read_text('utf-8')}")
