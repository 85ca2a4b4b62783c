"""`kg query`, `kg queries`, `kg explain` and `kg validate` from the outside."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest

from kg.store import load, write

SMALL = Path(__file__).parents[2] / "data" / "small.ttl"


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_canned_query_prints_a_table_with_prefixes() -> None:
    done = kg("query", "events", "--data", SMALL)
    assert done.returncode == 0
    assert "event:belgorod-shelling" in done.stdout
    assert done.stderr == ""


def test_a_store_gives_the_same_rows_as_its_file(tmp_path: Path) -> None:
    write(tmp_path / "store", load([SMALL]))
    of_store = kg("query", "events", "--store", tmp_path / "store", "--format", "csv")
    assert of_store.stdout == kg("query", "events", "--data", SMALL, "--format", "csv").stdout
    assert of_store.stdout.count("\n") == 6


def test_parameters_restrict() -> None:
    done = kg("query", "events", "-p", "type=Protest", "--format", "geojson", "--data", SMALL)
    assert [feature["properties"]["type"] for feature in json.loads(done.stdout)["features"]] == [
        "https://w3id.org/conflict-kg/ontology#Protest"
    ]


def test_no_rows_are_said_on_stderr() -> None:
    done = kg("query", "events", "-p", "type=AirStrike", "--data", SMALL)
    assert (done.returncode, done.stderr) == (0, "kg: no rows\n")


@pytest.mark.parametrize(("kind", "status", "words"), [("Shelling", 0, "yes\n"), ("Riot", 1, "no\n")])
def test_ask_with_exit_status(kind: str, status: int, words: str) -> None:
    done = kg("query", "-q", f"ASK {{ ?e a ckg:{kind} }}", "--exit-status", "--data", SMALL)
    assert (done.returncode, done.stdout) == (status, words)
    assert kg("query", "-q", f"ASK {{ ?e a ckg:{kind} }}", "--data", SMALL).returncode == 0


def test_a_file_with_sparql(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("\ufeffCONSTRUCT { ?e a ckg:Event } WHERE { ?e a ckg:Protest }", "utf-8")
    assert "event:springfield-protest a ckg:Event" in kg("query", "-f", path, "--data", SMALL).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["query", "evnts", "--data", SMALL], "did you mean events"),
        (["query", "events"], "say where to ask"),
        (["query", "events", "--data", SMALL, "--endpoint", "http://127.0.0.1:1/"], "say where to ask"),
        (["query", "--data", SMALL], "say what to ask"),
        (["query", "events", "-q", "ASK {}", "--data", SMALL], "say what to ask"),
        (["query", "events", "-p", "from", "--data", SMALL], "KEY=VALUE"),
        (["query", "events", "-p", "from=1", "-p", "from=2", "--data", SMALL], "twice"),
        (["query", "events", "-p", "from=soon", "--data", SMALL], "YYYY-MM-DD"),
        (["query", "-q", "CLEAR ALL", "--data", SMALL], "update"),
        (["query", "-q", "SELECT nothing", "--data", SMALL], "line 1, column"),
        (["validate"], "say what to check"),
        (["explain", "belg"], "say where the event is"),
    ],
)
def test_mistakes_are_explained_with_status_2(arguments: list[str | Path], words: str) -> None:
    done = kg(*arguments)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert done.stdout == ""


def test_a_missing_file_has_status_4(tmp_path: Path) -> None:
    assert kg("query", "events", "--data", tmp_path / "none.ttl").returncode == 4


def test_a_missing_store_has_status_4(tmp_path: Path) -> None:
    done = kg("query", "events", "--store", tmp_path / "none")
    assert done.returncode == 4
    assert "there is no store" in done.stderr


def test_queries_lists_names_parameters_and_columns() -> None:
    words = kg("queries").stdout
    assert "events-near\n" in words
    assert "km (decimal)" in words
    assert kg("queries", "sources").stdout.startswith("sources\n")


def test_nothing_heavy_is_imported() -> None:
    code = "import sys, kg.cli.query, kg.cli.queries, kg.cli.validate, kg.cli.explain; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"spacy", "rdflib", "rich", "pyshacl", "SPARQLWrapper", "numpy"}


class Endpoint(BaseHTTPRequestHandler):
    """Answers every query with one row that holds the query, or with an error."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = parse_qs(body)["query"][0]
        if "Fail" in query:
            self.send_error(500)
            return
        rows = [{"query": {"type": "literal", "value": query}}]
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.end_headers()
        self.wfile.write(json.dumps({"head": {"vars": ["query"]}, "results": {"bindings": rows}}).encode())

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_an_endpoint_gets_the_bound_query_by_post(endpoint: str) -> None:
    done = kg("query", "sources", "-p", 'name=a"b', "--endpoint", endpoint, "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert '{ ""a\\""b"" }' in done.stdout
    assert "PREFIX event:" in done.stdout


def test_endpoint_errors_have_status_3(endpoint: str) -> None:
    done = kg("query", "-q", "SELECT ?Fail {}", "--endpoint", endpoint)
    assert done.returncode == 3
    assert "kg: error:" in done.stderr
    assert kg("query", "-q", "SELECT * {}", "--endpoint", "http://127.0.0.1:1/sparql").returncode == 3


def test_validate_passes_and_fails(tmp_path: Path) -> None:
    assert kg("validate", SMALL, "--shacl").returncode == 0
    broken = tmp_path / "broken.ttl"
    broken.write_text(SMALL.read_text("utf-8").replace('ckg:outcome "NIL"', 'ckg:outcome "MAYBE"'), "utf-8")
    done = kg("validate", broken)
    assert done.returncode == 1
    assert done.stdout.startswith("link-values (violation, 3 found)")


def test_validate_tells_where_rdf_is_broken(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<https://a.example/s> oops .")
    done = kg("validate", broken)
    assert done.returncode == 2
    assert "broken.ttl:1:" in done.stderr


def test_validate_reads_a_store(tmp_path: Path) -> None:
    write(tmp_path / "store", load([SMALL]))
    assert kg("validate", "--store", tmp_path / "store").returncode == 0
    assert "empty" in kg("validate", _empty(tmp_path)).stderr


def _empty(folder: Path) -> Path:
    path = folder / "empty.ttl"
    path.write_text("")
    return path
