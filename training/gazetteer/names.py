"""Which names are worth keeping, and under which keys they are found."""

import re
import unicodedata
from collections.abc import Iterable

from kg.gazetteer import Entry, fold
from kg.gazetteer.fold import loosen, plain, scoped
from kg.gazetteer.table import DEMONYM, LOOSE, NAME, QUIET, STEM, SURNAME, TARGET, short
from kg.records import EntityKind

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


def keys_of(
    entry: Entry,
    *,
    bare: bool = True,
    told: bool = True,
    quiet: frozenset[str] = frozenset(),
    surname: str | None = None,
) -> list[str]:
    """Return the keys of `entry`.

    Args:
        entry: the entry.
        bare: False for a region whose name alone means the city: it is found with a region word only.
        told: False when the reader of texts is not told of it.
        quiet: names, as written, that the reader of texts is not told of, though it is told of the entry.
        surname: the last name by which alone a person may be called.
    """
    names = (entry.name, *entry.aliases)
    plain = [fold(name) for name in names]
    keys = [
        (NAME if told and name not in quiet else QUIET) + key for name, key in zip(names, plain, strict=True) if bare
    ]
    if entry.kind is EntityKind.PLACE and entry.scope is not None:
        stems = [stem for key in plain for stem, scope in scoped(key) if scope is entry.scope]
        stems += [loosen(stem) for stem in stems]
        keys += [STEM + stem for stem in [*stems, *([] if bare else plain)]]
    keys += [LOOSE + loosen(key) for key in plain if bare and loosen(key) not in plain]
    keys += [DEMONYM + fold(word) for word in entry.demonyms]
    if surname:
        keys.append(SURNAME + loosen(fold(surname)))
    if entry.target:
        keys.append(TARGET + short(entry.target))
    return list(dict.fromkeys(keys))
