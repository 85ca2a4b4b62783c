"""Time as something that is passed in, and the pace of requests."""

import time
from collections.abc import Callable

import msgspec


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """`now` returns seconds since some moment, `sleep` waits for seconds."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Pace:
    """Keeps requests apart.

    Args:
        rate: requests a minute.
        clock: tells and passes the time.
    """

    def __init__(self, rate: float, clock: Clock) -> None:
        self._apart = 60.0 / rate
        self._clock = clock
        self._next = clock.now()

    def wait(self) -> None:
        """Wait until the next request may start."""
        ahead = self._next - self._clock.now()
        if ahead > 0:
            self._clock.sleep(ahead)
        self._next = max(self._next, self._clock.now()) + self._apart
