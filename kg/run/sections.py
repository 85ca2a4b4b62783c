"""Files of sections: one writer tells something to each of many readers, and each reader fetches its own bytes alone.

The sections follow one another; behind them stand their names with their ends as JSON, then the length of that in 8 bytes.
This keeps a shuffle between M writers and N readers at M files instead of M times N.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import msgspec

from kg.errors import InputError
from kg.run.folder import Folder

_TAIL = 8


def write_sections(file: BinaryIO, sections: Mapping[int, Iterable[bytes]]) -> None:
    """Write `sections` to `file`: number of the reader → lines for it."""
    end = 0
    index: list[tuple[int, int, int]] = []
    for number in sorted(sections):
        start = end
        for line in sections[number]:
            end += file.write(line) + file.write(b"\n")
        index.append((number, start, end))
    packed = msgspec.json.encode(index)
    file.write(packed)
    file.write(len(packed).to_bytes(_TAIL, "big"))


def read_section(folder: Folder, name: str, number: int) -> Iterator[bytes]:
    """Yield the lines for the reader `number` in the file `name` of `folder`.

    Raises:
        InputError: the file is damaged.
        OSError: it cannot be read.
    """
    with folder.read(name) as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        length = int.from_bytes(file.read(_TAIL), "big")
        if length > size - _TAIL:
            raise InputError(f"{folder.at(name)} is damaged: start again without --resume")
        file.seek(size - _TAIL - length)
        try:
            index = msgspec.json.decode(file.read(length), type=list[tuple[int, int, int]])
        except msgspec.DecodeError as error:
            raise InputError(f"{folder.at(name)} is damaged: start again without --resume") from error
        for found, start, end in index:
            if found == number:
                file.seek(start)
                yield from file.read(end - start).splitlines()
