"""A folder of the parts of a run, on this machine or in object storage."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from kg.run.files import whole_file

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


class Folder(msgspec.Struct, frozen=True):
    """A folder named by a path or by an address that fsspec knows ("s3://bucket/run").

    Files are written whole or not at all: here by renaming, in object storage because an object appears when it is
    complete.
    """

    path: str

    @property
    def is_local(self) -> bool:
        """Whether it lies on this machine."""
        return "://" not in self.path

    def at(self, name: str) -> str:
        """Return the path of the file `name`."""
        return f"{self.path.rstrip('/')}/{name}"

    def sub(self, name: str) -> "Folder":
        """Return the folder `name` in this one, which is made when something is written to it."""
        return Folder(self.at(name))

    @contextmanager
    def write(self, name: str) -> Iterator[BinaryIO]:
        """Yield a binary file that becomes `name` when the block ends well.

        Raises:
            OSError: it cannot be written.
        """
        if self.is_local:
            path = Path(self.at(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as file:
                yield file
            return
        system, root = self._system()
        system.makedirs(root, exist_ok=True)
        with system.open(self.at(name), "wb") as file:
            yield file

    @contextmanager
    def read(self, name: str) -> Iterator[BinaryIO]:
        """Yield the file `name`, open for reading; it is seekable.

        Raises:
            OSError: it is missing or cannot be read.
        """
        if self.is_local:
            with Path(self.at(name)).open("rb") as local:
                yield local
            return
        system, _ = self._system()
        with system.open(self.at(name), "rb") as file:
            yield file

    def names(self) -> list[str]:
        """Return the names of all files in this folder, sorted; none when there is no such folder."""
        if self.is_local:
            path = Path(self.path)
            return sorted(item.name for item in path.iterdir() if item.is_file()) if path.is_dir() else []
        system, root = self._system()
        system.invalidate_cache(root)
        if not system.exists(root):
            return []
        found = system.ls(root, detail=True)
        return sorted(entry["name"].rpartition("/")[2] for entry in found if entry["type"] == "file")

    def remove_files(self, names: Iterable[str]) -> None:
        """Remove files of this folder."""
        system, root = self._system()
        for name in list(names):
            system.rm_file(f"{root}/{name}")

    def remove(self) -> None:
        """Remove the folder and everything in it."""
        system, root = self._system()
        if system.exists(root):
            system.rm(root, recursive=True)

    def empty(self) -> None:
        """Remove everything in the folder."""
        system, root = self._system()
        if system.exists(root):
            for path in system.ls(root, detail=False):
                system.rm(path, recursive=True)

    def move(self, name: str, target: "Folder", new: str) -> None:
        """Move the file `name` into `target` under the name `new`; one that was moved before is left alone."""
        if self.is_local and target.is_local:
            Path(target.path).mkdir(parents=True, exist_ok=True)
            source = Path(self.at(name))
            if source.exists():
                source.replace(target.at(new))
            return
        if name not in self.names():
            return
        with self.read(name) as old, target.write(new) as file:
            while piece := old.read(1 << 20):
                file.write(piece)
        system, root = self._system()
        system.rm_file(f"{root}/{name}")

    def _system(self) -> "tuple[AbstractFileSystem, str]":
        import fsspec  # noqa: PLC0415 - small runs need none

        return fsspec.core.url_to_fs(self.path)  # type: ignore[no-any-return]
