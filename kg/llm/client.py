"""One request to the endpoint, bounded in time and size: a completion, or why there is none."""

import importlib
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from kg.config import LlmConfig
from kg.errors import ConfigError, EndpointError
from kg.llm.endpoint import KEY_VARIABLE, Endpoint
from kg.patience import Clock, retry_after

if TYPE_CHECKING:
    import httpx

_CONNECT = 10.0
_FATAL = frozenset({402, 404, 405, 501})
_BUSY = frozenset({408, 409, 425, 429})


class Fault(StrEnum):
    """What went wrong with one request."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    REFUSED = "refused"
    UNUSABLE = "unusable"


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """No completion; `wait` is how many seconds the endpoint asks to wait, if it does."""

    fault: Fault
    reason: str
    wait: float | None = None


_Tokens = Annotated[int, msgspec.Meta(ge=0)]


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """How many tokens the endpoint counts."""

    prompt_tokens: _Tokens
    completion_tokens: _Tokens


class _Message(msgspec.Struct, frozen=True, kw_only=True):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct, frozen=True, kw_only=True):
    message: _Message
    finish_reason: str | None = None


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """What the endpoint answers, as far as it matters here."""

    choices: Annotated[tuple[_Choice, ...], msgspec.Meta(min_length=1)]
    usage: msgspec.Raw = msgspec.Raw(b"null")

    def tokens(self) -> Tokens | None:
        """Return the tokens; `None` when the endpoint does not tell them, or not as numbers."""
        try:
            return msgspec.json.decode(self.usage, type=Tokens)
        except (msgspec.DecodeError, RecursionError):
            return None

    def content(self) -> str | Failure:
        """Return the words of the model, or why they cannot be an answer."""
        choice = self.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            return Failure(fault=Fault.REFUSED, reason="the model refuses to answer")
        if choice.finish_reason == "length":
            return Failure(fault=Fault.UNUSABLE, reason="the model's answer is cut off: raise llm.max_tokens")
        if not choice.message.content:
            return Failure(fault=Fault.UNUSABLE, reason="the model's answer is empty")
        return choice.message.content


class Client:
    """Sends requests to one endpoint; follows no redirect.

    Args:
        endpoint: where to.
        config: time and size limits.
        transport: what carries the requests, by default the network.
        clock: measures the time that an answer takes.

    Raises:
        ConfigError: the address is none.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        config: LlmConfig,
        *,
        transport: "httpx.BaseTransport | None" = None,
        clock: Clock | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._config = config
        self._clock = clock or Clock()
        self._httpx = importlib.import_module("httpx")
        try:
            self._httpx.URL(endpoint.url)
        except self._httpx.InvalidURL as error:
            msg = f"{endpoint.url!r} is no address ({error}): check --base-url"
            raise ConfigError(msg) from error
        # A proxy of the environment would see what is meant for this machine.
        self._http: httpx.Client = self._httpx.Client(
            headers=endpoint.headers(),
            timeout=self._httpx.Timeout(config.timeout, connect=min(_CONNECT, config.timeout)),
            follow_redirects=False,
            transport=transport,
            trust_env=not endpoint.local,
        )

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def post(self, body: bytes) -> Completion | Failure:
        """Send one chat completion request.

        Args:
            body: the request in JSON.

        Raises:
            EndpointError: the endpoint refuses this key, address or method, so that further requests are of no use.
        """
        http = self._httpx
        deadline = self._clock.now() + self._config.timeout
        try:
            with self._http.stream("POST", self.endpoint.url, content=body) as response:
                data = self._read(response, deadline)
        except (http.ConnectError, http.ConnectTimeout) as error:
            return Failure(fault=Fault.UNREACHABLE, reason=f"{self.endpoint.url} cannot be reached ({error})")
        except http.TimeoutException:
            return self._late()
        except http.RequestError as error:
            return Failure(fault=Fault.BUSY, reason=f"the connection broke off ({error or type(error).__name__})")
        if isinstance(data, Failure):
            return data
        return self._completion(data) if response.is_success else self._refusal(response, data)

    def _read(self, response: "httpx.Response", deadline: float) -> bytes | Failure:
        """Read the body as it comes, until it is too long or takes too long."""
        data = bytearray()
        for piece in response.iter_raw():
            data += piece
            if len(data) > self._config.max_answer_bytes:
                limit = self._config.max_answer_bytes
                return Failure(fault=Fault.UNUSABLE, reason=f"the response exceeds {limit:,} bytes")
            if self._clock.now() > deadline:
                return self._late()
        return bytes(data)

    def _late(self) -> Failure:
        return Failure(fault=Fault.BUSY, reason=f"no whole answer within {self._config.timeout:g} seconds")

    def _completion(self, data: bytes) -> Completion | Failure:
        try:
            return msgspec.json.decode(data, type=Completion)
        except (msgspec.DecodeError, RecursionError) as error:
            return Failure(
                fault=Fault.UNUSABLE, reason=self.endpoint.show(f"the response is no chat completion: {error}")
            )

    def _refusal(self, response: "httpx.Response", data: bytes) -> Failure:
        """Return what a response without success means.

        Raises:
            EndpointError: as in `post`.
        """
        status = response.status_code
        answered = f"{self.endpoint.url} answers {self.endpoint.show(f'{status} {response.reason_phrase}')}"
        if status in {401, 403}:
            msg = (
                f"{answered}: set the environment variable {KEY_VARIABLE} to a key that may use {self.endpoint.model!r}"
            )
            raise EndpointError(msg)
        if response.is_redirect or status < 400:
            msg = f"{answered}: it is somewhere else, and redirects are not followed; give the final --base-url"
            raise EndpointError(msg)
        words = self.endpoint.show(_message(data))
        told = f"{answered}: {words}" if words else answered
        if status in _FATAL:
            msg = f"{told}; check --base-url and --model"
            raise EndpointError(msg)
        if status >= 500 or status in _BUSY:
            return Failure(fault=Fault.BUSY, reason=told, wait=retry_after(response.headers.get("Retry-After", "")))
        return Failure(fault=Fault.REFUSED, reason=told)


def _message(data: bytes) -> str:
    """Return what an error response says: `error.message` where it has one, else all of it."""
    try:
        told: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        return data.decode("utf-8", "replace")
    if isinstance(told, dict):
        told = told.get("error", told)
    if isinstance(told, dict):
        told = told.get("message", told)
    return told if isinstance(told, str) else str(told)
