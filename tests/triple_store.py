"""A triple store on this machine that speaks SPARQL 1.1 Protocol and Graph Store Protocol, well and badly."""

import base64
import gzip
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import msgspec
import pyoxigraph as ox

from tests.serving import running


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """One request: noted, and answered by the next behaviour of the server, else truthfully."""

    server: "TripleStore"
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self._play()

    def do_POST(self) -> None:
        self._play()

    def _play(self) -> None:
        server = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.request_seen = Request(
            method=self.command, path=self.path, headers={k.lower(): v for k, v in self.headers.items()}, body=body
        )
        writes = "/query" not in self.path
        behaviour = None
        with server.lock:
            server.requests.append(self.request_seen)
            wanted = server.behaviours if writes else server.answers
            behaviour = wanted.pop(0) if wanted else None
        if server.users and self.headers.get("Authorization") not in server.users:
            self.send(401, b"who are you?", WWW_Authenticate='Basic realm="store"')
        elif behaviour is None:
            self.send(*self.serve())
        else:
            behaviour(self)

    def serve(self) -> tuple[int, bytes]:
        """Do what is asked, and return the answer."""
        asked = self.request_seen
        with self.server.lock:
            try:
                return self._serve(asked)
            except (SyntaxError, ValueError) as error:
                return 400, str(error).encode()

    def _serve(self, asked: Request) -> tuple[int, bytes]:
        store = self.server.store
        body = gzip.decompress(asked.body) if asked.headers.get("content-encoding") == "gzip" else asked.body
        parts = urlsplit(asked.path)
        if parts.path.endswith("/query"):
            found = store.query(parse_qs(body.decode())["query"][0], use_default_graph_as_union=self.server.union)
            assert not isinstance(found, ox.QueryTriples)
            return 200, found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if asked.headers["content-type"] == "application/sparql-update":
            store.update(body.decode())
            return 204, b""
        form = ox.RdfFormat.from_media_type(asked.headers["content-type"])
        graph = parse_qs(parts.query).get("graph")
        into = ox.NamedNode(graph[0]) if graph else ox.DefaultGraph()
        if asked.method == "PUT":
            store.clear_graph(into)
        if form == ox.RdfFormat.N_QUADS:
            store.load(body, format=form)
        else:
            store.load(body, format=form, to_graph=into)
        return 201 if asked.method == "PUT" else 204, b""

    def send(self, status: int, content: bytes, **headers: str) -> None:
        """Answer."""
        self.send_response(status)
        known = {"Content-Type": "application/sparql-results+json", "Content-Length": str(len(content))}
        for name, value in (known | {key.replace("_", "-"): value for key, value in headers.items()}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content if status != 204 else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Behaviour = Callable[[Handler], None]


def well(handler: Handler) -> None:
    """Do what is asked."""
    handler.send(*handler.serve())


def status(code: int, words: bytes = b"no", **headers: str) -> Behaviour:
    """Answer with a status, and do nothing."""
    return lambda handler: handler.send(code, words, **headers)


def deaf(handler: Handler) -> None:
    """Acknowledge without doing anything."""
    handler.send(200, b"<html>Welcome</html>", Content_Type="text/html")


def half_done(handler: Handler) -> None:
    """Do what is asked, and break off the answer."""
    handler.serve()
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half")
    handler.close_connection = True


def hung_up(handler: Handler) -> None:
    """Do what is asked, and close the connection without an answer."""
    handler.serve()
    handler.close_connection = True


def slow(seconds: float) -> Behaviour:
    """Do what is asked, and say so too late."""

    def behave(handler: Handler) -> None:
        answer = handler.serve()
        time.sleep(seconds)
        handler.send(*answer)

    return behave


def later(seconds: float, behaviour: Behaviour) -> Behaviour:
    """Wait before anything is done."""

    def behave(handler: Handler) -> None:
        time.sleep(seconds)
        behaviour(handler)

    return behave


def trickling(handler: Handler) -> None:
    """Answer one byte at a time, for ever as far as a client can tell."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def endless(handler: Handler) -> None:
    """Answer more than anybody wants to read."""
    handler.send(200, b" " * 5_000_000)


def basic(user: str, password: str) -> str:
    """Return the header that shows who asks."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class TripleStore(ThreadingHTTPServer):
    """Serves an empty store; `behaviours` are of writes, `answers` of queries."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = ox.Store()
        self.lock = threading.RLock()
        self.union = False
        self.users: set[str] = set()
        self.behaviours: list[Behaviour] = []
        self.answers: list[Behaviour] = []
        self.requests: list[Request] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Say nothing when a client has gone."""

    def writes(self) -> list[Request]:
        """Return the requests that were no queries."""
        return [request for request in self.requests if "/query" not in request.path]


def serve() -> AbstractContextManager[TripleStore]:
    """Run a server while the block does."""
    return running(TripleStore())
