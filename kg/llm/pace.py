"""The pace of requests."""

from kg.patience import Clock


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
