"""Articles in: text files, folders, JSON Lines, standard input. A bad article becomes a `Problem`; the run goes on."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.config import ReadConfig
from kg.ids import text_hash
from kg.read.decode import decode
from kg.read.plain import read_plain
from kg.read.problem import Problem, Severity
from kg.read.records import read_record
from kg.records import Article

__all__ = ["Problem", "Severity", "read"]

_LINES = frozenset({".jsonl", ".ndjson"})
_TEXT = frozenset({".txt", ".text"})


def read(paths: Sequence[str], config: ReadConfig, stdin: BinaryIO | None = None) -> Iterator[Article | Problem]:
    """Yield every article below `paths`, and a problem for everything that cannot be used.

    Args:
        paths: files, folders (searched in order of names) or "-" for `stdin`.
        config: size limit and assumed language.
        stdin: where "-" reads from; JSON Lines when it starts with "{", else one text.
    """
    seen: dict[str, set[str]] = {}
    for item in _read_all(paths, config, stdin):
        if isinstance(item, Problem):
            yield item
            continue
        texts = seen.setdefault(item.id, set())
        digest = text_hash(item)
        if digest in texts:
            yield Problem(
                severity=Severity.WARNING,
                path=item.id,
                article=item.id,
                message="the same id and text again: counted once",
            )
            continue
        if texts:
            yield Problem(
                severity=Severity.WARNING,
                path=item.id,
                article=item.id,
                message="the same id with another text: both are kept",
            )
        texts.add(digest)
        yield item


def _read_all(paths: Sequence[str], config: ReadConfig, stdin: BinaryIO | None) -> Iterator[Article | Problem]:
    for name in paths:
        if name == "-":
            if stdin is not None:
                yield from _read_stdin(stdin, config)
            continue
        path = Path(name)
        if path.is_dir():
            yield from _read_folder(path, config)
        elif path.exists():
            yield from _read_file(path, config)
        else:
            yield _error(name, "does not exist: check the path")


def _read_folder(folder: Path, config: ReadConfig) -> Iterator[Article | Problem]:
    found = False
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if name.startswith("."):
                continue
            if path.suffix.lower() in _LINES | _TEXT:
                found = True
                yield from _read_file(path, config)
            else:
                yield Problem(
                    severity=Severity.WARNING,
                    path=str(path),
                    message="left out: only .txt, .jsonl and .ndjson are read in folders",
                )
    if not found:
        yield _error(str(folder), "holds no .txt, .jsonl or .ndjson file")


def _read_file(path: Path, config: ReadConfig) -> Iterator[Article | Problem]:
    try:
        with path.open("rb") as file:
            if path.suffix.lower() in _LINES:
                yield from _read_lines(file, str(path), config)
            else:
                yield from _read_text(file.read(config.max_bytes + 1), str(path), config)
    except OSError as error:
        yield _error(str(path), f"cannot be read: {error.strerror}")


def _read_stdin(stdin: BinaryIO, config: ReadConfig) -> Iterator[Article | Problem]:
    first = stdin.readline(config.max_bytes + 1)
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _read_lines(stdin, "-", config, first=first)
    else:
        yield from _read_text(first + stdin.read(config.max_bytes + 1), "-", config)


def _read_text(data: bytes, name: str, config: ReadConfig) -> Iterator[Article | Problem]:
    if len(data) > config.max_bytes:
        yield _error(name, f"is larger than {config.max_bytes:,} bytes: split it, or raise read.max_bytes in kg.toml")
        return
    decoded = decode(data)
    if decoded.text is None:
        yield _error(name, decoded.error or "cannot be decoded")
        return
    if decoded.warning:
        yield Problem(severity=Severity.WARNING, path=name, message=decoded.warning)
    yield read_plain(decoded.text, name, config.language)


def _read_lines(file: BinaryIO, name: str, config: ReadConfig, first: bytes = b"") -> Iterator[Article | Problem]:
    warned: set[str] = set()
    stem = Path(name).stem if name != "-" else "stdin"
    number, found = 0, False
    while line := first or file.readline(config.max_bytes + 1):
        first = b""
        number += 1
        if len(line) > config.max_bytes:
            while not line.endswith(b"\n") and (line := file.readline(config.max_bytes)):
                pass
            found = True
            yield _error(
                name, f"the record is larger than {config.max_bytes:,} bytes: split it, or raise read.max_bytes", number
            )
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not line:
            continue
        found = True
        try:
            article, unknown = read_record(line, fallback_id=f"{stem}-{number}", language=config.language)
        except ValueError as error:
            yield _error(name, f"the record {error}", number)
            continue
        for key in sorted(unknown - warned):
            yield Problem(
                severity=Severity.WARNING,
                path=name,
                line=number,
                article=article.id,
                message=f"the key {key!r} is not known and is left out",
            )
        warned |= unknown
        yield article
    if not found:
        yield _error(name, "holds no record")


def _error(name: str, message: str, line: int | None = None) -> Problem:
    return Problem(severity=Severity.ERROR, path=name, line=line, message=message)
