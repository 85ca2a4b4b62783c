"""`kg load` against a server on this machine that plays a triple store, well and badly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.config import RemoteConfig
from kg.errors import EndpointError, InputError
from kg.store import parse
from kg.store.remote import Loaded, Target
from kg.store.remote.profile import find_profile
from tests import triple_store
from tests.conftest import SMALL
from tests.triple_store import TripleStore

GRAPH = "https://example.org/news"
SECRET = "horse-battery"  # noqa: S105 - of nobody
CUT = 'to = "x"\nnamed = "/store?graph={graph}"\ndefault = "/store?default"\nquery = "/query"\nbytes = 2000\n'
PATIENT = RemoteConfig(timeout=1.0, retries=2, max_wait=0.05)


@pytest.fixture
def server() -> Iterator[TripleStore]:
    with triple_store.serve() as running:
        yield running


def load(server: TripleStore, folder: Path, file: Path = SMALL, more: str = "", **settings: object) -> Loaded:
    """Load in pieces of 2 kB; `more` lines of the profile."""
    own = folder / "cut.toml"
    own.write_text("[cut]\n" + CUT + more)
    settings = {"graph": GRAPH, "replace": False} | settings
    target = Target(to=server.url, profile=find_profile(str(own)), journals=folder / "loads", **settings)
    done = kg.load(file, target, config=PATIENT)
    assert isinstance(done, Loaded)
    return done


def held(server: TripleStore, graph: str | None = GRAPH) -> set[ox.Triple]:
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return {quad.triple for quad in server.store.quads_for_pattern(None, None, None, name)}


def small() -> set[ox.Triple]:
    """Return what a store holds of the small graph: it may write a number in another way."""
    store = ox.Store()
    store.extend(parse(SMALL))
    return {quad.triple for quad in store}


def command(server: TripleStore, *more: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `kg load` as a user does, with few tries and short waits."""
    config = folder / "kg.toml"
    config.write_text("[remote]\ntimeout = 1.0\nretries = 1\nmax_wait = 0.05\n")
    given = ["--to", server.url, "--profile", "oxigraph", "--config", config, *more]
    call = [sys.executable, "-c", "from kg.cli import main; main()", "load", SMALL, *given]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_STORE")}
    environment |= {"XDG_CACHE_HOME": str(folder), **variables}
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environment)


def test_everything_arrives_and_is_verified(server: TripleStore, tmp_path: Path) -> None:
    done = load(server, tmp_path)
    assert held(server) == small()
    assert (done.graphs, done.triples) == ({GRAPH: 826}, 826)
    assert done.pieces > 10
    assert done.samples >= done.pieces
    assert {request.method for request in server.writes()} == {"POST"}


def test_what_was_there_stays_without_replace(server: TripleStore, tmp_path: Path) -> None:
    server.store.update(
        f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:b> 1 }} GRAPH <urn:other> {{ <urn:a> <urn:b> 2 }} }}"
    )
    assert load(server, tmp_path).graphs == {GRAPH: 827}
    assert load(server, tmp_path, replace=True).graphs == {GRAPH: 826}
    assert [request.method for request in server.writes()].count("PUT") == 1
    assert len(held(server, "urn:other")) == 1


def test_the_default_graph_is_the_default(server: TripleStore, tmp_path: Path) -> None:
    load(server, tmp_path, graph=None)
    assert held(server, None) == small()


@pytest.mark.parametrize(
    "behaviour",
    [
        triple_store.half_done,
        triple_store.hung_up,
        triple_store.slow(1.5),
        triple_store.trickling,
        triple_store.status(429, Retry_After="0"),
        triple_store.status(502),
        triple_store.status(503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT"),
    ],
)
@pytest.mark.parametrize("replace", [True, False])
def test_a_piece_whose_answer_is_lost_is_sent_again_and_nothing_doubles(
    server: TripleStore, tmp_path: Path, behaviour: triple_store.Behaviour, *, replace: bool
) -> None:
    server.behaviours = [behaviour, triple_store.well, triple_store.well, behaviour, behaviour]
    done = load(server, tmp_path, replace=replace)
    assert (held(server), done.graphs) == (small(), {GRAPH: 826})
    assert len(server.writes()) == done.pieces + 3


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (triple_store.status(500, b"<html><title>x</title><p>Lock\nlost</p>", Content_Type="text/html"), "500 Internal Server Error: Lock lost"),
        (triple_store.status(401, b"", WWW_Authenticate="Digest realm=x"), "KG_STORE_PASSWORD.*try --auth digest"),
        (triple_store.status(403, b"not you"), "403 Forbidden: not you"),
        (triple_store.status(404, b"no graph"), "check the address and --profile"),
        (triple_store.status(413, b""), "less `bytes`"),
        (triple_store.status(302, b"", Location="https://elsewhere.example.org/"), "points to https://elsewhere.example.org/"),
        (triple_store.status(307, b"", Location="/other"), "redirects are not followed"),
        (triple_store.deaf, "holds 8[0-9][0-9] triples instead of 826"),
    ],
)  # fmt: skip
def test_a_refusal_ends_the_load_with_the_words_of_the_store(
    server: TripleStore, tmp_path: Path, behaviour: triple_store.Behaviour, words: str
) -> None:
    server.behaviours = [triple_store.well, behaviour]
    with pytest.raises(EndpointError, match=words):
        load(server, tmp_path, replace=True)


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (triple_store.deaf, "does not answer with SPARQL results in JSON: Welcome"),
        (triple_store.status(200, b'{"head": {}, "boolean": true}'), "does not answer a COUNT with a table"),
        (triple_store.status(500, b"out of memory"), "out of memory"),
        (triple_store.trickling, "no whole answer within 1 seconds; tried 3 times"),
    ],
)
def test_an_answer_that_cannot_be_verified_is_an_error(
    server: TripleStore, tmp_path: Path, behaviour: triple_store.Behaviour, words: str
) -> None:
    server.answers = [behaviour] * 3
    with pytest.raises(EndpointError, match=words):
        load(server, tmp_path)


