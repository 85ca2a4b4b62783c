"""The addresses of the explorer page: `/`, its files, and the JSON below `/explorer/`."""

import gzip
import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec
import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.serve.explorer import actors, columns, event, page
from kg.vocab import Vocab

JSON = "application/json"
Read = Callable[[ox.Store], object]


class _Kept(msgspec.Struct, frozen=True):
    """An answer that is made once: as it is, compressed, and its entity tag."""

    plain: bytes
    packed: bytes
    tag: str


def routes(store: ox.Store, vocab: Vocab) -> list[BaseRoute]:
    """Return the routes of the explorer page over `store`, which must not change.

    The columns of all events and the relations of all actors are made once, in the background from now on.
    """
    with_vocab = (lambda store: columns.columns(store, vocab), actors.relations)
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="explorer")
    events, relations = (pool.submit(_keep, store, make) for make in with_vocab)
    pool.shutdown(wait=False)

    def card(request: Request) -> Response:
        iri = _iri(request, "iri")
        found = event.card(store, vocab, iri) if iri else None
        return _answer(found, "there is no such event in this graph: `iri` must be the IRI of one")

    def speeches(request: Request) -> Response:
        source, accused = _iri(request, "source"), _iri(request, "accused")
        if source is None and accused is None:
            return _error(400, "name a `source` or an `accused`, or both, by IRI")
        return _answer(actors.speeches(store, source, accused), "")

    def actor(request: Request) -> Response:
        iri = _iri(request, "iri")
        return _answer(actors.actor(store, iri) if iri else None, "there is no such actor in this graph")

    return [
        Route("/explorer/events", _once(events)),
        Route("/explorer/event", card),
        Route("/explorer/relations", _once(relations)),
        Route("/explorer/actor", actor),
        Route("/explorer/speeches", speeches),
        *page.routes(),
    ]


def _keep(store: ox.Store, make: Read) -> _Kept:
    plain = msgspec.json.encode(make(store))
    return _Kept(plain, gzip.compress(plain, 5, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:32]}"')


def _once(future: Future[_Kept]) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        kept = future.result()
        headers = {"ETag": kept.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if kept.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(kept.packed, media_type=JSON, headers={**headers, "Content-Encoding": "gzip"})
        return Response(kept.plain, media_type=JSON, headers=headers)

    return answer


def _iri(request: Request, name: str) -> ox.NamedNode | None:
    """Return the IRI that a request names, `None` when it names none or it is no IRI."""
    try:
        return ox.NamedNode(request.query_params.get(name, ""))
    except ValueError:
        return None


def _answer(found: object, missing: str) -> Response:
    return _error(404, missing) if found is None else Response(msgspec.json.encode(found), media_type=JSON)


def _error(status: int, text: str) -> Response:
    return Response(msgspec.json.encode({"error": text}), status, media_type=JSON)
