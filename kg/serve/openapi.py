"""The HTTP interface described by OpenAPI 3.1, made of `openapi.json` and of the headers of the canned queries."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.query import Parameter, Query
from kg.query.catalogue import ParameterType
from kg.serve.media import JSON, ROWS

_FILE = Path(__file__).with_name("openapi.json")

_SCHEMAS: Mapping[ParameterType, dict[str, Any]] = MappingProxyType(
    {
        ParameterType.STRING: {"type": "string"},
        ParameterType.INTEGER: {"type": "integer", "minimum": 0, "maximum": 999_999_999},
        ParameterType.DECIMAL: {"type": "string", "pattern": r"^[+-]?[0-9]{1,9}(\.[0-9]{1,9})?$"},
        ParameterType.DATE: {"type": "string", "format": "date"},
        ParameterType.IRI: {"type": "string", "format": "iri"},
        ParameterType.COUNTRY: {"type": "string", "example": "UA"},
    }
)
"""What a value of each type looks like in an address."""


def document(queries: Mapping[str, Query]) -> dict[str, Any]:
    """Return the description of all resources."""
    found: dict[str, Any] = msgspec.json.decode(_FILE.read_bytes())
    found["info"]["version"] = version("conflict-kg")
    for query in queries.values():
        found["paths"][f"/queries/{query.name}"] = {"get": _operation(query)}
    return found


def routes(queries: Mapping[str, Query]) -> list[Route]:
    """Return the route of the description."""
    body = msgspec.json.encode(document(queries))

    async def described(_: Request) -> Response:
        return Response(body, media_type=JSON)

    return [Route("/openapi.json", described)]


def _operation(query: Query) -> dict[str, Any]:
    columns = "\n".join(f"- {column.name}: {column.meaning}" for column in query.columns)
    errors = {str(status): {"$ref": f"#/components/responses/{status}"} for status in (400, 406, 503, 504)}
    rows: dict[str, Any] = {media: {} for media in ROWS}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": f"Columns of the result:\n\n{columns}",
        "tags": ["queries"],
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "responses": {"200": {"description": "The rows.", "content": rows}, **errors},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "required": False,
        "schema": _SCHEMAS[parameter.type],
    }
