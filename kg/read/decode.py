"""Bytes → text: UTF-8 with or without BOM, else Windows-1252 with a warning; line ends become line feeds."""

from typing import NamedTuple

_BINARY_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")


class Decoded(NamedTuple):
    """The text, or `None` with the reason in `error`; `warning` tells a doubt about the text."""

    text: str | None
    error: str | None = None
    warning: str | None = None


def decode(data: bytes) -> Decoded:
    r"""Decode one text.

    >>> decode(b"caf\xe9").warning
    'not UTF-8, read as Windows-1252: save it as UTF-8 if letters look wrong'
    """
    if data.startswith(_BINARY_SIGNATURES) or b"\x00" in data:
        return Decoded(None, error="looks binary, not text: convert it to plain text in UTF-8")
    warning = None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            return Decoded(None, error=f"neither UTF-8 nor Windows-1252 (byte {error.start}): save it as UTF-8")
        warning = "not UTF-8, read as Windows-1252: save it as UTF-8 if letters look wrong"
    return Decoded(normalise(text), warning=warning)


def normalise(text: str) -> str:
    """Return `text` with line feeds as its only line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
