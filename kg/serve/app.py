"""The application: routes, and what holds for all of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.config import Config
from kg.query import catalogue
from kg.serve import canned, openapi, sparql
from kg.serve.answers import Answers
from kg.serve.explorer import routes as explorer
from kg.serve.explorer.whole import Whole
from kg.serve.guard import Guard
from kg.serve.linked import routes as linked
from kg.serve.pool import Pool


def create(
    folder: Path,
    *,
    config: Config | None = None,
    cors: str | None = None,
    hosts: frozenset[str] = frozenset(),
) -> Starlette:
    """Return the application that serves the store in `folder`.

    Args:
        folder: the store, which is only read and must not change.
        config: limits.
        cors: the origin whose pages may ask too; by default none.
        hosts: the names that the server goes by; empty for any.
    """
    config = config or Config()
    pool = Pool(folder, config.serve, config.rdf.base)
    answers = Answers(pool.ask, config.serve.cache_bytes)
    whole = Whole(pool.aside)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        making = asyncio.create_task(whole.make())
        try:
            yield
        finally:
            making.cancel()
            await asyncio.gather(making, return_exceptions=True)
            await pool.stop()

    async def health(_: Request) -> Response:
        state = {"status": "ok", "workers": config.serve.workers, "idle": pool.idle, "waiting": pool.waiting}
        return JSONResponse(state, headers={"Cache-Control": "no-store"})

    queries = catalogue()
    routes = [
        *sparql.routes(answers, config.serve),
        *canned.routes(answers, queries),
        *openapi.routes(queries),
        *linked.routes(answers, config.rdf.base),
        Route("/health", health),
        *explorer.routes(answers, whole),
    ]
    shared = [Middleware(Guard, hosts=hosts)]
    if cors is not None:
        shared.append(
            Middleware(
                CORSMiddleware,
                allow_origins=[cors],
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Content-Type"],
            )
        )
    return Starlette(routes=routes, middleware=shared, lifespan=lifespan, exception_handlers={HTTPException: _refuse})


def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as registered
    words = error.detail
    if error.status_code == 404 and words == "Not Found":
        words = f"there is nothing at {request.url.path}: /openapi.json tells all addresses"
    if error.status_code == 405:
        words = f"{request.method} is not for {request.url.path}, which is only read"
    return PlainTextResponse(words + "\n", error.status_code, headers=error.headers)
