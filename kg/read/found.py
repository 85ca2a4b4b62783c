"""What the readers yield: articles with where they came from, or problems."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.read.problem import Problem, Severity
from kg.records import Article


class Found(NamedTuple):
    """An article and where it was read: the file, and the line in a JSON Lines file."""

    article: Article
    path: str
    line: int | None = None

    def warn(self, message: str) -> Problem:
        """Return a doubt about this article."""
        return Problem(
            severity=Severity.WARNING, path=self.path, line=self.line, article=self.article.id, message=message
        )


Findings = Iterator[Found | Problem]
"""What every reader yields, in the order of the input."""


def lost(path: str, message: str, line: int | None = None) -> Problem:
    """Return the problem of an input that yields no article."""
    return Problem(severity=Severity.ERROR, path=path, line=line, message=message)
