"""Requests to Wikidata, one at a time: politely spaced, bounded in time, size and number, and tried again with patience."""

import importlib
import json
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError

import pyoxigraph as ox

from kg.config import WikidataConfig
from kg.errors import EndpointError
from kg.patience import BUSY, Again, Clock, one_line, retry_after

SOFTWARE = "conflict-kg (https://pypi.org/project/conflict-kg/)"
"""How the requests name the program; see https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy."""
_CHUNK = 65_536
_OVERLOADED = 500
"""What the SPARQL service says when it runs out of time."""
Row = dict[str, str]
"""The bound variables of one solution."""


class Client:
    """Sends requests to the SPARQL service and the entity search.

    Args:
        config: addresses and limits.
        clock: tells and passes the time.
    """

    def __init__(self, config: WikidataConfig, clock: Clock | None = None) -> None:
        self._config = config
        self._clock = clock or Clock()
        self._agent = f"{SOFTWARE} {config.contact}".strip()
        self._next = self._clock.now()
        self.requests = 0

    def select(self, sparql: str) -> list[Row]:
        """Return the solutions of a SELECT query.

        Raises:
            EndpointError: the service gives no usable answer, however often it is asked, or the run may send no more.
        """
        return self._patiently(self._config.endpoint, lambda: self._select(sparql))

    def search(self, name: str, *, most: int = 10) -> list[Row]:
        """Return what the entity search finds for `name`: rows with "id" and "text", the name that fitted.

        Raises:
            EndpointError: as in `select`.
        """
        return self._patiently(self._config.search, lambda: self._search(name, most))

    def _patiently(self, address: str, send: Callable[[], list[Row]]) -> list[Row]:
        reason = ""
        for attempt in range(self._config.retries + 1):
            if self.requests >= self._config.limit:
                raise EndpointError(f"the {self._config.limit} requests of this run are used up: see wikidata.limit")
            self._clock.sleep(max(0.0, self._next - self._clock.now()))
            self.requests += 1
            try:
                return send()
            except Again as error:
                reason = str(error)
                wait = error.wait if error.wait is not None else float(2**attempt)
                self._next = self._clock.now() + min(max(wait, self._config.pause), self._config.max_wait)
            finally:
                self._next = max(self._next, self._clock.now() + self._config.pause)
        raise EndpointError(f"{address} {reason}, {self._config.retries + 1} times: check the network")

    def _select(self, sparql: str) -> list[Row]:
        wrapper = importlib.import_module("SPARQLWrapper")
        client = wrapper.SPARQLWrapper(self._config.endpoint, agent=self._agent)
        client.setMethod(wrapper.POST)
        client.setTimeout(self._config.timeout)
        client.setQuery(sparql)
        client.setReturnFormat(wrapper.JSON)
        try:
            body = self._read(client.query().response.read)
        except HTTPError as error:
            raise self._refusal(self._config.endpoint, error.code, error.headers.get("Retry-After", "")) from error
        except wrapper.SPARQLExceptions.EndPointInternalError as error:
            raise Again("answers 500") from error
        except wrapper.SPARQLExceptions.SPARQLWrapperException as error:
            raise EndpointError(f"{self._config.endpoint} refuses the query: {one_line(str(error))}") from error
        except (URLError, OSError, HTTPException) as error:
            raise Again(f"cannot be reached ({one_line(str(getattr(error, 'reason', error)))})") from error
        try:
            results = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            if not isinstance(results, ox.QuerySolutions):
                raise Again("answers with no table")
            names = [variable.value for variable in results.variables]
            return [
                {name: value.value for name in names if isinstance(value := row[name], ox.NamedNode | ox.Literal)}
                for row in results
            ]
        except (SyntaxError, ValueError) as error:
            raise Again(f"answers with broken results ({one_line(str(error))})") from error

    def _search(self, name: str, most: int) -> list[Row]:
        httpx = importlib.import_module("httpx")
        asked = {
            "action": "wbsearchentities", "search": name, "language": "en", "uselang": "en", "type": "item",
            "limit": str(most), "format": "json",
        }  # fmt: skip
        try:
            with httpx.stream(
                "GET",
                self._config.search,
                params=asked,
                headers={"User-Agent": self._agent},
                timeout=self._config.timeout,
                follow_redirects=True,
            ) as response:
                pieces = response.iter_bytes(_CHUNK)
                body = self._read(lambda _: next(pieces, b""))
        except httpx.HTTPError as error:
            raise Again(f"cannot be reached ({one_line(str(getattr(error, 'reason', error)))})") from error
        if response.status_code != httpx.codes.OK:
            raise self._refusal(self._config.search, response.status_code, response.headers.get("Retry-After", ""))
        try:
            told = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Again("answers with broken JSON") from error
        if not isinstance(told, dict) or not isinstance(told.get("search"), list):
            raise Again("answers with no results")
        return [row for row in map(_hit, told["search"]) if row is not None]

    def _read(self, read: Callable[[int], bytes]) -> bytes:
        """Read a whole body as it comes, until it is too long or takes too long."""
        deadline = self._clock.now() + self._config.timeout
        data = bytearray()
        while piece := read(_CHUNK):
            data += piece
            if len(data) > self._config.max_answer_bytes:
                raise Again(f"answers with more than {self._config.max_answer_bytes:,} bytes")
            if self._clock.now() > deadline:
                raise Again(f"gives no whole answer within {self._config.timeout:g} seconds")
        return bytes(data)

    def _refusal(self, address: str, status: int, after: str) -> Exception:
        if status in BUSY or status == _OVERLOADED:
            return Again(f"answers {status}", retry_after(after))
        return EndpointError(f"{address} answers {status}: check the address in kg.toml")


def _hit(found: Any) -> Row | None:  # noqa: ANN401 - whatever the service sends
    """Return id and name of one result, `None` when it is none."""
    if not isinstance(found, dict):
        return None
    match = found.get("match")
    text = match.get("text") if isinstance(match, dict) else None
    item, text = found.get("id"), text if isinstance(text, str) else found.get("label")
    return {"id": item, "text": text} if isinstance(item, str) and isinstance(text, str) else None
