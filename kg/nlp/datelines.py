"""Datelines, which tell where and by which agency a piece is written: "KHARTOUM, Sudan (Reuters) —"."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

_LONGEST = 80
"""So many characters a dateline may have at the most."""
_TOWN = r"[A-Z][A-Z\u2019'./-]{1,30}(?: [A-Z][A-Z\u2019'./-]{1,30}){0,3}"
_WITH = r", [^()\n\u2013\u2014:]{1,40}?"
_AGENCY = r" ?\([A-Z][^()\n]{1,30}\)"
_DASH = r" ?(?:[\u2013\u2014]|--?(?= ))"
_DATELINE = re.compile(
    rf"^[ \t]{{0,8}}(?:{_TOWN}(?:{_WITH})?(?:{_AGENCY})?{_DASH}|{_TOWN}{_WITH}:(?= )"
    rf"|(?!The )[A-Z][\w\u2019'-]{{1,30}}(?: [A-Z][\w\u2019'-]{{1,30}}){{0,3}}(?:{_WITH})?{_AGENCY}{_DASH})",
    re.MULTILINE,
)


def behind_datelines(doc: Doc) -> Iterator[int]:
    """Yield the tokens at which the news begin behind a dateline, at the start of lines."""
    text = doc.text
    for match in _DATELINE.finditer(text):
        words = doc.char_span(*match.span(), alignment_mode="expand") if len(match[0]) <= _LONGEST else None
        if words is not None:
            yield words.end
