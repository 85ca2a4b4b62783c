"""The canned queries as HTTP resources."""

import re
from collections.abc import Mapping

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import QueryError
from kg.query import Query, bind
from kg.serve.answers import Answers
from kg.serve.job import Ask
from kg.serve.linked.html import render_queries
from kg.serve.media import HTML, JSON, ROWS, choose
from kg.serve.reply import ask, respond
from kg.serve.sparql import read_fields

_COMMENT = re.compile(r"^#.*\n", re.MULTILINE)


def routes(answers: Answers, queries: Mapping[str, Query]) -> list[Route]:
    """Return the list of queries and the resource of each."""
    listed = {JSON: msgspec.json.encode(tuple(queries.values())), HTML: render_queries(queries.values())}
    asked = {name: msgspec.structs.replace(query, text=_COMMENT.sub("", query.text)) for name, query in queries.items()}

    async def index(request: Request) -> Response:
        media = choose(request.headers.get("accept", ""), tuple(listed))
        if media is None:
            raise HTTPException(406, f"accept one of {', '.join(listed)}")
        return Response(listed[media], media_type=media, headers={"Vary": "Accept"})

    async def result(request: Request) -> Response:
        query = asked.get(request.path_params["name"])
        if query is None:
            raise HTTPException(404, f"there is no query {request.path_params['name']!r}: /queries lists them")
        media = choose(request.headers.get("accept", ""), tuple(ROWS))
        if media is None:
            raise HTTPException(406, f"accept one of {', '.join(ROWS)}")
        job = Ask(sparql=_bound(query, request.url.query), rows=media, triples=None)
        return respond(await ask(answers, job))

    return [Route("/queries", index), Route("/queries/{name}", result)]


def _bound(query: Query, text: str) -> str:
    """Return the query with its values; an empty one, as forms send it, counts as left out."""
    fields = read_fields(text)
    values = dict(fields)
    if len(values) < len(fields):
        raise HTTPException(400, "each parameter is given once")
    try:
        return bind(query, {name: value for name, value in values.items() if value})
    except QueryError as error:
        raise HTTPException(400, str(error)) from error
