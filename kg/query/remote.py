"""Running SPARQL on a remote endpoint."""

import importlib
from urllib.error import HTTPError, URLError

import pyoxigraph as ox

from kg.errors import EndpointError
from kg.query.execute import Results
from kg.query.names import declarations

TIMEOUT = 60
"""Seconds to wait for an endpoint."""


def run_remote(endpoint: str, sparql: str, *, timeout: int = TIMEOUT) -> Results:
    """Send a SPARQL 1.1 query to `endpoint` by POST; the prefixes of the project need no declaration.

    Args:
        endpoint: URL of the query service.
        sparql: the query.
        timeout: seconds to wait.

    Raises:
        EndpointError: the endpoint cannot be reached, refuses, or answers with something else than results.
    """
    wrapper = importlib.import_module("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(endpoint)
    client.setMethod(wrapper.POST)
    client.setTimeout(timeout)
    client.setQuery(declarations() + sparql)
    graph = client.queryType in {wrapper.CONSTRUCT, wrapper.DESCRIBE}
    client.setReturnFormat(wrapper.TURTLE if graph else wrapper.JSON)
    try:
        body: bytes = client.query().response.read()
    except HTTPError as error:
        msg = f"{endpoint} answers {error.code} {error.reason}: check the address and your rights"
        raise EndpointError(msg) from error
    except wrapper.SPARQLExceptions.SPARQLWrapperException as error:
        msg = f"{endpoint} refuses the query: {error}"
        raise EndpointError(msg) from error
    except (URLError, OSError) as error:
        msg = f"{endpoint} cannot be reached ({error}): check the address and the network"
        raise EndpointError(msg) from error
    try:
        return _triples(body) if graph else ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        msg = f"{endpoint} does not answer with SPARQL results: {error}"
        raise EndpointError(msg) from error


def _triples(body: bytes) -> Results:
    store = ox.Store()
    store.bulk_extend(ox.parse(body, ox.RdfFormat.TURTLE))
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")
