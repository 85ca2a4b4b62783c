"""What holds for every request and response: who may ask, and headers that tell browsers to be careful."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""Headers of every response that does not set its own."""

_SENT = tuple((name.lower().encode("ascii"), value.encode("ascii")) for name, value in HEADERS.items())

LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
"""The names of this machine."""


class Guard:
    """Refuses foreign names, and adds the headers.

    Args:
        app: the application.
        hosts: the names that the server goes by; a page elsewhere that gives its own name to this machine's address (DNS
            rebinding) is refused. Empty for any.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(each for each in _SENT if each[0] not in given)]
            await send(message)

        if scope["type"] == "http" and self._hosts and _name(Headers(scope=scope).get("host", "")) not in self._hosts:
            words = f"this server goes by {', '.join(sorted(self._hosts))}: start it with --host for other names"
            await PlainTextResponse(words, 421)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
