"""The keys under which an entry is found."""

from kg.gazetteer.entry import Entry
from kg.gazetteer.fold import fold, loosen, scoped
from kg.gazetteer.table import DEMONYM, LOOSE, NAME, QUIET, STEM, SURNAME, TARGET, short
from kg.records import EntityKind


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
