"""What is wrong with an input: said, counted, never raised, so that the run goes on."""

from enum import StrEnum

from kg.records import Record


class Severity(StrEnum):
    """`ERROR`: an article is lost. `WARNING`: it was read, with a doubt."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Record, frozen=True, kw_only=True):
    """One fault of one input; `line` counts from 1, `article` is the id when it is known."""

    severity: Severity
    path: str
    line: int | None = None
    article: str | None = None
    message: str

    def __str__(self) -> str:
        """Return the problem as one line: severity, place, message."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{self.severity}: {place}: {self.message}"
