"""Which names are worth keeping."""

import re
import unicodedata
from collections.abc import Iterable

from kg.gazetteer import fold
from kg.gazetteer.fold import plain

_BRACKET = re.compile(r"\s*\([^)]*\)")
_WORD = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|[A-ZÀ-ÖØ-ÞĀ-Ž‘'’ʿḌḤḪṢṬẒŻŞİ])[\w'’‘ʿʼ.\- ]*$")


def is_latin(name: str) -> bool:
    """Tell whether all letters of `name` are Latin."""
    return name.isprintable() and all(
        unicodedata.name(character, "").startswith("LATIN") for character in name if character.isalpha()
    )


def good_alias(name: str) -> bool:
    """Tell whether a source's alias of a place looks like a name: not a code, not a bare transliteration ("hrjysh")."""
    letters = [character for character in name if character.isalpha()]
    return (
        len(letters) >= 4
        and is_latin(name)
        and bool(_WORD.match(name))
        and not any(character.isdigit() for character in name)
        and any(character.isupper() for character in name)
        and not (name.isupper() and " " not in name)
    )


def without_brackets(name: str) -> str:
    """Return `name` without "(Occupied Ukraine)" and the like."""
    return _BRACKET.sub("", name).strip()


def press_name(name: str) -> str:
    """Return `name` without accents, and without the apostrophes that stand for a letter English has not."""
    bare = plain(name)
    return re.sub(r"^'|'$|(?<=[^aeiouAEIOU])'", "", bare) or bare


def distinct(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases that fold to something new, in their order."""
    seen = {fold(name)}
    kept = []
    for alias in aliases:
        key = fold(alias)
        if key and key not in seen and "|" not in alias:
            seen.add(key)
            kept.append(alias)
    return tuple(kept)
