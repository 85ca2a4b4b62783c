"""Articles to extraction records."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.config import ReadConfig
from kg.read import read
from kg.records import Article, Extraction
from kg.run.report import Report, log_problem
from kg.run.tools import Tools, load_tools

Paths = str | Path | Iterable[str | Path]
"""Files, folders, or "-" for standard input; one or many."""


def extract(paths: Paths, *, tools: Tools | None = None, report: Report = log_problem) -> Iterator[Extraction]:
    """Yield what each article tells.

    Args:
        paths: files, folders or "-" for standard input.
        tools: what to work with, by default `load_tools()`.
        report: told of every article that cannot be used; the others go on.
    """
    ready = tools or load_tools()
    return read_out(articles(paths, ready.config.read, report), ready, report)


def read_out(found: Iterable[Article], tools: Tools, report: Report) -> Iterator[Extraction]:
    """Yield what each of the articles `found` tells; the rest as in `extract`."""
    # spaCy takes a second to import, and this module is imported to build from ready extractions too.
    from kg import extract as extraction  # noqa: PLC0415
    from kg import nlp  # noqa: PLC0415

    def failed(article: Article, error: Exception) -> None:
        problem = f"extraction failed ({type(error).__name__}: {error}); please report this bug"
        report(f"article {article.id}: {problem}")

    for batch in nlp.zones(tools.nlp, found, failed):
        for article, doc in batch:
            try:
                one = extraction.extract(article, doc, tools.vocab)
            except Exception as error:  # noqa: BLE001 - one bad article never ends the run
                failed(article, error)
                continue
            yield one


def articles(paths: Paths, config: ReadConfig, report: Report) -> Iterator[Article]:
    """Yield each article; tell of the ones that cannot be read."""
    names = [str(path) for path in ([paths] if isinstance(paths, (str, Path)) else paths)]
    for one in read(names, config, sys.stdin.buffer if "-" in names else None):
        if isinstance(one, Article):
            yield one
        else:
            report(str(one))
