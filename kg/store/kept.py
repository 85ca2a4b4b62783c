"""A store that keeps the extraction records it was made from, so that articles can be added as if all were built at once."""

import gzip
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.disk import check_writable, explain, is_store

_RECORDS = Path("kg") / "extractions.jsonl.gz"
"""The records, within the folder of the store; Oxigraph leaves folders alone that are not its own."""


def records_of(folder: Path) -> Path | None:
    """Return the file of the records that the store in `folder` was made from, `None` when there is none."""
    recover(folder)
    path = folder / _RECORDS
    return path if path.is_file() else None


def put(folder: Path, fill: Callable[[ox.Store], None], records: Iterable[bytes]) -> None:
    """Put a graph in the place of the one in the store; a store that was not made from records keeps what it has besides.

    Args:
        folder: the folder of the store; a new or empty folder becomes one.
        fill: puts the quads into a store.
        records: the extraction records that they were made from, each as JSON.

    Raises:
        StoreError: the folder holds other files, cannot be written, or another process writes to it.
    """
    recover(folder)
    check_writable(folder)
    if is_store(folder) and records_of(folder) is None:
        try:
            store = ox.Store(folder)
            fill(store)
            store.flush()
        except OSError as error:
            raise StoreError(explain(folder, error)) from error
    else:
        _replace(folder, fill, records)


def _replace(folder: Path, fill: Callable[[ox.Store], None], records: Iterable[bytes]) -> None:
    """Make the store anew, or leave it as it is: no reader ever finds a half-written one."""
    target = folder.resolve()
    part, old = _part(target), _old(target)
    try:
        if is_store(target):
            ox.Store(target)  # fails when another process writes to it
        shutil.rmtree(part, ignore_errors=True)
        store = ox.Store(part)
        fill(store)
        store.flush()
        del store
        _write_records(part / _RECORDS, records)
        if target.exists():
            target.rename(old)
        part.rename(target)
    except OSError as error:
        raise StoreError(explain(folder, error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put things right after a process was killed while it replaced the store in `folder`."""
    target = folder.resolve()
    old = _old(target)
    if not old.exists():
        return
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.rename(target)


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _write_records(path: Path, records: Iterable[bytes]) -> None:
    path.parent.mkdir()
    with path.open("wb") as raw:
        # Without name and time the same records are the same bytes.
        with gzip.GzipFile(filename="", mode="wb", compresslevel=3, fileobj=raw, mtime=0) as packed:
            for record in records:
                packed.write(record)
                packed.write(b"\n")
        raw.flush()
        os.fsync(raw.fileno())
