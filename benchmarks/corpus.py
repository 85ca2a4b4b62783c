"""A corpus of invented news with known truth: `python -m benchmarks.corpus 10000 OUT [--seed 0]`.

Writes into the folder OUT, one JSON object a line and in one order:

- articles.jsonl: the news, for `kg build` and `kg extract`;
- extractions.jsonl: what a perfect reader would extract, for `kg link` (merging at any size, without language model);
- truth.jsonl: for each article its id, which story each event tells, by the place of its trigger, and the id of the first of
  the articles that are copies of each other.

Everything is marked as invented. Towns are real, what happens there is not. The same seed makes the same bytes, and a larger
corpus begins with the smaller one; it covers more days, not more stories a day.
"""

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import msgspec

from benchmarks.invent.reports import Newsroom, Report, Told
from benchmarks.invent.stories import World
from benchmarks.invent.words import read_words
from kg.gazetteer import load_gazetteer


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """The truth of one article."""

    id: str
    wire: str
    told: tuple[Told, ...]


def generate(seed: int = 0) -> Iterator[Report]:
    """Yield invented articles without end."""
    random, words, gazetteer = Random(seed), read_words(), load_gazetteer()  # noqa: S311 - no secret
    countries = {entry.country: entry.name for entry in gazetteer if entry.type == "country" and entry.country}
    newsroom = Newsroom(words, countries, random)
    for today in World(words, gazetteer, random).days():
        for story in today:
            yield from newsroom.reports(story)


def write(folder: Path, articles: int, seed: int = 0) -> None:
    """Write a corpus of so many articles into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("articles", "extractions", "truth")
    files = [(folder / f"{name}.jsonl").open("wb") for name in names]
    encode = msgspec.json.Encoder().encode
    for report in islice(generate(seed), articles):
        article = report.extraction.article
        records = (_line(report), report.extraction, Truth(id=article.id, wire=report.wire, told=report.told))
        for file, record in zip(files, records, strict=True):
            file.write(encode(record) + b"\n")
    for file in files:
        file.close()


def _line(report: Report) -> dict[str, object]:
    """Return the article as a user writes it."""
    article = msgspec.to_builtins(report.extraction.article)
    return {key: value for key, value in article.items() if value is not None}


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.articles, arguments.seed)


if __name__ == "__main__":
    main()
