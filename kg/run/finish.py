"""Parts of a graph to one file, of any size: nothing but a few thousand quads is in memory at once."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, groupby
from typing import BinaryIO

import pyoxigraph as ox

from kg.rdf.ntriples import LABEL, TYPE
from kg.rdf.serialise import Format, serialise_sorted, sort_key
from kg.run.folder import Folder
from kg.run.jobs import line_key

Key = Callable[[bytes], tuple[bytes, bytes]]
"""What lines are sorted by; without one by themselves."""

_OPEN = 200
"""Files that are open at once; systems allow 256 at least."""
_QUADS = 5_000
_HEADS = (f"{TYPE} ".encode(), f"{LABEL} ".encode())
"""Predicates that stand at the head of their subject, sorted."""


def write_file(
    file: BinaryIO, folder: Folder, names: Sequence[str], form: Format, prefixes: dict[str, str], *, named_graphs: bool
) -> None:
    """Write the graph whose sorted parts are the files `names` of `folder`, as `kg.rdf.serialise` would write it at once.

    Args:
        file: where to.
        folder: where the parts are; larger ones may be added.
        names: the parts.
        form: the format.
        prefixes: bound where the format knows prefixes.
        named_graphs: the parts are sorted by graph first.

    Raises:
        InputError: the format cannot hold named graphs or a character of the graph.
    """
    key = line_key if named_graphs else None
    while len(names) > _OPEN:
        names = [
            _join(folder, names[start : start + _OPEN], f"join-{len(names)}-{start}.nq", key)
            for start in range(0, len(names), _OPEN)
        ]
    with ExitStack() as stack:
        things = _things(_merged(folder, names, key, stack), key)
        if form.syntax == ox.RdfFormat.N_QUADS or (form.syntax == ox.RdfFormat.N_TRIPLES and not named_graphs):
            file.writelines(chain.from_iterable(map(_in_order, things)))
        else:
            serialise_sorted(_quads(things), form, file, prefixes=prefixes)


def _join(folder: Folder, names: Sequence[str], target: str, key: Key | None) -> str:
    with ExitStack() as stack, folder.write(target) as file:
        file.writelines(_merged(folder, names, key, stack))
    return target


def _merged(folder: Folder, names: Iterable[str], key: Key | None, stack: ExitStack) -> Iterator[bytes]:
    """Yield the lines of all parts in order, each once."""
    files = [stack.enter_context(folder.read(name)) for name in names]
    return (line for line, _ in groupby(_merge(files, key)))


def _merge(files: Sequence[BinaryIO], key: Key | None) -> Iterator[bytes]:
    return heapq.merge(*files) if key is None else heapq.merge(*files, key=key)


def _things(lines: Iterable[bytes], key: Key | None) -> Iterator[list[bytes]]:
    """Yield the lines of each subject."""
    return (list(group) for _, group in groupby(lines, key=_subject if key is None else _subject_in_graph))


def _in_order(thing: list[bytes]) -> list[bytes]:
    """Return the sorted lines of a subject in the order of files: class and label first."""
    start = len(_subject(thing[0])) + 2
    return [line for line in thing if line.startswith(_HEADS, start)] + [
        line for line in thing if not line.startswith(_HEADS, start)
    ]


def _quads(things: Iterable[list[bytes]]) -> Iterator[ox.Quad]:
    """Yield the quads of sorted lines in the order of files."""
    waiting: list[bytes] = []
    for thing in things:
        waiting += thing
        if len(waiting) >= _QUADS:
            yield from _sorted(waiting)
            waiting = []
    yield from _sorted(waiting)


def _sorted(lines: Sequence[bytes]) -> list[ox.Quad]:
    return sorted(ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS), key=sort_key)


def _subject(line: bytes) -> bytes:
    return line[: line.index(b"> ")]


def _subject_in_graph(line: bytes) -> tuple[bytes, bytes]:
    return line_key(line)[0], _subject(line)
