"""JSON Lines → articles, one line in memory at a time."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from kg.config import ReadConfig
from kg.read.decode import UTF8_MARK, decode
from kg.read.found import Findings, Found, lost
from kg.read.plain import stem_of
from kg.read.records import read_record


def read_lines(file: BinaryIO, name: str, config: ReadConfig, *, start: bytes = b"") -> Findings:
    """Yield the article of every line; a bad line is reported with its number, and reading goes on.

    Args:
        file: the rest of the file.
        name: its path; its stem and the line number make up the id of a record without one.
        config: size limit of a line, and language.
        start: what was read of it already.
    """
    warned: set[str] = set()
    empty = True
    for number, line in enumerate(_lines(file, config.max_bytes, start), 1):
        if line is None:
            empty = False
            yield lost(
                name,
                f"the record is larger than {config.max_bytes:,} bytes: split it, or raise read.max_bytes in kg.toml",
                number,
            )
            continue
        data = line.removeprefix(UTF8_MARK).strip()
        if not data:
            continue
        empty = False
        text, error, warnings = decode(data)
        if text is None:
            yield lost(name, f"the record {error}", number)
            continue
        try:
            article, doubts = read_record(
                text.encode(), fallback_id=f"{stem_of(name)}-{number}", language=config.language
            )
        except ValueError as problem:
            yield lost(name, f"the record {problem}", number)
            continue
        found = Found(article, name, number)
        # The same doubt comes once a file: a file in the wrong encoding has it on every line.
        for doubt in [*warnings, *doubts]:
            if doubt not in warned:
                warned.add(doubt)
                yield found.warn(doubt)
        yield found
    if empty:
        yield lost(name, "holds no record: remove it or fill it")


def _lines(file: BinaryIO, limit: int, start: bytes) -> Iterator[bytes | None]:
    """Yield each line, `None` for one longer than `limit` bytes, of which no more than that is ever in memory."""
    pieces = chain(io.BytesIO(start), iter(lambda: file.readline(limit + 1), b""))
    for piece in pieces:
        if len(piece) <= limit:
            yield piece
            continue
        rest = piece
        while not rest.endswith(b"\n"):
            rest = next(pieces, b"\n")
        yield None
