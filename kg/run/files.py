"""Files that are written whole or not at all."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

STDOUT = Path("-")
"""Stands for standard output."""

_BUFFER = 1 << 18


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a binary file that becomes `path` when the block ends well, and vanishes when it does not.

    The bytes go to a temporary name in the same folder, reach the disk, and are renamed. What a killed process left under
    such a name is removed. Standard output ("-") and devices are written directly.

    Raises:
        OSError: the file cannot be written; it names `path`.
    """
    if path == STDOUT:
        yield sys.stdout.buffer
        return
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
        return
    target = path.resolve()
    _sweep(target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb", buffering=_BUFFER) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        if error.filename in (str(part), None):
            raise OSError(error.errno, f"cannot be written: {error.strerror}", str(path)) from error
        raise
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, so that a rename outlasts a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_alive(process: int) -> bool:
    """Tell whether a process of this number runs on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def check_writable(path: Path) -> None:
    """Find out before a long run that `path` cannot be written.

    Raises:
        OSError: the folder is missing or closed, or `path` is a folder; it names `path`.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "cannot be written: it is a folder", str(path))
    if path == STDOUT or (path.exists() and not path.is_file()):
        return
    folder = path.resolve().parent
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"cannot be written: the folder {folder} does not exist", str(path))
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, f"cannot be written: the folder {folder} is closed to you", str(path))


def _sweep(target: Path) -> None:
    """Remove the temporary files of `target` whose process is gone."""
    start, end = f".{target.name}.", ".part"
    with os.scandir(target.parent) as found:
        names = [one.name for one in found if one.name.startswith(start) and one.name.endswith(end)]
    for name in names:
        number = name.removeprefix(start).removesuffix(end)
        if number.isascii() and number.isdigit() and not is_alive(int(number)):
            target.with_name(name).unlink(missing_ok=True)
