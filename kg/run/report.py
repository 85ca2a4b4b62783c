"""Where the stages tell of articles that they could not use."""

import logging
from collections.abc import Callable

Report = Callable[[str], None]
"""Takes one problem in words: what, where, what to do."""

_LOGGER = logging.getLogger(__name__)


def log_problem(problem: str) -> None:
    """Log `problem` as a warning; what callers of the library get unless they pass their own `Report`."""
    _LOGGER.warning("%s", problem)


class Tally:
    """A `Report` that counts what it passes on."""

    def __init__(self, report: Report) -> None:
        self.problems = 0
        self._report = report

    def __call__(self, problem: str) -> None:
        """Count `problem` and pass it on."""
        self.problems += 1
        self._report(problem)
