"""What a store has acknowledged, kept on disk, so that a load that was stopped goes on where it was."""

import contextlib
import os
from pathlib import Path

import msgspec

from kg.ids import digest


class Journal:
    """How many pieces of one file were acknowledged by one store.

    Args:
        folder: where journals lie.
        parts: everything that makes a load the same load.
    """

    def __init__(self, folder: Path, *parts: object) -> None:
        self.path = folder / f"{digest(*parts)}.json"

    def read(self) -> int:
        """Return the number of pieces; 0 when nothing is known."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=int)
        except (OSError, msgspec.DecodeError):
            return 0

    def write(self, pieces: int) -> None:
        """Keep the number; where it cannot be kept, a stopped load starts again."""
        part = self.path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.json.encode(pieces))
            part.replace(self.path)

    def forget(self) -> None:
        """Forget everything."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def default_folder() -> Path:
    """Return where journals lie in the user's cache (https://specifications.freedesktop.org/basedir-spec/)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "kg" / "loads"
