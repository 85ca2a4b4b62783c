"""Speed and memory of the language pipeline: `python benchmarks/nlp.py NEWS.jsonl [--words 200000] [--articles 100000]`.

Speed: the articles of NEWS are repeated until they hold enough words (so caches of words are warm) and go through `nlp.pipe` on one thread; the bare
encoder then reads the same windows in the same run. Memory: articles made of shuffled sentences of NEWS, with numbers
and names that never come again, are streamed through `kg.nlp.pipe` and the resident set is printed on the way.
"""

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from kg import nlp
from kg.nlp.model import BATCH, LanguageModel
from kg.nlp.windows import batches, read_words, windows
from kg.records import Article


def texts(path: Path) -> list[str]:
    """Return the texts of a JSON Lines file."""
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def speed(found: list[str], words: int) -> None:
    """Print words per second of the pipeline, of the bare encoder, and their ratio."""
    began = time.perf_counter()
    language = nlp.load()
    model = language.get_pipe("kg_model")
    assert isinstance(model, LanguageModel)  # noqa: S101 - the pipeline is ours
    print(f"load, with ontology and gazetteer: {time.perf_counter() - began:.2f} s")
    sizes = [len(text.split()) for text in found]
    repeated = found * (words // sum(sizes) + 1)
    list(language.pipe(found))
    began = time.perf_counter()
    for _ in language.pipe(repeated):
        pass
    whole = time.perf_counter() - began
    numbers = [read_words(language.make_doc(text), model.reader.network.pieces, model.features) for text in repeated]
    longest = model.reader.network.inventory.pieces
    layouts = [
        model.reader.network.pieces.lay_out(batch, numbers) for batch in batches(windows(numbers, longest), BATCH)
    ]
    began = time.perf_counter()
    for layout in layouts:
        model.reader.network.encode(layout)
    bare = time.perf_counter() - began
    total = sum(sizes) * (words // sum(sizes) + 1)
    print(f"pipeline: {total / whole:.0f} words/s over {total} words")
    print(f"bare encoder: {total / bare:.0f} words/s; the pipeline reaches {bare / whole:.0%} of it")


def generated(found: list[str], count: int) -> Iterator[Article]:
    """Yield articles whose numbers and names never come again."""
    rng = random.Random(1)  # noqa: S311 - no secret
    sentences = [sentence for text in found for sentence in re.split(r"(?<=[.!?])\s+", text)]
    for number in range(count):
        chosen = rng.sample(sentences, 4)
        name = "".join(rng.choices("abcdefghiklmnoprstuvz", k=9)).capitalize()
        yield Article(id=str(number), text=f"{' '.join(chosen)} {name} counted {rng.randrange(10**9)} shells.")


def memory(found: list[str], count: int) -> None:
    """Print the resident set while `count` articles stream by."""
    language = nlp.load()
    began = time.perf_counter()
    stream = (pair for zone in nlp.zones(language, generated(found, count)) for pair in zone)
    for number, _ in enumerate(stream, 1):
        if number % max(count // 10, 1) == 0:
            resident = int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024  # type: ignore[index]
            print(
                f"{number} articles: {resident:.0f} MB, {number / (time.perf_counter() - began):.0f} articles/s",
                flush=True,
            )
    print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--articles", type=int, default=0)
    arguments = parser.parse_args()
    found = texts(arguments.news)
    if arguments.words:
        speed(found, arguments.words)
    if arguments.articles:
        memory(found, arguments.articles)


if __name__ == "__main__":
    main()
