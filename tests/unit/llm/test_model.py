"""Asking: tries, waits, limits and counts, over a transport that plays the endpoint."""

import json
from collections.abc import Callable, Sequence

import httpx
import msgspec
import pytest

from kg.config import LlmConfig
from kg.errors import AnswerError, ConfigError, EndpointError, InputError
from kg.llm import Endpoint, LanguageModel, usage_lines
from kg.llm.dropped import Dropped, Reason
from kg.llm.model import PATIENCE
from kg.llm.usage import Usage
from kg.patience import Clock
from kg.records import Article
from tests.answers import ANSWER, EMPTY, SHELLING
from tests.samples import ARTICLE, vocab

KEY = "sk-very-secret"
Reply = httpx.Response | Exception
ANSWERED = msgspec.json.encode(ANSWER).decode()


class Time:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


class Played:
    """A model whose endpoint gives `replies` in turn, the last one again and again."""

    def __init__(self, *replies: Reply, **limits: float) -> None:
        self.time = Time()
        self.requests: list[httpx.Request] = []
        self._replies = replies
        self.model = LanguageModel(
            Endpoint("https://llm.example.org/v1", "some-model", KEY),
            vocab(),
            msgspec.convert({"rate": 1e9, **limits}, LlmConfig),
            transport=httpx.MockTransport(self._reply),
            clock=Clock(now=lambda: self.time.now, sleep=self.time.sleep),
        )

    def _reply(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self._replies[min(len(self.requests), len(self._replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        return httpx.Response(reply.status_code, headers=reply.headers, stream=httpx.ByteStream(reply.content))

    @property
    def waits(self) -> list[float]:
        return [seconds for seconds in self.time.slept if seconds >= 0.001]


def completion(content: str | None = ANSWERED, finish: str = "stop", **more: object) -> httpx.Response:
    message = {"role": "assistant", "content": content, **more}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    return httpx.Response(
        200, json={"id": "x", "choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": usage}
    )


def test_the_request() -> None:
    played = Played(completion(), seed=7)
    assert len(played.model.extract(ARTICLE).events) == 1
    (request,) = played.requests
    assert (request.method, str(request.url)) == ("POST", "https://llm.example.org/v1/chat/completions")
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    body = json.loads(request.content)
    assert (body["model"], body["temperature"], body["seed"]) == ("some-model", 0, 7)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["response_format"]["json_schema"]["strict"] is True


def test_same_answer_same_bytes() -> None:
    first, second = (msgspec.json.encode(Played(completion()).model.extract(ARTICLE)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("reply", "waits"),
    [
        (httpx.Response(500), [1.0]),
        (httpx.Response(503, headers={"Retry-After": "7"}), [7.0]),
        (httpx.Response(429, headers={"Retry-After": "0"}), []),
        (httpx.Response(429, headers={"Retry-After": "86400"}), [60.0]),
        (httpx.Response(429, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), [1.0]),
        (httpx.ReadTimeout("slow"), [1.0]),
        (httpx.ConnectError("refused"), [1.0]),
        (httpx.ReadError("reset"), [1.0]),
        (httpx.RemoteProtocolError("closed"), [1.0]),
        (httpx.Response(200, content=b"<html>"), [1.0]),
        (httpx.Response(200, content=b'{"choices": []}'), [1.0]),
        (httpx.Response(200, content=b"\xff" * 2_000_000), [1.0]),
        (completion(ANSWERED[:-20]), [1.0]),
        (completion(ANSWERED[:-20], "length"), [1.0]),
        (completion(None), [1.0]),
        (completion('{"events": []}'), [1.0]),
    ],
)  # fmt: skip
def test_a_bad_reply_is_followed_by_another_try(reply: Reply, waits: list[float]) -> None:
    played = Played(reply, completion())
    assert len(played.model.extract(ARTICLE).events) == 1
    assert played.waits == waits
    assert (played.model.usage.requests, played.model.usage.retries) == (2, 1)
    assert [json.loads(request.content)["seed"] for request in played.requests] == [0, 1]


def test_tries_are_bounded_and_waits_grow() -> None:
    played = Played(completion("{}"), retries=4, max_wait=5)
    with pytest.raises(AnswerError, match="does not fit the schema"):
        played.model.extract(ARTICLE)
    assert played.waits == [1.0, 2.0, 4.0, 5.0]
    assert played.model.usage.prompt_tokens == 500


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(400, json={"error": {"message": "too long\nfor me"}}),
        completion(None, refusal="no"),
        completion("", "content_filter"),
    ],
)
def test_a_refusal_is_final_for_the_article(reply: httpx.Response) -> None:
    played = Played(reply)
    with pytest.raises(AnswerError, match=r"too long for me|refuses"):
        played.model.extract(ARTICLE)
    assert len(played.requests) == 1


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (httpx.Response(401, json={"error": {"message": f"wrong key {KEY}"}}), "set the environment variable KG_LLM_KEY"),
        (httpx.Response(403), "set the environment variable KG_LLM_KEY"),
        (httpx.Response(404, json={"error": f"no model for {KEY}"}), r"no model for \*\*\*; check --base-url"),
        (httpx.Response(302, headers={"Location": "https://evil.example.org/"}), "redirects are not followed"),
        (httpx.ConnectError("[Errno 111] Connection refused"), "https://llm.example.org/v1/chat/completions cannot be"),
    ],
)  # fmt: skip
def test_an_endpoint_that_does_not_work_ends_the_run(reply: Reply, message: str) -> None:
    played = Played(reply)
    with pytest.raises(EndpointError, match=message) as caught:
        played.model.extract(ARTICLE)
    assert KEY not in str(caught.value)
    assert {str(request.url) for request in played.requests} == {"https://llm.example.org/v1/chat/completions"}


def test_an_endpoint_that_was_there_before_is_given_some_patience() -> None:
    played = Played(completion(), httpx.ConnectError("gone"), retries=0)
    played.model.extract(ARTICLE)
    for _ in range(PATIENCE - 1):
        with pytest.raises(AnswerError):
            played.model.extract(ARTICLE)
    with pytest.raises(EndpointError, match="5 articles in a row"):
        played.model.extract(ARTICLE)


def test_requests_keep_their_distance() -> None:
    played = Played(completion(), rate=30)
    for _ in range(3):
        played.model.extract(ARTICLE)
    assert played.waits == [2.0, 2.0]


def test_a_long_article_is_refused_unasked() -> None:
    played = Played(completion(), max_chars=10)
    with pytest.raises(InputError, match=r"llm\.max_chars = 10"):
        played.model.extract(ARTICLE)
    assert played.requests == []


def test_words_of_the_model_are_shown_on_one_line() -> None:
    played = Played(completion('{"\x1b[31m\\u001b\\n": 1}'), retries=0)
    with pytest.raises(AnswerError) as caught:
        played.model.extract(ARTICLE)
    assert str(caught.value).isprintable()


def test_an_address_that_httpx_refuses() -> None:
    with pytest.raises(ConfigError, match="--base-url"):
        LanguageModel(Endpoint("https://ex ample\x7f/v1", "m"), vocab())


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None, "completion_tokens": 1}, "many"])
def test_tokens_that_are_not_told_cost_no_answer(usage: object) -> None:
    body = json.loads(completion().content) | {"usage": usage}
    played = Played(httpx.Response(200, json=body))
    assert len(played.model.extract(ARTICLE).events) == 1
    assert (played.model.usage.untold, played.model.usage.prompt_tokens) == (1, 0)


