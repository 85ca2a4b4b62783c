"""Requests to a triple store: bounded in time and size, tried again with patience, and never sent on elsewhere."""

import gzip
import importlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.address import is_loopback, split
from kg.config import RemoteConfig
from kg.errors import ConfigError, EndpointError
from kg.patience import BUSY, Again, insist, retry_after
from kg.store.remote.profile import Auth, Profile
from kg.store.remote.secrets import PASSWORD, TOKEN, USER, Secrets
from kg.store.results import read_results

if TYPE_CHECKING:
    import httpx

_CONNECT = 10.0
_SLICE = 65_536
_WORDS = 65_536
"""Bytes of an answer to a write that are read."""
_MARKUP = re.compile(r"<(?:style|script|title)\b.*?</(?:style|script|title)>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


class _Body:
    """A body that is sent slice by slice, as often as need be, until it takes too long."""

    def __init__(self, content: bytes, check: Callable[[], None]) -> None:
        self._content = memoryview(content)
        self._check = check

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._content), _SLICE):
            self._check()
            yield bytes(self._content[start : start + _SLICE])


class Client:
    """Sends requests to one store; several threads may send at once.

    Args:
        to: the address of the store.
        profile: what is particular about it.
        secrets: who asks.
        config: time and size limits.
        auth: how the secrets are shown, if not as the profile says.
        transport: what carries the requests, by default the network.

    Raises:
        ConfigError: the address is none, or a secret would travel unencrypted over a network.
    """

    def __init__(
        self,
        to: str,
        profile: Profile,
        *,
        secrets: Secrets,
        config: RemoteConfig,
        auth: Auth | None = None,
        transport: "httpx.BaseTransport | None" = None,
    ) -> None:
        parts = split(to, name="address of a store", form=profile.to, secrets=f"{USER} and {PASSWORD}")
        local = is_loopback(parts.hostname or "")
        kind = auth or secrets.kind(profile.auth)
        if secrets.given(kind) and kind is not Auth.DIGEST and parts.scheme == "http" and not local:
            msg = (
                f"{to} is not encrypted and not on this machine, so the secrets in {PASSWORD} and {TOKEN} are not sent "
                "there: use https, a tunnel to this machine, or unset them"
            )
            raise ConfigError(msg)
        self.to = to
        self._profile = profile
        self._secrets = secrets
        self._kind = kind
        self._config = config
        self._stopped = threading.Event()
        self._reached = False
        self._httpx = importlib.import_module("httpx")
        # A proxy of the environment would see what is meant for this machine.
        self._http: httpx.Client = self._httpx.Client(
            auth=secrets.auth(kind),
            headers={"Accept-Encoding": "identity"},
            timeout=self._httpx.Timeout(config.timeout, connect=min(_CONNECT, config.timeout)),
            follow_redirects=False,
            transport=transport,
            trust_env=not local,
        )

    def stop(self) -> None:
        """End what other threads send, or wait to send again, as soon as they look up."""
        self._stopped.set()

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def address(self, suffix: str) -> str:
        """Return the address of a service of the store."""
        return (self.to.rstrip("/") if suffix.startswith("/") else self.to) + suffix

    def write(self, method: str, url: str, content: bytes, media: str) -> None:
        """Send RDF or an update; it may be sent more than once.

        Raises:
            EndpointError: the store refuses it, or cannot be reached however often it is tried.
        """
        headers = {"Content-Type": media, "Accept": "*/*"}
        if self._profile.gzip:
            content = gzip.compress(content, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self._patiently(method, url, content, headers, limit=None)

    def query(self, url: str, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean:
        """Ask a SELECT or ASK query.

        Raises:
            EndpointError: as in `write`, or the answer is none.
        """
        body = str(self._httpx.QueryParams({"query": sparql})).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
        answer = self._patiently("POST", url, body, headers, limit=self._config.max_answer_bytes)
        try:
            return read_results(answer, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            shown = self._words(answer[:_WORDS])
            raise EndpointError(f"{url} does not answer with SPARQL results in JSON: {shown}") from error

    def _patiently(self, method: str, url: str, content: bytes, headers: dict[str, str], limit: int | None) -> bytes:
        retries = self._config.retries
        try:
            return insist(
                lambda: self._once(method, url, content, headers, limit),
                retries=retries,
                max_wait=self._config.max_wait,
                sleep=self._wait,
            )
        except Again as error:
            raise EndpointError(f"{url} {error}; tried {retries + 1} times") from error

    def _wait(self, seconds: float) -> None:
        self._stopped.wait(seconds)

    def _once(self, method: str, url: str, content: bytes, headers: dict[str, str], limit: int | None) -> bytes:
        http = self._httpx
        deadline = time.monotonic() + self._config.timeout

        def check() -> None:
            if self._stopped.is_set():
                raise EndpointError(f"{url} is asked no more")
            if time.monotonic() > deadline:
                raise Again(f"gives no whole answer within {self._config.timeout:g} seconds")

        check()
        # Virtuoso drops a body in chunked transfer coding without a word: the length must be told.
        told = headers | {"Content-Length": str(len(content))}
        try:
            with self._http.stream(method, url, content=_Body(content, check), headers=told) as response:
                self._reached = True
                answer = self._read(response, check, limit)
        except (http.ConnectError, http.ConnectTimeout) as error:
            if not self._reached:
                raise EndpointError(f"{url} cannot be reached ({error}): check the address and the network") from error
            raise Again(f"cannot be reached any more ({error})") from error
        except http.TimeoutException as error:
            raise Again(f"gives no whole answer within {self._config.timeout:g} seconds") from error
        except http.RequestError as error:
            self._reached = True
            raise Again(f"broke off the connection ({error or type(error).__name__})") from error
        except http.InvalidURL as error:
            raise ConfigError(f"{url} is no address ({error})") from error
        if not response.is_success:
            raise self._refusal(url, response, answer)
        return answer

    def _read(self, response: "httpx.Response", check: Callable[[], None], limit: int | None) -> bytes:
        """Read the answer as it comes; without a limit only its beginning counts."""
        most = limit if limit is not None and response.is_success else None
        data = bytearray()
        for piece in response.iter_raw():
            data += piece
            check()
            if most is not None and len(data) > most:
                raise EndpointError(
                    f"{response.url} answers with more than {most:,} bytes: see remote.max_answer_bytes"
                )
            if most is None and len(data) > _WORDS:
                break
        return bytes(data)

    def _refusal(self, url: str, response: "httpx.Response", answer: bytes) -> Exception:
        """Return what an answer without success means."""
        status = response.status_code
        told = f"answers {self._secrets.show(f'{status} {response.reason_phrase}')}"
        if response.is_redirect or status < 400:
            where = self._secrets.show(response.headers.get("Location", "somewhere else"))
            return EndpointError(
                f"{url} {told} and points to {where}: redirects are not followed; give the final address"
            )
        words = self._words(answer, markup="html" in response.headers.get("Content-Type", ""))
        told = f"{told}: {words}" if words else told
        if status in BUSY or (self._profile.again and self._profile.again in words):
            return Again(told, retry_after(response.headers.get("Retry-After", "")))
        return EndpointError(f"{url} {told}{self._advice(status, response.headers.get('WWW-Authenticate', ''))}")

    def _advice(self, status: int, challenge: str) -> str:
        if status == 401:
            asked = challenge.split(" ", 1)[0].lower()
            other = f" or try --auth {asked}" if asked in set(Auth) - {self._kind} else ""
            return f"; set {USER} and {PASSWORD}, or {TOKEN}, to somebody who may write there{other}"
        if status in {404, 405}:
            return "; check the address and --profile"
        if status == 413:
            return "; it takes smaller requests: copy its profile into a file with less `bytes` and name that with --profile"
        return ""

    def _words(self, answer: bytes, *, markup: bool = True) -> str:
        """Return what the store says, without markup."""
        words = answer.decode("utf-8", "replace")
        return self._secrets.show(_MARKUP.sub(" ", words) if markup else words)
