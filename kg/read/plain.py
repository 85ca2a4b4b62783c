"""Plain text → article, with the optional `date YYYY-MM-DD` head."""

import datetime as dt
import re
from pathlib import PurePath
from typing import BinaryIO

from kg.config import ReadConfig
from kg.read.decode import decode
from kg.read.found import Findings, Found, lost
from kg.read.packed import split_ending
from kg.records import Article

_HEAD = re.compile(r"\s*date[ \t]+(?P<date>\d{4}-\d{2}-\d{2})(?:[ \t]*\n|[ \t]+|$)", re.IGNORECASE)

_LIKE_HEAD = re.compile(r"\s*date\b[ \t:]{1,9}(?=[^\n]*\d)[^\n]{1,40}(?:\n|$)", re.IGNORECASE)
"""A first line that was meant to be the head."""


def stem_of(name: str) -> str:
    """Return the id of an article that has none of its own: the stem of its file; "stdin" for "-".

    >>> stem_of("news/kyiv.txt"), stem_of("news/kyiv.txt.gz")
    ('kyiv', 'kyiv')
    """
    path = PurePath(name)
    # A file name that is not UTF-8 holds surrogates, which no RDF can hold.
    stem = (PurePath(path.stem) if split_ending(path.name)[1] else path).stem.encode("utf-8", "replace").decode()
    return stem if name != "-" else "stdin"


def read_plain(file: BinaryIO, name: str, config: ReadConfig, *, start: bytes = b"") -> Findings:
    """Yield the article that a text file holds.

    Args:
        file: the rest of the file.
        name: its path; the stem becomes the article's id.
        config: size limit and language.
        start: what was read of it already.
    """
    data = start + file.read(max(0, config.max_bytes + 1 - len(start)))
    if len(data) > config.max_bytes:
        yield lost(name, f"is larger than {config.max_bytes:,} bytes: split it, or raise read.max_bytes in kg.toml")
        return
    text, error, warnings = decode(data)
    if text is None:
        yield lost(name, error or "cannot be decoded")
        return
    published = None
    head = _HEAD.match(text)
    if head:
        text = text[head.end() :]
        try:
            published = dt.date.fromisoformat(head["date"])
        except ValueError:
            yield lost(name, f"date {head['date']} is no day of the calendar: correct the head", 1)
            return
    text = text.strip()
    if not text:
        yield lost(name, "holds no text: remove it or fill it")
        return
    found = Found(Article(id=stem_of(name), published=published, language=config.language, text=text), name)
    for warning in warnings:
        yield found.warn(warning)
    if not head and _LIKE_HEAD.match(text):
        yield found.warn("the first line is read as text: the day of publication is written `date 2024-05-14`")
    yield found
