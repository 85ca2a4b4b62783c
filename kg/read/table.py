"""Parquet files → articles, a few rows in memory at a time."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from kg.config import ReadConfig
from kg.read.found import Findings, Found, lost
from kg.read.packed import RATIO
from kg.read.plain import stem_of
from kg.read.problem import Problem
from kg.read.records import FIELDS, read_record

if TYPE_CHECKING:
    from pyarrow.parquet import FileMetaData

_ROWS = 64
"""Rows that are in memory at once."""


class UnusableError(ValueError):
    """The file cannot be read any further; the text says why."""


def read_table(file: BinaryIO, name: str, config: ReadConfig) -> Findings:
    """Yield the article of every row; a bad row is reported with its number, and reading goes on.

    Columns are called as the keys of a JSON Lines record, or as `read.columns` says.

    Args:
        file: the file; it must be seekable.
        name: its path; its stem and the row number make up the id of a row without one.
        config: size limit of a row, language, names of columns.
    """
    try:
        import pyarrow  # noqa: F401, ICN001, PLC0415 - an extra
    except ImportError:
        yield lost(name, "reading Parquet needs: pip install 'conflict-kg[parquet]'")
        return
    number = 0
    rows = _rows(file, config)
    while True:
        try:
            row = next(rows, None)
        except UnusableError as error:
            yield lost(name, str(error), number or None)
            return
        if row is None:
            break
        number += 1
        yield _read_row(row, name, number, config)
    if number == 0:
        yield lost(name, "holds no row: remove it or fill it")


def _read_row(row: dict[str, object], name: str, number: int, config: ReadConfig) -> Found | Problem:
    try:
        data = msgspec.json.encode({key: _plain(value) for key, value in row.items() if value is not None})
    except (TypeError, UnicodeEncodeError) as error:
        return lost(name, f"the row cannot be read as a record ({error})", number)
    if len(data) > config.max_bytes:
        return lost(name, f"the row is larger than {config.max_bytes:,} bytes: see read.max_bytes in kg.toml", number)
    try:
        article, _ = read_record(data, fallback_id=f"{stem_of(name)}-{number}", language=config.language)
    except ValueError as problem:
        return lost(name, f"the row {problem}", number)
    return Found(article, name, number)


def _rows(file: BinaryIO, config: ReadConfig) -> Iterator[dict[str, object]]:
    """Yield the known keys of every row.

    Raises:
        UnusableError: the file is damaged, swells beyond reason, or has no text.
    """
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        table = parquet.ParquetFile(file)
        called = {config.columns.get(key, key): key for key in FIELDS}
        found = [column for column in table.schema_arrow.names if column in called]
        if config.columns.get("text", "text") not in found:
            held = ", ".join(table.schema_arrow.names[:20])
            raise UnusableError(f"has no column of texts among {held}: say in kg.toml: [read.columns] text = …")
        _check(table.metadata, config)
        for batch in table.iter_batches(batch_size=_ROWS, columns=found):
            for row in batch.to_pylist():
                yield {called[column]: value for column, value in row.items()}
    except (pa.ArrowException, OSError, OverflowError, UnicodeDecodeError) as error:
        raise UnusableError(f"is no sound Parquet file ({' '.join(str(error).split())})") from error


def _check(metadata: "FileMetaData", config: ReadConfig) -> None:
    """Refuse row groups that claim to swell, before anything of them is unpacked."""
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        packed = sum(group.column(column).total_compressed_size for column in range(group.num_columns))
        if group.total_byte_size > max(config.max_bytes, RATIO * packed):
            raise UnusableError(f"row group {number} unpacks to more than {RATIO} times its size, which no news does")


def _plain(value: object) -> object:
    """Return a value as a JSON record has it: days and times in words."""
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
