"""One line of a JSONL file → `Article`."""

import datetime as dt

import msgspec

from kg.read.decode import normalise
from kg.records import Article


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str | int | None = None
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    invented: bool = False


FIELDS = frozenset(_Line.__struct_fields__)
"""The keys that a record may have; others are reported and left out."""


def read_record(data: bytes, *, fallback_id: str, language: str | None) -> tuple[Article, frozenset[str]]:
    """Return the article of one JSON object, and the keys that were left out.

    Raises:
        ValueError: what is wrong with the record, in words.
    """
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"is not valid JSON ({error})") from error
    if not isinstance(raw, dict):
        raise ValueError('is not a JSON object like {"id": …, "text": …}')  # noqa: TRY004 - one kind of error for callers
    unknown = frozenset(raw) - FIELDS
    try:
        line = msgspec.convert({key: value for key, value in raw.items() if key in FIELDS}, _Line)
    except msgspec.ValidationError as error:
        raise ValueError(f"does not fit: {error}") from error
    text = normalise(line.text)
    if not text.strip():
        raise ValueError("has an empty text")
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("has a NUL or half a surrogate pair in its text")
    article = Article(
        id=str(line.id) if line.id not in {None, ""} else fallback_id,
        url=line.url,
        publisher=line.publisher,
        published=_day(line.published),
        language=line.language or language,
        title=line.title,
        text=text,
        invented=line.invented,
    )
    return article, unknown


def _day(value: str | None) -> dt.date | None:
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError as error:
        raise ValueError(f"has published {value!r}, which is no day like 2024-01-31") from error
