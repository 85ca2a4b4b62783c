"""Compressed files in, as streams: gzip, bzip2 and Zstandard, unpacked piece by piece and never without bound."""

import bz2
import errno
import gzip
import io
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import BinaryIO, cast

RATIO = 200
"""Bytes that one packed byte may become; news as JSON Lines becomes 3 to 30."""

_WINDOW = 128 * 1024 * 1024
"""Memory that a Zstandard file may ask for: what `zstd --long=27` writes."""


class PackedError(OSError):
    """Packed data are damaged, or swell beyond reason; the text says which."""


def _unzstd(file: BinaryIO) -> BinaryIO:
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise PackedError(errno.ENOSYS, "reading Zstandard needs: pip install 'conflict-kg[zstd]'") from error
    stream = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(file, read_across_frames=True)
    return cast("BinaryIO", stream)


_UNPACKERS: Mapping[str, Callable[[BinaryIO], BinaryIO]] = MappingProxyType(
    {
        ".gz": lambda file: cast("BinaryIO", gzip.GzipFile(fileobj=file, mode="rb")),
        ".bz2": lambda file: cast("BinaryIO", bz2.BZ2File(file, "rb")),
        ".zst": _unzstd,
    }
)
"""Ending of a file's name → what unpacks it."""


def split_ending(name: str) -> tuple[str, str]:
    """Return the endings that tell what a file holds and how it is packed, both in lower case; empty where there is none.

    >>> split_ending("news/2024.JSONL.gz"), split_ending("kyiv.txt")
    (('.jsonl', '.gz'), ('.txt', ''))
    """
    path = PurePath(name)
    packing = path.suffix.lower()
    return (PurePath(path.stem).suffix.lower(), packing) if packing in _UNPACKERS else (packing, "")


def unpack(file: BinaryIO, packing: str, allowance: int) -> BinaryIO:
    """Return `file` unpacked, or itself when `packing` is empty.

    Args:
        file: the packed file, at its start.
        packing: the ending that names the packing, as `split_ending` returns it.
        allowance: bytes that any file may become; beyond them the result fails when it is more than `RATIO` times what
            was read of `file`.

    Raises:
        PackedError: the packing is not known here, now or when the data turn out damaged.
    """
    return cast("BinaryIO", io.BufferedReader(_Bounded(file, packing, allowance), 1 << 16)) if packing else file


class _Bounded(io.RawIOBase):
    def __init__(self, file: BinaryIO, packing: str, allowance: int) -> None:
        self._packed, self._packing, self._allowance = file, packing, allowance
        self._file = _UNPACKERS[packing](file)
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            data = self._file.read(len(buffer))
        except (OSError, EOFError, zlib.error, ValueError) as error:
            raise self._damaged(error) from error
        except Exception as error:
            # zstandard.ZstdError derives from Exception alone, and zstandard may be missing.
            if type(error).__module__.partition(".")[0] != "zstandard":
                raise
            raise self._damaged(error) from error
        self._size += len(data)
        if self._size > max(self._allowance, RATIO * self._packed.tell()):
            why = f"unpacks to more than {RATIO} times its size, which no news does: unpack it yourself if you trust it"
            raise PackedError(errno.EFBIG, why)
        buffer[: len(data)] = data
        return len(data)

    def _damaged(self, error: Exception) -> PackedError:
        return PackedError(errno.EILSEQ, f"the {self._packing} data are damaged or cut off ({error})")
