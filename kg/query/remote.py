"""Running SPARQL on a remote endpoint."""

import importlib
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError

import pyoxigraph as ox

from kg.config import RemoteConfig
from kg.errors import EndpointError
from kg.patience import BUSY, Again, insist, one_line, retry_after
from kg.query.execute import Results
from kg.query.names import declarations
from kg.store.results import read_results

_TYPED = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.TSV)
_CHUNK = 65_536


class Endpoint:
    """A SPARQL 1.1 query service elsewhere, asked by POST; the prefixes of the project need no declaration.

    Args:
        url: its address.
        graph: the graph to ask; by default the endpoint's default graph.
        config: time and size limits.
        sleep: waits for seconds.
    """

    def __init__(
        self,
        url: str,
        *,
        graph: str | None = None,
        config: RemoteConfig | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url
        self._graph = graph
        self._config = config or RemoteConfig()
        self._sleep = sleep

    def run(self, sparql: str) -> Results:
        """Send a query, again and again while the endpoint is busy.

        Raises:
            EndpointError: the endpoint cannot be reached, refuses, or answers with something else than results.
        """
        retries = self._config.retries
        try:
            return insist(
                lambda: self._once(sparql), retries=retries, max_wait=self._config.max_wait, sleep=self._sleep
            )
        except Again as error:
            raise EndpointError(f"{self.url} {error}; asked {retries + 1} times") from error

    def _once(self, sparql: str) -> Results:
        wrapper = importlib.import_module("SPARQLWrapper")
        client = wrapper.SPARQLWrapper(self.url)
        client.setMethod(wrapper.POST)
        client.setTimeout(self._config.timeout)
        client.setQuery(declarations() + sparql)
        if self._graph is not None:
            client.addDefaultGraph(self._graph)
        graph = client.queryType in {wrapper.CONSTRUCT, wrapper.DESCRIBE}
        client.setReturnFormat(wrapper.TURTLE if graph else wrapper.JSON)
        try:
            with client.query().response as response:
                body = self._read(response)
                address, media = response.geturl(), response.headers.get("Content-Type", "")
        except HTTPError as error:
            told = f"answers {error.code} {one_line(str(error.reason))}"
            if error.code in BUSY:
                raise Again(told, retry_after(error.headers.get("Retry-After", ""))) from error
            raise EndpointError(f"{self.url} {told}: check the address and your rights") from error
        except wrapper.SPARQLExceptions.SPARQLWrapperException as error:
            raise EndpointError(f"{self.url} refuses the query: {one_line(str(error))}") from error
        except (URLError, HTTPException, OSError) as error:
            msg = f"{self.url} cannot be reached ({one_line(str(error))}): check the address and the network"
            raise EndpointError(msg) from error
        if address != self.url:
            raise EndpointError(
                f"{self.url} points to {one_line(address)}, where the query gets lost: give the final address"
            )
        try:
            return _triples(body, media) if graph else _solutions(body, media)
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"{self.url} does not answer with SPARQL results: {one_line(str(error))}") from error

    def _read(self, response: Any) -> bytes:  # noqa: ANN401 - SPARQLWrapper has no types
        """Read a whole body as it comes, until it is too long or takes too long."""
        deadline = time.monotonic() + self._config.timeout
        data = bytearray()
        while piece := response.read1(_CHUNK):
            data += piece
            if len(data) > self._config.max_answer_bytes:
                limit = self._config.max_answer_bytes
                raise EndpointError(f"{self.url} answers with more than {limit:,} bytes: ask for less")
            if time.monotonic() > deadline:
                raise EndpointError(f"{self.url} gives no whole answer within {self._config.timeout:g} seconds")
        promised = response.headers.get("Content-Length", "")
        if promised.isdecimal() and len(data) < int(promised):
            raise Again("broke off its answer")
        return bytes(data)


def _solutions(body: bytes, media: str) -> Results:
    form = ox.QueryResultsFormat.from_media_type(media.partition(";")[0].strip())
    # text/plain is what some say of JSON; pyoxigraph takes it for CSV, which tells no types.
    return read_results(body, form if form in _TYPED else ox.QueryResultsFormat.JSON)


def _triples(body: bytes, media: str) -> Results:
    form = ox.RdfFormat.from_media_type(media.partition(";")[0].strip())
    store = ox.Store()
    store.bulk_extend(ox.Quad(*quad.triple) for quad in ox.parse(body, form or ox.RdfFormat.TURTLE))
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")
