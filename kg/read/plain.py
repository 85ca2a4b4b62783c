"""Plain text → `Article`, with the optional `date YYYY-MM-DD` head."""

import datetime as dt
import re
from pathlib import PurePath

from kg.read.problem import Problem, Severity
from kg.records import Article

_HEAD = re.compile(r"\s*date[ \t]+(?P<date>\d{4}-\d{2}-\d{2})(?:[ \t]*\n|[ \t]+|$)", re.IGNORECASE)


def read_plain(text: str, name: str, language: str | None) -> Article | Problem:
    """Return the article that a text file holds.

    Args:
        text: the whole file.
        name: its path; the stem becomes the article's id.
        language: BCP 47 tag of the text.
    """
    published = None
    head = _HEAD.match(text)
    if head:
        try:
            published = dt.date.fromisoformat(head["date"])
        except ValueError:
            return Problem(
                severity=Severity.ERROR,
                path=name,
                line=1,
                message=f"date {head['date']} is no day of the calendar: correct the head",
            )
        text = text[head.end() :]
    text = text.strip()
    if not text:
        return Problem(severity=Severity.ERROR, path=name, message="holds no text: remove it or fill it")
    return Article(
        id=PurePath(name).stem if name != "-" else "stdin", published=published, language=language, text=text
    )