def test_a_missing_triple_is_named(server: TripleStore, tmp_path: Path) -> None:
    server.store.update(
        f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:b> 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 }} }}"
    )
    own = tmp_path / "twelve.nt"
    own.write_text("".join(f"<urn:x> <urn:y> <urn:{number}> .\n" for number in range(12)))
    server.behaviours = [triple_store.deaf]
    with pytest.raises(EndpointError, match=r"does not have <urn:x> <urn:y> <urn:0> \."):
        load(server, tmp_path, own)


def test_a_stopped_load_goes_on_where_it_was(server: TripleStore, tmp_path: Path) -> None:
    server.behaviours = [triple_store.well] * 5 + [triple_store.status(503)] * 3
    with pytest.raises(EndpointError, match="503 Service Unavailable: no; tried 3 times"):
        load(server, tmp_path, replace=True)
    sent = len(server.writes())
    done = load(server, tmp_path, replace=True)
    assert (held(server), done.skipped) == (small(), 5)
    assert len(server.writes()) == sent + done.pieces - 5
    assert load(server, tmp_path, replace=True).skipped == 0, "what was verified is forgotten"


def test_pieces_under_way_at_once_are_counted_up_to_the_first_gap(server: TripleStore, tmp_path: Path) -> None:
    # The second piece is held up and then refused, while those beside it arrive.
    server.behaviours = [triple_store.well, triple_store.later(0.3, triple_store.status(400, b"gap"))]
    with pytest.raises(EndpointError, match="gap"):
        load(server, tmp_path, replace=True, more="parallel = 3\n")
    assert len(held(server)) > server.writes()[0].body.count(b"\n"), "more than the first piece"
    done = load(server, tmp_path, replace=True, more="parallel = 3\n")
    assert (held(server), done.graphs, done.skipped) == (small(), {GRAPH: 826}, 1)
    assert [request.method for request in server.writes()].count("PUT") == 1


def test_a_refusal_that_passes_is_asked_again(server: TripleStore, tmp_path: Path) -> None:
    locked = triple_store.status(500, b"<h3>Error 40001</h3><xmp>SR172: Transaction deadlocked</xmp>")
    server.behaviours = [triple_store.well, locked, locked, triple_store.well, locked]
    done = load(server, tmp_path, more="parallel = 2\nagain = 'Transaction deadlocked'\n")
    assert (held(server), done.graphs) == (small(), {GRAPH: 826})
    assert len(server.writes()) == done.pieces + 3


def test_a_journal_that_is_wrong_does_no_harm(server: TripleStore, tmp_path: Path) -> None:
    server.behaviours = [triple_store.well] * 5 + [triple_store.status(503)] * 3
    with pytest.raises(EndpointError):
        load(server, tmp_path)
    server.store.update("CLEAR ALL")
    assert load(server, tmp_path).skipped == 0
    assert held(server) == small()


def test_graphs_of_a_file_are_kept_and_replaced_one_by_one(server: TripleStore, tmp_path: Path) -> None:
    file = tmp_path / "two.nq"
    file.write_text(
        "".join(f"<urn:s{n}> <urn:p> <urn:o> <urn:g{n % 2}> .\n" for n in range(100)) + "<urn:s> <urn:p> <urn:o> .\n"
    )
    server.store.update("INSERT DATA { GRAPH <urn:g0> { <urn:old> <urn:p> 1 } GRAPH <urn:g2> { <urn:old> <urn:p> 1 } }")
    done = load(server, tmp_path, file, graph=None, replace=True)
    assert done.graphs == {"urn:g0": 50, "urn:g1": 50, None: 1}
    assert len(held(server, "urn:g2")) == 1
    with pytest.raises(InputError, match="leave --graph out"):
        load(server, tmp_path, file)


def test_a_store_that_takes_quads_gets_them_together(server: TripleStore, tmp_path: Path) -> None:
    file = tmp_path / "many.nq"
    file.write_text("".join(f"<urn:s{number}> <urn:p> <urn:o> <urn:g{number}> .\n" for number in range(300)))
    target = Target(to=server.url, profile=find_profile("oxigraph"), journals=tmp_path)
    done = kg.load(file, target)
    assert len(server.writes()) == done.pieces == 1
    assert set(server.store) == set(parse(file))


