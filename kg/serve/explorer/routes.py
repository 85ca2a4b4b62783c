"""The addresses of the explorer page: `/`, its files, and the JSON below `/explorer/`."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec
import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.serve.answers import Answers
from kg.serve.explorer import page
from kg.serve.explorer.whole import Whole
from kg.serve.job import Look, Part
from kg.serve.media import JSON
from kg.serve.reply import ask


def routes(answers: Answers, whole: Whole) -> list[BaseRoute]:
    """Return the routes of the explorer page.

    Args:
        answers: makes the cards of single things.
        whole: what the page needs of the whole graph.
    """

    def of_all(part: Part) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await whole.respond(part, request)

        return answer

    def of_one(part: Part) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await _answer(answers, Look(part=part, iri=_iri(request, "iri")))

        return answer

    async def speeches(request: Request) -> Response:
        source, accused = _iri(request, "source"), _iri(request, "accused")
        if source is None and accused is None:
            return _error(400, "name a `source` or an `accused`, or both, by IRI")
        return await _answer(answers, Look(part=Part.SPEECHES, iri=source, accused=accused))

    return [
        Route("/explorer/events", of_all(Part.EVENTS)),
        Route("/explorer/event", of_one(Part.EVENT)),
        Route("/explorer/relations", of_all(Part.RELATIONS)),
        Route("/explorer/actor", of_one(Part.ACTOR)),
        Route("/explorer/speeches", speeches),
        *page.routes(),
    ]


async def _answer(answers: Answers, job: Look) -> Response:
    try:
        return Response((await ask(answers, job)).body, media_type=JSON)
    except HTTPException as error:
        return _error(error.status_code, error.detail, error.headers)


def _iri(request: Request, name: str) -> str | None:
    """Return the IRI that a request names, `None` when it names none or it is no IRI."""
    try:
        return ox.NamedNode(request.query_params.get(name, "")).value
    except ValueError:
        return None


def _error(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode({"error": text}), status, headers=headers, media_type=JSON)
