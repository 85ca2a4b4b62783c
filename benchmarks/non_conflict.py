"""Spurious events in texts that tell of no conflict: `python -m benchmarks.non_conflict CORPORA [--show]`.

The texts are those of written/ without events, which are full of words such as "strike" and "shot" in other senses, and
those of GUM that are no news: 200 in all, those of written/ first. Every event found counts as spurious. (The language
model has seen most of these texts in training: read the figure beside the one on texts held out, which is printed too.)
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import spacy

from kg import nlp
from kg.extract import extract
from kg.records import Article
from kg.run.tools import load_tools
from training.model import corpora
from training.model.document import laid_out

TEXTS = 200


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield corpus and text of the documents without events."""
    words = spacy.blank("en").vocab
    for document in (*corpora.written(folder), *corpora.gum(folder)):
        if document.groups.get("triggers") or "_news_" in document.name:
            continue
        yield f"{document.corpus}/{document.name.rpartition('/')[2]}", laid_out(document, words)[0].text


def main() -> None:
    """Read the command line, extract and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="CORPORA")
    parser.add_argument("--show", action="store_true", help="print each spurious event with its words")
    given = parser.parse_args()
    listed = corpora.names(Path("training/held_out.txt"))
    tools = load_tools()
    found = [Article(id=name, text=text) for name, text in texts(given.folder)][:TEXTS]
    counts: dict[str, Counter[str]] = {}
    for article, doc in nlp.pipe(tools.nlp, found):
        extraction = extract(article, doc, tools.vocab)
        corpus, _, name = article.id.partition("/")
        groups = [corpus, "all"] + ["held out"] * corpora.held_out(corpus, name, listed)
        for group in groups:
            counts.setdefault(group, Counter()).update(texts=1, events=len(extraction.events))
        for event in extraction.events if given.show else ():
            near = article.text[max(0, event.trigger.start - 60) : event.trigger.end + 40].replace("\n", " ")
            print(f"{article.id}: {event.type} ({event.confidence}) {event.trigger.of(article.text)!r}: {near}")
    for group, count in counts.items():
        rate = 100 * count["events"] / count["texts"]
        print(f"{group:10} {count['texts']:4} texts {count['events']:4} events {rate:6.1f} in a hundred texts")


if __name__ == "__main__":
    main()
