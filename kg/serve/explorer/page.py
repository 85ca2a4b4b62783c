"""The built page: files that `make web` puts beside this package, or a hint when nobody has."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

FOLDER = Path(__file__).resolve().parent.parent / "static"
"""Where the build is, in a checkout and in a wheel."""

RULES = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""Content Security Policy of the page: all comes from this server. The hash is of the one style that the result table of
YASGUI writes into the page, for the handles between its columns."""

HINT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>The page is not built</title>
<h1>The explorer page is not built</h1>
<p>This installation was made without it. In a checkout of the project, with Node.js 20.19 or newer, run
<code>make web</code>, install again, and start <code>kg serve</code> again. The rest of the server works without it.</p>
</html>
"""


def routes(folder: Path = FOLDER) -> list[Route]:
    """Return the routes of the page's files in `folder`."""
    document, assets = folder / "index.html", folder / "assets"
    if not document.is_file() or not assets.is_dir():
        return [Route("/", _hint)]

    def page(_: Request) -> Response:
        return FileResponse(document, headers={"Content-Security-Policy": RULES, "Cache-Control": "no-cache"})

    def asset(request: Request) -> Response:
        file = assets / request.path_params["name"]  # one name, never a path: the route says so
        if not file.is_file():
            return PlainTextResponse("there is no such file: load the page again\n", 404)
        return FileResponse(file, headers={"Cache-Control": "public, max-age=31536000, immutable"})

    return [Route("/", page), Route("/assets/{name}", asset)]


def _hint(_: Request) -> Response:
    return HTMLResponse(HINT, 503)
