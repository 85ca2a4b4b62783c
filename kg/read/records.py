"""One line of a JSON Lines file → `Article`."""

import datetime as dt
import json
import re

import msgspec

from kg.read.decode import CONTROL_WARNING, clean, is_refused
from kg.records import Article

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.,+Zz -]*)?")


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    id: str | int | None = None
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    invented: bool | None = None


FIELDS = frozenset(_Line.__struct_fields__)
"""The keys of a record."""


def read_record(data: bytes, *, fallback_id: str, language: str | None) -> tuple[Article, list[str]]:
    """Return the article of one JSON object, and doubts about it in words.

    Args:
        data: the line, in UTF-8.
        fallback_id: the id of a record without one.
        language: BCP 47 tag of a record without one.

    Raises:
        ValueError: what is wrong with the record, in words.
    """
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(_explain(data, str(error))) from error
    if not isinstance(raw, dict):
        raise ValueError('is not a JSON object like {"id": …, "text": …}')  # noqa: TRY004 - one kind of error for callers
    try:
        line = msgspec.convert(raw, _Line)
    except msgspec.ValidationError as error:
        raise ValueError(f"does not fit: {error}") from error
    _refuse(line)
    text, count = clean(line.text)
    if not text.strip():
        raise ValueError("has an empty text")
    article = Article(
        id=_squeeze(None if line.id is None else str(line.id)) or fallback_id,
        url=_squeeze(line.url),
        publisher=_squeeze(line.publisher),
        published=_day(line.published),
        language=_squeeze(line.language) or language,
        title=_squeeze(line.title),
        text=text,
        invented=line.invented or False,
    )
    doubts = [f"key {key!r} is not known: it is left out of all records" for key in sorted(frozenset(raw) - FIELDS)]
    return article, [CONTROL_WARNING, *doubts] if count else doubts


def _refuse(line: _Line) -> None:
    """Raise `ValueError` when a value holds what no RDF can hold."""
    for key in line.__struct_fields__:
        value = getattr(line, key)
        if isinstance(value, str) and is_refused(value):
            raise ValueError(f"has a NUL or half a surrogate pair in its {key}")


def _squeeze(value: str | None) -> str | None:
    """Return `value` on one line without needless space; `None` when nothing is left."""
    return " ".join(clean(value)[0].split()) or None if value is not None else None


def _day(value: str | None) -> dt.date | None:
    """Return the day of "2024-01-31" or "2024-01-31T12:00:00Z", as written there; `None` when empty."""
    if value is None or not value.strip():
        return None
    match = _DAY.fullmatch(value.strip())
    try:
        return dt.date.fromisoformat(match[1] if match else "")
    except ValueError as error:
        raise ValueError(f"has published {value!r}, which is no day like 2024-01-31") from error


def _explain(data: bytes, reason: str) -> str:
    """Return why `data` is refused. The fast parser says of half a surrogate pair that the data were truncated."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return f"is not valid JSON ({reason})"
    return "has half a surrogate pair" if b"\\ud" in data.lower() else f"is not valid JSON ({reason})"