def test_what_is_left_out_is_counted_over_all_articles() -> None:
    invented = msgspec.structs.replace(EMPTY, events=(msgspec.structs.replace(SHELLING, trigger="bombing"),))
    played = Played(completion(msgspec.json.encode(invented).decode()))
    for _ in range(2):
        played.model.extract(Article(id="a", text="Nothing happened."))
    assert played.model.usage.dropped == {("event", Reason.NOT_LITERAL): 2}


@pytest.mark.parametrize(
    ("usage", "prices", "expected"),
    [
        (Usage(), {}, ["0 requests, 0 prompt tokens, 0 completion tokens"]),
        (
            Usage(requests=3, retries=2, prompt_tokens=1_000_000, completion_tokens=500_000),
            {"price_in": 0.5, "price_out": 2},
            ["3 requests (2 retries), 1,000,000 prompt tokens, 500,000 completion tokens, cost 1.5000"],
        ),
        (
            Usage(requests=1, untold=1, dropped=Dropped({("event", Reason.NOT_LITERAL): 2, ("time", Reason.UNFIT): 1})),
            {"price_in": 1},
            [
                "1 request, 0 prompt tokens, 0 completion tokens, cost at least 0.0000, tokens not told for 1 answer",
                "left out for words that are not in the text: 2 event",
                "left out for values that do not fit, or refer to nothing: 1 time",
            ],
        ),
    ],
)
def test_report(usage: Usage, prices: dict[str, float], expected: Sequence[str]) -> None:
    lines: Callable[..., object] = usage_lines
    assert list(lines(usage, **prices)) == expected