def test_a_compressed_body_is_smaller(server: TripleStore, tmp_path: Path) -> None:
    target = Target(to=server.url, profile=find_profile("fuseki"), journals=tmp_path, graph=GRAPH)
    kg.load(SMALL, target)
    assert held(server) == small()
    assert len(server.writes()[0].body) < 30_000


def test_updates_say_the_same(server: TripleStore, tmp_path: Path) -> None:
    own = tmp_path / "update.toml"
    own.write_text("[u]\nto = 'x'\nupdate = '/update'\nquery = '/query'\ntriples = 100\n")
    tricky = tmp_path / "tricky.ttl"
    tricky.write_text(r'<urn:a> <urn:b> "\\u0041", "\"\\", "a\nb\t\r", "ü 😀"@de, "\\\\U0001F600" .', "utf-8")
    server.store.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:old> <urn:p> 1 }} }}")
    target = Target(to=server.url, profile=find_profile(str(own)), journals=tmp_path, graph=GRAPH)
    for file, replace in ((SMALL, True), (tricky, False)):
        kg.load(file, Target(to=target.to, profile=target.profile, journals=tmp_path, graph=GRAPH, replace=replace))
    assert held(server) == small() | {quad.triple for quad in parse(tricky)}
    assert all(request.body.count(b" .\n") <= 100 for request in server.writes())


def test_broken_input_says_what_was_loaded(server: TripleStore, tmp_path: Path) -> None:
    file = tmp_path / "broken.nt"
    file.write_text("<urn:s> <urn:p> <urn:o> .\n" * 5_000 + "oops\n")
    with pytest.raises(InputError, match=r"broken\.nt:5001.*triples before it were loaded"):
        load(server, tmp_path, file)
    file.write_text("# nothing\n")
    with pytest.raises(InputError, match="holds no triples"):
        load(server, tmp_path, file)


def test_the_command_loads_and_tells(server: TripleStore, tmp_path: Path) -> None:
    done = command(server, "--graph", GRAPH, folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"826 triples loaded; {GRAPH} holds 826; samples found: 1\n"


def test_secrets_are_shown_to_the_store_alone(server: TripleStore, tmp_path: Path) -> None:
    server.users = {triple_store.basic("ann", SECRET)}
    refused = command(server, folder=tmp_path, KG_STORE_USER="ann", KG_STORE_PASSWORD="wrong-" + SECRET)
    assert refused.returncode == 3
    assert "who are you?" in refused.stderr
    server.behaviours = [triple_store.status(400, f"bad {SECRET}".encode())]
    told = command(server, folder=tmp_path, KG_STORE_USER="ann", KG_STORE_PASSWORD=SECRET)
    assert (told.returncode, "bad ***" in told.stderr) == (3, True)
    done = command(server, folder=tmp_path, KG_STORE_USER="ann", KG_STORE_PASSWORD=SECRET)
    assert done.returncode == 0
    assert SECRET not in refused.stderr + told.stderr + done.stderr
    server.users = {f"Bearer {SECRET}"}
    assert command(server, folder=tmp_path, KG_STORE_TOKEN=SECRET).returncode == 0


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--to", "http://127.0.0.1:9"), 3, "cannot be reached"),
        (("--to", "http://ann:pw@127.0.0.1:9"), 2, "must hold no user or password"),
        (("--to", "ftp://127.0.0.1"), 2, "is no address of a store"),
        (("--profile", "fuski"), 2, "did you mean fuseki"),
        (("--graph", "news of today"), 2, "is no IRI"),
    ],
)
def test_mistakes_are_explained(
    server: TripleStore, tmp_path: Path, options: tuple[str, ...], status: int, words: str
) -> None:
    done = command(server, *options, folder=tmp_path)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr


def test_what_cannot_be_verified_is_said(server: TripleStore, tmp_path: Path) -> None:
    own = tmp_path / "blind.toml"
    own.write_text("[blind]\nto = 'x'\nnamed = '/store?graph={graph}'\n")
    done = command(server, "--profile", own, folder=tmp_path)
    assert (done.returncode, "not verified" in done.stderr) == (0, True)
    assert (
        "not verified"
        not in command(server, "--profile", own, "--query", f"{server.url}/query", folder=tmp_path).stderr
    )


def test_a_killed_process_goes_on_when_started_again(server: TripleStore, tmp_path: Path) -> None:
    own = tmp_path / "cut.toml"
    own.write_text("[cut]\n" + CUT)
    server.behaviours = [triple_store.well] * 4 + [triple_store.slow(30)]
    options = ["--to", server.url, "--profile", str(own), "--graph", GRAPH, "--replace"]
    call = [sys.executable, "-c", "from kg.cli import main; main()", "load", str(SMALL), *options]
    with subprocess.Popen(call, env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)}) as running:
        deadline = time.monotonic() + 60
        while len(server.writes()) < 5 and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
    done = command(server, *options, folder=tmp_path)
    assert (done.returncode, held(server)) == (0, small())
    assert "kg: 4 of" in done.stderr
