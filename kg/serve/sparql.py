"""SPARQL 1.1 Protocol, queries only."""

import asyncio
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kg.config import ServeConfig
from kg.serve.answers import Answers
from kg.serve.description import description
from kg.serve.job import Ask
from kg.serve.media import ROWS, TRIPLES, choose
from kg.serve.reply import ask, respond

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MAX_FIELDS = 1_000

Fields = list[tuple[str, str]]
"""Names and values of a query string or form."""


def routes(answers: Answers, config: ServeConfig) -> list[Route]:
    """Return the route of the endpoint."""

    async def endpoint(request: Request) -> Response:
        fields = read_fields(request.url.query)
        if request.method == "POST":
            fields += _posted(request.headers, await read_body(request, config))
        elif not any(name in {"query", "update"} for name, _ in fields):
            return description(request)
        return respond(await ask(answers, _job(fields, request.headers.get("accept", ""))))

    return [Route("/sparql", endpoint, methods=["GET", "POST"])]


def read_fields(text: str) -> Fields:
    """Return the fields of a query string or form.

    Raises:
        HTTPException: it is not UTF-8, or has too many fields.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise HTTPException(400, f"the fields of the request cannot be read: {error}") from error


async def read_body(request: Request, config: ServeConfig) -> bytes:
    """Return the body of `request`.

    Raises:
        HTTPException: it is too long, takes too long, is compressed, or breaks off.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "the body is compressed: send it as it is")
    try:
        async with asyncio.timeout(config.timeout):
            return await _read(request, config.max_query_bytes)
    except TimeoutError as error:
        raise HTTPException(408, "the body of the request does not come", {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the request broke off") from error


async def _read(request: Request, max_bytes: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > max_bytes:
            raise HTTPException(413, f"the request is longer than {max_bytes:,} bytes")
    return bytes(body)


def _posted(headers: Headers, body: bytes) -> Fields:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {FORM, QUERY, UPDATE}:
        raise HTTPException(415, f"send a query as {QUERY}, or as the field `query` of {FORM}")
    try:
        text = body.decode("ascii" if kind == FORM else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the body is not {error.encoding} at byte {error.start}") from error
    if kind == FORM:
        return read_fields(text)
    return [("query" if kind == QUERY else "update", text)]


def _job(fields: Fields, accept: str) -> Ask:
    given = {name: [value for other, value in fields if other == name] for name, _ in fields}
    if "update" in given:
        raise HTTPException(403, "updates are refused: the store is only read here")
    queries = given.get("query", [])
    if len(queries) != 1:
        raise HTTPException(400, f"send one query, not {len(queries)}: `query=…`, or a body of {QUERY}")
    rows, triples = choose(accept, tuple(ROWS)), choose(accept, tuple(TRIPLES))
    if rows is None and triples is None:
        raise HTTPException(406, f"accept one of {', '.join(dict.fromkeys((*ROWS, *TRIPLES)))}")
    default, named = (given.get(f"{kind}-graph-uri") for kind in ("default", "named"))
    return Ask(
        sparql=queries[0],
        rows=rows,
        triples=triples,
        default_graphs=None if default is None else tuple(default),
        named_graphs=None if named is None else tuple(named),
    )
