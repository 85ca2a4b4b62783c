"""The embedded store: a folder that Oxigraph keeps; one writer at a time, any number of readers beside it."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

_MARK = "CURRENT"
"""The file that every store folder holds."""


def write(folder: Path, quads: Iterable[ox.Quad]) -> int:
    """Add `quads` to the store in `folder`, which is made when it is missing.

    The store is a set: adding what it holds already changes nothing.

    Args:
        folder: the folder of the store; a new or empty folder becomes one.
        quads: what to add.

    Returns:
        How many quads the store holds afterwards.

    Raises:
        StoreError: the folder holds other files, cannot be written, or another process writes to it.
    """
    check_writable(folder)
    try:
        store = ox.Store(folder)
    except OSError as error:
        raise StoreError(explain(folder, error)) from error
    try:
        store.bulk_extend(quads)
        store.flush()
    except OSError as error:
        raise StoreError(explain(folder, error)) from error
    return len(store)


def open_read_only(folder: Path) -> ox.Store:
    """Open the store in `folder` for reading, also while another process writes to it.

    Raises:
        StoreError: the folder is missing, is no store, or cannot be read.
    """
    if not folder.exists():
        msg = f"there is no store at {folder}: make one with `kg build PATH… --store {folder}`"
        raise StoreError(msg)
    if not is_store(folder):
        msg = f"{folder} is not a store: make one with `kg build PATH… --store DIR`, or read RDF files with --data"
        raise StoreError(msg)
    try:
        return ox.Store.read_only(str(folder))
    except OSError as error:
        raise StoreError(explain(folder, error)) from error


def is_store(folder: Path) -> bool:
    """Tell whether there is a store in `folder`."""
    return (folder / _MARK).is_file()


def check_writable(folder: Path) -> None:
    """Refuse a folder that holds other files than a store.

    Raises:
        StoreError: it does.
    """
    if folder.is_dir():
        if any(folder.iterdir()) and not is_store(folder):
            msg = f"{folder} holds files that are not a store; nothing was written: name an empty or a new folder"
            raise StoreError(msg)
    elif folder.exists():
        msg = f"{folder} is a file, not a folder; nothing was written: name an empty or a new folder"
        raise StoreError(msg)


def explain(folder: Path, error: OSError) -> str:
    """Return what is wrong with a store and what to do."""
    text = str(error)
    if "lock" in text.lower() and "permission" not in text.lower():
        return f"{folder} is being written by another process: wait until it ends, or write to another folder"
    if "permission" in text.lower() or "read-only" in text.lower():
        return f"{folder} cannot be written or read here ({text}): check its permissions, or name another folder"
    return f"the store {folder} cannot be used ({text}): if it is damaged, build it again in a new folder"
