"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from pathlib import Path

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.rdf.serialise import FORMATS, serialise
from kg.serve.media import TRIPLES, choose

_FILE = Path(__file__).with_name("description.ttl")
_PREFIXES = {
    "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}


def description(request: Request) -> Response:
    """Return the description in the form that the client likes.

    Raises:
        HTTPException: it likes no form of RDF, or calls the server by a name that is none.
    """
    media = choose(request.headers.get("accept", ""), tuple(TRIPLES))
    if media is None:
        raise HTTPException(
            406, f"the endpoint describes itself in RDF: accept one of {', '.join(TRIPLES)}, or ask `query=…`"
        )
    address = str(request.url.replace(query="", fragment=""))
    try:
        quads = ox.parse(_FILE.read_bytes(), ox.RdfFormat.TURTLE, base_iri=address)
    except ValueError as error:
        raise HTTPException(400, f"the address {address!r} is no IRI: {error}") from error
    body = serialise(quads, FORMATS[TRIPLES[media]], prefixes=_PREFIXES)
    return Response(body, media_type=media, headers={"Vary": "Accept"})
