"""Ready extraction records from disk."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.config import ReadConfig
from kg.errors import InputError
from kg.records import Extraction
from kg.run.report import Report

_STDIN = "-"


def read_extractions(paths: Sequence[str | Path], config: ReadConfig, report: Report) -> Iterator[Extraction]:
    """Yield the records in JSON Lines files, as `kg extract` writes them.

    Args:
        paths: files, or "-" for standard input.
        config: how long a line may be.
        report: told of every line that is no record; the others go on.

    Raises:
        InputError: a file cannot be read.
    """
    for path in map(str, paths):
        if path == _STDIN:
            yield from _lines(sys.stdin.buffer, "standard input", config, report)
            continue
        try:
            with Path(path).open("rb") as file:
                yield from _lines(file, path, config, report)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from error


def _lines(file: BinaryIO, name: str, config: ReadConfig, report: Report) -> Iterator[Extraction]:
    decoder = msgspec.json.Decoder(Extraction)
    number = 0
    while line := file.readline(config.max_bytes + 1):
        number += 1
        if len(line) > config.max_bytes:
            report(f"{name}:{number}: longer than {config.max_bytes:,} bytes: see read.max_bytes")
            while not line.endswith(b"\n") and line:
                line = file.readline(config.max_bytes)
            continue
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, RecursionError) as error:
            report(f"{name}:{number}: no extraction record ({error}): see `kg extract --schema`")
