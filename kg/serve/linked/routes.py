"""The addresses of the pages: `/id/…` for the data, `/ontology` for the terms."""

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, serialise
from kg.serve.answers import Answers
from kg.serve.job import Describe
from kg.serve.linked.html import render_ontology, style
from kg.serve.linked.ontology import IRI, ontology
from kg.serve.media import HTML, TRIPLES, choose
from kg.serve.reply import ask, respond

OFFERED = (HTML, *TRIPLES)
_LONG = "public, max-age=3600"


def routes(answers: Answers, base: str) -> list[Route]:
    """Return the routes; `base` is what the IRIs of the data start with."""
    made: dict[str, bytes] = {HTML: render_ontology(base), "text/css": style()}

    async def thing(request: Request) -> Response:
        iri = base + request.path_params["rest"]
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise HTTPException(404, f"{iri} is no IRI") from error
        return respond(await ask(answers, Describe(iri=iri, media=_media(request))))

    async def terms(request: Request) -> Response:
        media = _media(request)
        if media not in made:
            made[media] = serialise(ontology(), FORMATS[TRIPLES[media]], prefixes={**prefixes(base), "": IRI})
        return Response(made[media], media_type=media, headers={"Vary": "Accept", "Cache-Control": _LONG})

    async def sheet(_: Request) -> Response:
        return Response(made["text/css"], media_type="text/css", headers={"Cache-Control": _LONG})

    return [Route("/id/{rest:path}", thing), Route("/ontology", terms), Route("/pages.css", sheet)]


def _media(request: Request) -> str:
    media = choose(request.headers.get("accept", ""), OFFERED)
    if media is None:
        raise HTTPException(406, f"accept one of {', '.join(OFFERED)}")
    return media
