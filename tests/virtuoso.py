"""A real Virtuoso (Debian's virtuoso-opensource-7) on loopback, in a folder of its own, for as long as a test needs it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

PROGRAM = "virtuoso-t"
USER = PASSWORD = "dba"  # noqa: S105 - of a fresh database that only this machine reaches
_START = 180
"""Seconds that a fresh database may take to start on a busy machine."""

# One thread a query: several spin on each other where there are fewer free cores than threads.
# The limit on a transaction lets one request hold a million triples, for the benchmark.
_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = 1
TransactionAfterImageLimit = 2000000000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 600
[URIQA]
DynamicLocal = 0
DefaultHost = 127.0.0.1:{http}
"""


class Virtuoso:
    """One database and the server over it."""

    def __init__(self, folder: Path, *, buffers: int = 20_000) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.sparql = f"{self.url}/sparql"
        ini = _INI.format(folder=folder, sql=_free_port(), http=self.port, buffers=buffers, dirty=buffers * 3 // 4)
        (folder / "virtuoso.ini").write_text(ini)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which(PROGRAM)
        if program is None:
            message = f"{PROGRAM} is missing: apt-get install --no-install-recommends virtuoso-opensource-7"
            raise RuntimeError(message)
        command = [program, "+configfile", str(self.folder / "virtuoso.ini"), "+wait", "+foreground"]
        with (self.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=output, stderr=output)
        deadline = time.monotonic() + _START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                log = (self.folder / "output").read_text(errors="replace")[-2_000:]
                raise RuntimeError(f"Virtuoso does not start:\n{log}")
            time.sleep(0.2)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urlopen(self.sparql, timeout=5) as answer:  # noqa: S310 - the server of above
                return answer.status == 200
        except HTTPError:
            return True
        except (URLError, OSError):
            return False


@contextmanager
def serve(folder: Path, *, buffers: int = 20_000) -> Iterator[Virtuoso]:
    """Run a server with an empty database in `folder`, which must be empty, while the block does.

    Args:
        folder: where its files go.
        buffers: pages of 8 kB that it keeps in memory.
    """
    server = Virtuoso(folder, buffers=buffers)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
