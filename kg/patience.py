"""What the clients of services elsewhere share: time that is passed in, answers that may come later, words fit to be shown."""

import re
import time
from collections.abc import Callable

import msgspec

BUSY = frozenset({408, 425, 429, 502, 503, 504})
"""HTTP statuses of a service that may answer later."""
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
