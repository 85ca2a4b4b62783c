"""The files of a folder, in order of their names, those below it included."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.read.archive import read_archive
from kg.read.found import Findings, lost
from kg.read.lines import read_lines
from kg.read.packed import split_ending
from kg.read.plain import read_plain
from kg.read.problem import Problem, Severity
from kg.read.table import read_table

READERS: Mapping[str, Callable[..., Findings]] = MappingProxyType(
    {
        ".txt": read_plain,
        ".text": read_plain,
        ".jsonl": read_lines,
        ".ndjson": read_lines,
        ".parquet": read_table,
        ".warc": read_archive,
    }
)
"""Ending of a file's name, before that of its packing → what reads it."""

_KNOWN = "only .txt, .jsonl, .ndjson, .parquet and .warc are read in folders, also as .gz, .bz2 or .zst"


def walk(folder: Path) -> Iterator[Path | Problem]:
    """Yield every readable file below `folder`, and a problem for what is left out.

    Hidden files and folders are passed over. Links are followed, each folder once. A warning for files of another
    ending comes once for each ending.
    """
    empty = True
    for item in _walk(folder, set(), set()):
        empty = empty and isinstance(item, Problem)
        yield item
    if empty:
        yield lost(str(folder), f"holds no file of articles: {_KNOWN}")


def _walk(folder: Path, visited: set[str], endings: set[str]) -> Iterator[Path | Problem]:
    real = os.path.realpath(folder)
    if real in visited:
        return
    visited.add(real)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths, decide the order
    except OSError as error:
        yield lost(str(folder), f"cannot be read: {error.strerror}")
        return
    for path in (folder / name for name in names if not name.startswith(".")):
        ending, packing = split_ending(path.name)
        if path.is_dir():
            yield from _walk(path, visited, endings)
        elif ending in READERS:
            yield path
        elif (ending := ending + packing) not in endings:
            endings.add(ending)
            kind = f"files ending in {ending}" if ending else "files without an ending"
            yield Problem(
                severity=Severity.WARNING,
                path=str(path),
                message=f"left out, as all {kind}: {_KNOWN}",
            )
