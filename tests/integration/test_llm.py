"""`kg extract --extractor llm` against a server on this machine that plays an endpoint, well and badly."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph as ox
import pytest

from kg.llm.answer import Answer
from kg.records import Extraction
from kg.run.build import build_from
from kg.run.tools import load_tools
from kg.validate import validate
from kg.validate.shacl import validate_shapes
from tests.answers import ANSWER, SHELLING
from tests.samples import ARTICLE

KEY = "sk-very-secret"
replace = msgspec.structs.replace
INVENTED = replace(
    ANSWER,
    events=(SHELLING, replace(SHELLING, id="y", trigger="carpet bombing"), replace(SHELLING, id="z", trigger="")),
)


class Handler(BaseHTTPRequestHandler):
    """One request: noted, checked, and answered by the next behaviour of the server."""

    protocol_version = "HTTP/1.1"
    server: "StandIn"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.check(self.path, dict(self.headers), body)
        self.server.next()(self)

    def send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Behaviour = Callable[[Handler], None]


class StandIn(ThreadingHTTPServer):
    """Plays `behaviours` in turn, the last one again and again; `wrong` holds what was wrong with the requests."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours: list[Behaviour] = []
        self.requests: list[dict[str, Any]] = []
        self.authorization: list[str | None] = []
        self.wrong: list[str] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def next(self) -> Behaviour:
        return self.behaviours[min(len(self.requests), len(self.behaviours)) - 1]

    def check(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        self.requests.append(body)
        self.authorization.append(headers.get("Authorization"))
        form = body["response_format"]["json_schema"]
        facts = {
            "path": path == "/v1/chat/completions",
            "content type": headers["Content-Type"] == "application/json",
            "schema": form["strict"] is True and form["schema"]["additionalProperties"] is False,
            "event types": "Shelling" in form["schema"]["$defs"]["AnswerEvent"]["properties"]["type"]["enum"],
            "temperature": body["temperature"] == 0,
            "messages": [message["role"] for message in body["messages"]] == ["system", "user"],
            "text": ARTICLE.text in body["messages"][1]["content"],
        }
        self.wrong += [name for name, right in facts.items() if not right]

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that hang up."""


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        thread = threading.Thread(target=stand_in.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield stand_in
        finally:
            stand_in.over.set()
            stand_in.shutdown()
            thread.join()
    assert stand_in.wrong == []


def completion(content: str, finish: str = "stop") -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    usage = {"prompt_tokens": 2000, "completion_tokens": 500, "total_tokens": 2500}
    return json.dumps({"id": "c", "object": "chat.completion", "choices": [choice], "usage": usage}).encode()


def good(handler: Handler, answer: Answer = ANSWER) -> None:
    handler.send(200, completion(msgspec.json.encode(answer).decode()))


def malformed(handler: Handler) -> None:
    handler.send(200, completion("Sure! Here is the JSON: {"))


def truncated(handler: Handler) -> None:
    handler.send(200, completion(msgspec.json.encode(ANSWER).decode()[:200], "length"))


def wrong_schema(handler: Handler) -> None:
    handler.send(200, completion('{"events": [{"type": "Shelling"}]}'))


def no_completion(handler: Handler) -> None:
    handler.send(200, b"<html>maintenance</html>")


def limited(handler: Handler) -> None:
    handler.send(429, b'{"error": {"message": "slow down"}}', Retry_After="0.05")


def broken(handler: Handler) -> None:
    handler.send(500, b"oops")


def huge(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b" " * 65_536)


def silent(handler: Handler) -> None:
    handler.server.over.wait(10)


def dripping(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b" ")


def hung_up(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def unauthorised(handler: Handler) -> None:
    handler.send(401, json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}).encode())


def redirecting(handler: Handler) -> None:
    handler.send(307, b"", Location=f"{handler.server.url}/elsewhere")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    record = {name: value for name, value in msgspec.to_builtins(ARTICLE).items() if value is not None}
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({**record, "id": name}) + "\n" for name in ("a1", "a2")), encoding="utf-8"
    )
    (tmp_path / "kg.toml").write_text(
        "[llm]\ntimeout = 1.5\nmax_wait = 0.1\nretries = 1\nrate = 60000\nmax_answer_bytes = 200000\n"
    )
    return tmp_path


def kg(folder: Path, url: str, *words: str, key: str | None = KEY) -> subprocess.CompletedProcess[str]:
    """Run the command in `folder` as a user does."""
    command = ["extract", "in.jsonl", "-o", "out.jsonl", "--config", "kg.toml", "--extractor", "llm", "--base-url", url]
    variables = {"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            "from kg.cli import main; main()",
            *command,
            "--model",
            "some-model",
            *words,
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=variables | ({"KG_LLM_KEY": key} if key else {}),
    )


def extractions(folder: Path) -> list[Extraction]:
    return msgspec.json.Decoder(Extraction).decode_lines((folder / "out.jsonl").read_bytes())


def test_extractions_become_a_graph_that_keeps_the_contract(server: StandIn, files: Path) -> None:
    server.behaviours = [good]
    done = kg(files, server.url, "--price-in", "1", "--price-out", "2")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "kg: 2 requests, 4,000 prompt tokens, 1,000 completion tokens, cost 0.0060",
        "2 articles",
    ]
    assert server.authorization == [f"Bearer {KEY}"] * 2
    found = extractions(files)
    assert [one.article.id for one in found] == ["a1", "a2"]
    graph = build_from(found, tools=load_tools())
    assert graph.summary() == "2 articles, 1 event, 4 claims"
    assert validate(graph.quads) == []
    store = ox.Store()
    store.extend(graph.quads)
    assert validate_shapes(store) == []


def test_without_a_key_none_is_sent(server: StandIn, files: Path) -> None:
    server.behaviours = [good]
    assert kg(files, server.url, key=None).returncode == 0
    assert server.authorization == [None, None]


@pytest.mark.parametrize(
    "bad",
    [malformed, truncated, wrong_schema, no_completion, limited, broken, huge, silent, dripping, hung_up],
    ids=lambda bad: str(bad.__name__),
)
def test_one_bad_answer_is_asked_for_again(server: StandIn, files: Path, bad: Behaviour) -> None:
    server.behaviours = [bad, good]
    done = kg(files, server.url)
    assert done.returncode == 0, done.stderr
    assert [len(one.events) for one in extractions(files)] == [1, 1]
    assert "3 requests (1 retry)" in done.stderr


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (malformed, "does not fit the schema"),
        (truncated, "cut off"),
        (wrong_schema, "does not fit the schema"),
        (no_completion, "no chat completion"),
        (limited, "429 Too Many Requests: slow down"),
        (broken, "500 Internal Server Error: oops"),
        (huge, "exceeds 200,000 bytes"),
        (silent, "no whole answer within 1.5 seconds"),
        (dripping, "no whole answer within 1.5 seconds"),
        (hung_up, "the connection broke off"),
    ],
    ids=lambda bad: getattr(bad, "__name__", ""),
)
def test_an_article_without_usable_answer_is_named_and_the_run_goes_on(
    server: StandIn, files: Path, bad: Behaviour, reason: str
) -> None:
    server.behaviours = [bad, bad, good]
    done = kg(files, server.url)
    assert done.returncode == 0, done.stderr
    problem, *_, summary = done.stderr.splitlines()
    assert problem.startswith("kg: article a1: ")
    assert reason in problem
    assert summary == "1 article; 1 problem"
    assert [one.article.id for one in extractions(files)] == ["a2"]


def test_invented_quotes_are_left_out_and_counted(server: StandIn, files: Path) -> None:
    server.behaviours = [lambda handler: good(handler, INVENTED)]
    done = kg(files, server.url)
    assert done.returncode == 0, done.stderr
    assert "kg: left out for words that are not in the text: 4 event" in done.stderr.splitlines()
    assert [len(one.events) for one in extractions(files)] == [1, 1]


def test_a_long_article_is_named_and_not_sent(server: StandIn, files: Path) -> None:
    server.behaviours = [good]
    with (files / "in.jsonl").open("a") as file:
        file.write(json.dumps({"id": "long", "text": "word " * 10_000}) + "\n")
    done = kg(files, server.url)
    assert done.returncode == 0, done.stderr
    assert "article long: 50,000 characters are more than llm.max_chars = 30,000" in done.stderr
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("bad", "message"), [(unauthorised, "environment variable KG_LLM_KEY"), (redirecting, "redirects are not followed")]
)
def test_an_endpoint_that_refuses_ends_the_run(server: StandIn, files: Path, bad: Behaviour, message: str) -> None:
    server.behaviours = [bad]
    done = kg(files, server.url)
    assert done.returncode == 3
    assert message in done.stderr
    assert KEY not in done.stderr
    assert "Traceback" not in done.stderr
    assert len(server.requests) == 1
    assert not (files / "out.jsonl").exists()


def test_what_was_answered_before_the_endpoint_failed_is_kept(server: StandIn, files: Path) -> None:
    server.behaviours = [good, unauthorised]
    done = kg(files, server.url)
    assert done.returncode == 3
    assert "the articles after that are missing from out.jsonl" in done.stderr
    assert [one.article.id for one in extractions(files)] == ["a1"]


def test_nobody_there(files: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    done = kg(files, url)
    assert done.returncode == 3
    assert f"{url}/chat/completions cannot be reached" in done.stderr
    assert "2 requests (1 retry)" in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("--base-url", "http://llm.example.org/v1"), 2, "not encrypted"),
        (("--rate", "0"), 2, "an option is out of range"),
        (("--extractor", "rules"), 2, "need --extractor llm"),
        (("--model", ""), 2, "needs --base-url and --model"),
    ],
)
def test_wrong_options(files: Path, words: tuple[str, ...], status: int, message: str) -> None:
    done = kg(files, "http://127.0.0.1:9/v1", *words)
    assert done.returncode == status
    assert message in done.stderr
    assert KEY not in done.stderr
    assert "Traceback" not in done.stderr


def test_same_answers_same_bytes(server: StandIn, files: Path) -> None:
    server.behaviours = [good]
    kg(files, server.url)
    first = (files / "out.jsonl").read_bytes()
    kg(files, server.url)
    assert (files / "out.jsonl").read_bytes() == first
