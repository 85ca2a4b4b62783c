"""What a graph is built from: articles to read, or ready extraction records."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby, islice

import msgspec

from kg.config import ReadConfig
from kg.ids import Minter
from kg.read import read
from kg.records import Article, Extraction
from kg.run.extract import read_out
from kg.run.ready import Line, decode, lines
from kg.run.report import Report
from kg.run.tools import Tools

_LAST, _FINER = 2, 4
"""So many shards at the end are cut into so many each."""


class Kind(StrEnum):
    """What the paths of a source hold."""

    ARTICLES = "articles"
    RECORDS = "records"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Paths, "-" for standard input, and what they hold."""

    kind: Kind
    paths: tuple[str, ...]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One article or one record on its way in, as a line of JSON.

    `path` and `number` tell where a record stands; an article has been checked already, and needs them no more.
    """

    kind: Kind
    data: bytes
    path: str = ""
    number: int = 0


class _Words(msgspec.Struct, frozen=True):
    id: str
    text: str


class _Told(msgspec.Struct, frozen=True):
    article: _Words


def items(sources: Sequence[Source], config: ReadConfig, report: Report) -> Iterator[Item]:
    """Yield all articles and records, each article once.

    Args:
        sources: where they are; what comes first wins.
        config: how they are read.
        report: told of everything that cannot be used; the others go on.
    """
    seen: set[str] = set()
    minter = Minter()
    for source in sources:
        for article, item in _items(source, config, report):
            name = minter.article(article)
            if name not in seen:
                seen.add(name)
                yield item
            elif source.kind is Kind.RECORDS:
                report(f"{item.path}:{item.number}: article {article.id}: the same id and text again: read once")


def _items(source: Source, config: ReadConfig, report: Report) -> Iterator[tuple[Article, Item]]:
    if source.kind is Kind.ARTICLES:
        stdin = sys.stdin.buffer if "-" in source.paths else None
        for found in read(source.paths, config, stdin):
            if isinstance(found, Article):
                yield found, Item(kind=source.kind, data=msgspec.json.encode(found))
            else:
                report(str(found))
        return
    decoder = msgspec.json.Decoder(_Told)
    for line in lines(source.paths, config, report):
        try:
            words = decoder.decode(line.data).article
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            decode(line, report)
            continue
        article = Article(id=words.id, text=words.text)
        yield article, Item(kind=source.kind, data=line.data.strip(), path=line.path, number=line.number)


def extractions(found: Iterable[Item], tools: Tools, report: Report) -> Iterator[Extraction]:
    """Yield what the items tell: records as they are, articles read by the language pipeline; in their order.

    Args:
        found: the items.
        tools: what to work with.
        report: told of everything that cannot be used; the others go on.
    """
    for kind, group in groupby(found, key=lambda item: item.kind):
        if kind is Kind.ARTICLES:
            yield from read_out((msgspec.json.decode(item.data, type=Article) for item in group), tools, report)
        else:
            decoded = (decode(Line(path=item.path, number=item.number, data=item.data), report) for item in group)
            yield from (extraction for extraction in decoded if extraction is not None)


def shards(found: Iterable[Item], sizes: Mapping[Kind, int]) -> Iterator[list[Item]]:
    """Cut items into shards of one kind, each at most as large as `sizes` says.

    The last articles are cut finer: reading a shard takes seconds, and workers should end together.
    """
    for kind, group in groupby(found, key=lambda item: item.kind):
        size = sizes[kind]
        fine = max(1, size // _FINER) if kind is Kind.ARTICLES else size
        ahead = list(islice(group, _LAST * size))
        while more := list(islice(group, size)):
            yield ahead[:size]
            ahead = ahead[size:] + more
        for start in range(0, len(ahead), fine):
            yield ahead[start : start + fine]
