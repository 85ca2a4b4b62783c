"""Input whose name does not tell what it holds → articles."""

from typing import BinaryIO

from kg.config import ReadConfig
from kg.read.decode import UTF8_MARK
from kg.read.found import Findings
from kg.read.lines import read_lines
from kg.read.plain import read_plain


def sniff(file: BinaryIO, name: str, config: ReadConfig, *, start: bytes = b"") -> Findings:
    """Read JSON Lines when the first byte that is no space is "{", else one text.

    Args:
        file: the rest of the file.
        name: its path.
        config: how it is read.
        start: what was read of it already.
    """
    line = start or file.readline(config.max_bytes + 1)
    lines, size = [line], len(line)
    while line and not line.removeprefix(UTF8_MARK).strip() and size <= config.max_bytes:
        line = file.readline(config.max_bytes + 1)
        lines.append(line)
        size += len(line)
    begun = b"".join(lines)
    if line.removeprefix(UTF8_MARK).lstrip().startswith(b"{"):
        yield from read_lines(file, name, config, start=begun)
    else:
        yield from read_plain(file, name, config, start=begun)
