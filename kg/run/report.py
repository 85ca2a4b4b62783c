"""Where the stages tell of articles that they could not use."""

import logging
from collections.abc import Callable

Report = Callable[[str], None]
"""Takes one problem in words: what, where, what to do."""

_LOGGER = logging.getLogger(__name__)


def log_problem(problem: str) -> None:
    """Log `problem` as a warning; what callers of the library get unless they pass their own `Report`."""
    _LOGGER.warning("%s", problem)
