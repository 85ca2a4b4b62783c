"""What extraction adds to the language pipeline: `python benchmarks/extraction.py NEWS.jsonl [--words 50000]`.

The articles of NEWS are repeated until they hold enough words. On one core the language pipeline reads them, then `extract`
takes the same documents, in batches; the time of each is added up over all batches. A first round over NEWS warms both up.
"""

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

from kg import nlp
from kg.config import ReadConfig
from kg.extract import extract
from kg.gazetteer import load_gazetteer
from kg.nlp import BATCH
from kg.read import read
from kg.records import Article
from kg.vocab import load_vocab


def measure(articles: Sequence[Article], words: int) -> tuple[float, float, int, int]:
    """Return CPU seconds of the pipeline and of extraction, articles and words read."""
    vocab = load_vocab()
    language = nlp.load(vocab, load_gazetteer())
    size = sum(len(article.text.split()) for article in articles)
    rounds = words // size + 1
    for article, doc in nlp.pipe(language, articles):
        extract(article, doc, vocab)
    reading = extracting = 0.0
    repeated = [*articles] * rounds
    for first in range(0, len(repeated), BATCH):
        with language.memory_zone():
            began = time.process_time()
            pairs = list(nlp.pipe(language, repeated[first : first + BATCH]))
            read_at = time.process_time()
            for article, doc in pairs:
                extract(article, doc, vocab)
            reading += read_at - began
            extracting += time.process_time() - read_at
    return reading, extracting, len(repeated), size * rounds


def main() -> None:
    """Read the command line, stay on one core and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("--words", type=int, default=50_000)
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = read([str(arguments.news)], ReadConfig())
    articles = [article for article in found if isinstance(article, Article)]
    reading, extracting, count, words = measure(articles, arguments.words)
    print(f"{count} articles, {words} words on one core")
    print(f"pipeline: {reading:.2f} s, {words / reading:.0f} words/s, {count / reading:.0f} articles/s")
    print(f"extraction: {extracting:.2f} s, {count / extracting:.0f} articles/s")
    print(f"extraction adds {extracting / reading:.0%} to the pipeline")


if __name__ == "__main__":
    main()
