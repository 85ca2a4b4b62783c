"""Articles in: text, JSON Lines, Parquet, WARC, folders, standard input. A bad article becomes a `Problem`; the run goes on."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.config import ReadConfig
from kg.ids import digest, text_hash
from kg.read.folder import READERS, walk
from kg.read.found import Findings, lost
from kg.read.language import only
from kg.read.packed import split_ending, unpack
from kg.read.problem import Problem, Severity
from kg.read.sniff import sniff
from kg.records import Article

__all__ = ["Problem", "Severity", "read"]


def read(paths: Sequence[str], config: ReadConfig, stdin: BinaryIO | None = None) -> Iterator[Article | Problem]:
    """Yield every article below `paths`, and a problem for everything that cannot be used.

    An id and text that came before are left out, an id with another text is kept; both are reported.

    Args:
        paths: files, folders (searched in order of names) or "-" for `stdin`.
        config: size limit, language, names of columns.
        stdin: where "-" reads from; JSON Lines when it starts with "{", else one text.
    """
    ids: set[str] = set()
    texts: set[str] = set()
    for found in _read_all(paths, config, stdin):
        if isinstance(found, Problem):
            yield found
            continue
        # Digests, not the ids and texts themselves: they stay in memory for the whole run.
        name = digest(found.article.id)
        content = digest(found.article.id, text_hash(found.article))
        if content in texts:
            yield found.warn(f"article {found.article.id}: the same id and text again: read once")
            continue
        if name in ids:
            yield found.warn(f"article {found.article.id}: the same id with another text: both are kept")
        ids.add(name)
        texts.add(content)
        yield found.article


def _read_all(paths: Sequence[str], config: ReadConfig, stdin: BinaryIO | None) -> Findings:
    for name in paths:
        path = Path(name)
        if name == "-":
            if stdin is None:
                yield lost(name, "there is no standard input to read")
            else:
                yield from sniff(stdin, name, config)
        elif path.is_dir():
            for item in walk(path):
                if isinstance(item, Problem):
                    yield item
                else:
                    yield from _read_file(item, config)
        elif path.exists():
            yield from _read_file(path, config)
        else:
            yield lost(name, "does not exist: check the path")


def _read_file(path: Path, config: ReadConfig) -> Findings:
    ending, packing = split_ending(path.name)
    reader = READERS.get(ending, sniff)
    try:
        with path.open("rb") as file:
            found = reader(unpack(file, packing, config.max_bytes), str(path), config)
            yield from only(found, str(path), config) if config.detect else found
    except OSError as error:
        yield lost(str(path), f"cannot be read: {error.strerror or error}")
