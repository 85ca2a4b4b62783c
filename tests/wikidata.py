"""A server on this machine that plays Wikidata, well and badly."""

import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from tests.serving import running

DATA = Path(__file__).parent / "data" / "wikidata.ttl"
_NAMES = "SELECT ?item ?name WHERE { ?item <http://www.w3.org/2000/01/rdf-schema#label>|<http://www.w3.org/2004/02/skos/core#altLabel> ?name }"


class Handler(BaseHTTPRequestHandler):
    """One request: noted, and answered by the next behaviour of the server, else truthfully."""

    server: "Wikidata"

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        self._play(lambda: json.dumps({"search": self.server.search(asked["search"][0])}).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._play(lambda: self.server.select(parse_qs(body)["query"][0]))

    def _play(self, answer: Callable[[], bytes]) -> None:
        self.server.agents.append(self.headers["User-Agent"])
        self.server.paths.append(urlsplit(self.path).path)
        self.server.arrived.append(time.monotonic())
        behaviour = self.server.behaviours.pop(0) if self.server.behaviours else None
        if behaviour is None:
            self.send(200, answer())
        else:
            behaviour(self, answer)

    def send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Behaviour = Callable[[Handler, Callable[[], bytes]], None]


def status(code: int, **headers: str) -> Behaviour:
    """Answer with a status."""
    return lambda handler, _: handler.send(code, b"no", **headers)


def truncated(handler: Handler, answer: Callable[[], bytes]) -> None:
    """Send half of the answer as if it were all."""
    whole = answer()
    handler.send(200, whole[: len(whole) // 2])


def broken_off(handler: Handler, answer: Callable[[], bytes]) -> None:
    """Promise more than comes."""
    whole = answer()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(whole) + 100))
    handler.end_headers()
    handler.wfile.write(whole[: len(whole) // 2])


def slow(handler: Handler, answer: Callable[[], bytes]) -> None:
    """Answer too late."""
    time.sleep(1.5)
    handler.send(200, answer())


def lie(rows: bytes) -> Behaviour:
    """Answer with something else."""
    return lambda handler, _: handler.send(200, rows)


class Wikidata(ThreadingHTTPServer):
    """Serves tests/data/wikidata.ttl by SPARQL and entity search."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = ox.Store()
        self.store.load(path=str(DATA), format=ox.RdfFormat.TURTLE)
        self.behaviours: list[Behaviour] = []
        self.agents: list[str] = []
        self.paths: list[str] = []
        self.arrived: list[float] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def select(self, query: str) -> bytes:
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        written = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert written is not None
        return written

    def search(self, words: str) -> list[dict[str, object]]:
        found = self.store.query(_NAMES)
        assert isinstance(found, ox.QuerySolutions)
        hits = sorted({
            (row["item"].value.rsplit("/", 1)[-1], row["name"].value)
            for row in found
            if row["name"].value.lower().startswith(words.lower())
        })  # fmt: skip
        return [{"id": item, "label": name, "match": {"type": "label", "text": name}} for item, name in hits]

    def config(self, folder: Path, **more: float) -> str:
        """Return a section of kg.toml that names this server."""
        settings = {"timeout": 1.0, "max_wait": 0.3, "pause": 0.0, "retries": 2} | more
        lines = [f'endpoint = "{self.url}/sparql"', f'search = "{self.url}/w/api.php"', f'cache = "{folder}"']
        lines += [f"{name} = {value}" for name, value in settings.items()]
        return "[wikidata]\n" + "\n".join(lines) + "\n"


def serve() -> AbstractContextManager[Wikidata]:
    """Run a server while the block does."""
    return running(Wikidata())
