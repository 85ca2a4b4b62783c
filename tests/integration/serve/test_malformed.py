"""Whatever comes, the server answers with 2xx or 4xx: requests made of its OpenAPI, and SPARQL of chance."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kg.query import catalogue
from kg.serve.openapi import document
from tests.server import Server

pytestmark = pytest.mark.integration

SCHEMA = schemathesis.openapi.from_dict(document(catalogue()))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
WORDS = """SELECT ASK CONSTRUCT DESCRIBE WHERE { } ( ) [ ] . ; , * ?s ?p ?o $x a ckg:Event ckg:about event:x <urn:x> <x> "text"
    'a'@en 1 1.5 -2e0 true OPTIONAL UNION MINUS FILTER BIND VALUES UNDEF GRAPH SERVICE SILENT FROM NAMED GROUP BY HAVING ORDER
    DESC LIMIT OFFSET DISTINCT REDUCED AS COUNT SUM GROUP_CONCAT EXISTS NOT IN REGEX CONCAT STR IF COALESCE BOUND = != < <= + - / |
    || && ! ^ PREFIX BASE : # \\u0041 \\ _:b << >> INSERT DATA LOAD CLEAR ALL""".split()


@schemathesis.serializer("application/sparql-query")
def as_it_is(_: object, value: object) -> bytes:
    """Send a query as its own bytes."""
    return str(value).encode("utf-8", "replace")


@SCHEMA.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=SHARED)
def test_requests_made_of_the_description(case: schemathesis.Case, server: Server) -> None:
    case.call_and_validate(base_url=server.url, checks=CHECKS)


@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.text(max_size=100)))
@settings(max_examples=200, deadline=None, suppress_health_check=SHARED)
def test_sparql_of_chance(client: httpx.Client, query: str) -> None:
    content = query.encode("utf-8", "surrogatepass")
    answers = [
        client.post("/sparql", content=content, headers={"Content-Type": "application/sparql-query"}),
        client.get("/sparql", params={"query": query.encode("utf-8", "replace").decode()}),
    ]
    assert {answer.status_code for answer in answers} <= {200, 400, 504}, query
    assert all(answer.text.strip() for answer in answers if answer.status_code == 400)


@given(st.sampled_from(sorted(catalogue())), st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=SHARED)
def test_values_of_chance(client: httpx.Client, name: str, data: st.DataObject) -> None:
    parameters = [parameter.name for parameter in catalogue()[name].parameters]
    values = data.draw(st.dictionaries(st.sampled_from([*parameters, "x"]), st.text(max_size=20)))
    fields = {key: value.encode("utf-8", "replace").decode() for key, value in values.items()}
    assert client.get(f"/queries/{name}", params=fields).status_code in {200, 400}
