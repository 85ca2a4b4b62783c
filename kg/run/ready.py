"""Ready extraction records from disk."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.config import ReadConfig
from kg.read.packed import split_ending, unpack
from kg.records import Extraction
from kg.run.report import Report

_STDIN = "-"
_DECODER = msgspec.json.Decoder(Extraction)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a file; `number` counts from 1."""

    path: str
    number: int
    data: bytes


def read_extractions(paths: Sequence[str | Path], config: ReadConfig, report: Report) -> Iterator[Extraction]:
    """Yield the records in JSON Lines files, as `kg extract` writes them; they may be packed.

    Args:
        paths: files, or "-" for standard input.
        config: how long a line may be.
        report: told of every line that is no record; the others go on.

    Raises:
        OSError: a file cannot be read.
    """
    for line in lines(paths, config, report):
        extraction = decode(line, report)
        if extraction is not None:
            yield extraction


def decode(line: Line, report: Report) -> Extraction | None:
    """Return the record on `line`; tell `report` and return `None` when there is none."""
    try:
        return _DECODER.decode(line.data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        report(
            f"{line.path}:{line.number}: no extraction record ({error}): see `kg extract --schema`; `kg build` reads articles"
        )
        return None


def lines(paths: Sequence[str | Path], config: ReadConfig, report: Report) -> Iterator[Line]:
    """Yield the lines of files that hold anything.

    Args:
        paths: files, or "-" for standard input.
        config: how long a line may be.
        report: told of every line that is longer.

    Raises:
        OSError: a file cannot be read.
    """
    for path in map(str, paths):
        if path == _STDIN:
            yield from _lines(sys.stdin.buffer, "standard input", config, report)
            continue
        with Path(path).open("rb") as file:
            stream = unpack(file, split_ending(path)[1], config.max_bytes)
            yield from _lines(stream, path, config, report)


def _lines(file: BinaryIO, name: str, config: ReadConfig, report: Report) -> Iterator[Line]:
    number = 0
    while line := file.readline(config.max_bytes + 1):
        number += 1
        if len(line) > config.max_bytes:
            report(f"{name}:{number}: longer than {config.max_bytes:,} bytes: see read.max_bytes")
            while not line.endswith(b"\n") and line:
                line = file.readline(config.max_bytes)
            continue
        if line.strip():
            yield Line(path=name, number=number, data=line)
