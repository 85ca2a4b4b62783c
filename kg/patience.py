"""What the clients of services elsewhere share: time that is passed in, answers that may come later, words fit to be shown."""

import re
import time
from collections.abc import Callable
from typing import TypeVar

import msgspec

BUSY = frozenset({408, 425, 429, 502, 503, 504})
"""HTTP statuses of a service that may answer later."""
_T = TypeVar("_T")
SHOWN = 500
"""How many characters of what a service says are shown."""


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """`now` returns seconds since some moment, `sleep` waits for seconds."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Again(Exception):  # noqa: N818 - a signal between a request and what repeats it
    """A request may succeed later; `wait` is how many seconds the service asks to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def insist(send: Callable[[], _T], *, retries: int, max_wait: float, sleep: Callable[[float], None]) -> _T:
    """Return what `send` returns, asking up to `retries` times again: after what the service asks to wait, else 1, 2, 4, … seconds.

    Args:
        send: makes one request.
        retries: further tries.
        max_wait: the most seconds between two tries.
        sleep: waits for seconds.

    Raises:
        Again: the last try failed too.
    """
    for attempt in range(retries):
        try:
            return send()
        except Again as error:
            sleep(min(error.wait if error.wait is not None else float(2**attempt), max_wait))
    return send()


def retry_after(value: str) -> float | None:
    """Return the seconds of a Retry-After header; one that gives a date is not followed.

    >>> retry_after("120"), retry_after("Fri, 31 Dec 1999 23:59:59 GMT")
    (120.0, None)
    """
    return float(value) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", value.strip()) else None


def one_line(words: str, most: int = SHOWN) -> str:
    """Return what a service says on one line, printable and cut.

    >>> one_line("no such  graph", 7)
    'no such…'
    """
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return line if len(line) <= most else line[:most] + "…"
