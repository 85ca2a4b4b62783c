"""A line between a client and a server that is cut when told to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Cutter:
    """Forwards connections to `port`; `cuts` says after how many bytes of each next request its connection is cut.

    A number beyond the size of a request cuts the answer instead: the server has done its work, and nobody hears of it.
    """

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.cuts: list[int] = []
        self.cut = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._forward, args=(client,), daemon=True).start()

    def _forward(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(self._to) as server:
            back = threading.Thread(target=self._back, args=(server, client), daemon=True)
            back.start()
            passed = 0
            while data := client.recv(65_536):
                passed += len(data)
                # Small requests (queries, the first step of digest authentication) pass.
                if self.cuts and passed > self.cuts[0]:
                    self.cuts.pop(0)
                    self.cut += 1
                    return
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
            back.join()

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65_536):
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)


@contextmanager
def cutter(port: int) -> Iterator[Cutter]:
    """Run a line to `port` while the block does."""
    line = Cutter(port)
    try:
        yield line
    finally:
        line.close()
