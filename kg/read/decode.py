"""Bytes → text: UTF-8 with or without BOM, else Windows-1252 with a warning; line feeds as the only line ends."""

import re
from typing import NamedTuple

UTF8_MARK = b"\xef\xbb\xbf"
"""The byte order mark that some editors write before UTF-8."""

CONTROL_WARNING = "holds control characters: each was read as a space"
"""Said of a text that was not taken over letter by letter."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BINARY_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_BINARY_SHARE = 0.05

# What XML 1.0 (section 2.2) cannot hold, so that every RDF format can hold every text.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFUSED = re.compile("[\x00\ud800-\udfff]")


class Decoded(NamedTuple):
    """The text, or `None` with the reason in `error`; `warnings` tell doubts about the text."""

    text: str | None
    error: str | None = None
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    r"""Decode one text.

    >>> decode(b"caf\xe9").warnings
    ('is not UTF-8, read as Windows-1252: save it as UTF-8 if letters look wrong',)
    """
    if data.startswith(_UTF16_MARKS):
        return Decoded(None, error="is UTF-16: save it as UTF-8")
    if data.startswith(_BINARY_SIGNATURES) or b"\x00" in data:
        return Decoded(None, error="looks binary, not text: convert it to plain text in UTF-8")
    warnings = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            return Decoded(None, error=f"is neither UTF-8 nor Windows-1252 (byte {error.start}): save it as UTF-8")
        warnings.append("is not UTF-8, read as Windows-1252: save it as UTF-8 if letters look wrong")
    cleaned, count = clean(text)
    if count > _BINARY_SHARE * len(text):
        return Decoded(None, error="looks binary, not text: convert it to plain text in UTF-8")
    if count:
        warnings.append(CONTROL_WARNING)
    return Decoded(cleaned, warnings=tuple(warnings))


def clean(text: str) -> tuple[str, int]:
    r"""Return `text` with `\n` as its only line end and control characters as spaces, and how many those were.

    >>> clean("One.\r\nTwo.\x0cThree.")
    ('One.\nTwo. Three.', 1)
    """
    return _CONTROL.subn(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_refused(text: str) -> bool:
    """Tell whether `text` holds a NUL or half a surrogate pair, which no RDF can hold."""
    return _REFUSED.search(text) is not None
