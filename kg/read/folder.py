"""The files of a folder, in order of their names, those below it included."""

import os
from collections.abc import Iterator
from pathlib import Path

from kg.read.found import lost
from kg.read.problem import Problem, Severity

TEXT = frozenset({".txt", ".text"})
"""Endings of files that hold one plain-text article."""

LINES = frozenset({".jsonl", ".ndjson"})
"""Endings of files that hold one JSON record a line."""


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
        yield lost(str(folder), "holds no .txt, .jsonl or .ndjson file")


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
        ending = path.suffix.lower()
        if path.is_dir():
            yield from _walk(path, visited, endings)
        elif ending in TEXT | LINES:
            yield path
        elif ending not in endings:
            endings.add(ending)
            kind = f"files ending in {ending}" if ending else "files without an ending"
            yield Problem(
                severity=Severity.WARNING,
                path=str(path),
                message=f"left out, as all {kind}: only .txt, .jsonl and .ndjson are read in folders",
            )
