"""How well events of several articles become one: `python -m benchmarks.merging FOLDER [--extractions FILE]`.

FOLDER is what `benchmarks.corpus` wrote. Prints, as JSON, for events told in it: precision, recall and F1 by B-cubed over
their clusters (Bagga and Baldwin, Algorithms for Scoring Coreference Chains, 1998); for articles: precision, recall and F1 of
pairs of near-duplicates; and the milliseconds of CPU an article that each step takes. With `--extractions` the records are
another reader's (`kg extract FOLDER/articles.jsonl`); an event of theirs is the story whose trigger it overlaps, events
that overlap none are left out.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import msgspec

from benchmarks.corpus import Truth
from kg.link import link
from kg.merge import unify
from kg.merge.compare import Comparer
from kg.merge.copies import find_copies
from kg.merge.join import join_events
from kg.merge.sign import event_iris, sign
from kg.rdf.graph import Writer
from kg.rdf.telling import Telling
from kg.records import Extraction, LinkedExtraction, Run
from kg.resolved import Clusters, Resolved
from kg.run.tools import Tools, load_tools

Score = dict[str, float]
T = TypeVar("T")


class Clock:
    """Milliseconds of CPU an article by step."""

    def __init__(self, articles: int) -> None:
        self.spent: Score = {}
        self._articles = articles

    def time(self, step: str, work: Callable[[], T]) -> T:
        """Return what `work` returns, and note what it took."""
        began = time.process_time()
        done = work()
        self.spent[step] = 1000 * (time.process_time() - began) / self._articles
        return done


def b_cubed(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> Score:
    """Return precision, recall and F1 of a clustering; both map items to the names of clusters.

    >>> b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1})["precision"]
    1.0
    """
    shared = Counter((found[item], truth[item]) for item in truth)
    sizes, true_sizes = Counter(found[item] for item in truth), Counter(truth.values())
    precision = sum(count * count / sizes[one] for (one, _), count in shared.items()) / len(truth)
    recall = sum(count * count / true_sizes[other] for (_, other), count in shared.items()) / len(truth)
    return _score(precision, recall)


def pairwise(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> Score:
    """Return precision, recall and F1 of the pairs that share a cluster."""
    ours, theirs = set(_pairs(found)), set(_pairs(truth))
    both = len(ours & theirs)
    return _score(both / max(1, len(ours)), both / max(1, len(theirs)))


def _pairs(clusters: Mapping[str, Hashable]) -> Iterator[tuple[str, str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for item, name in clusters.items():
        groups[name].append(item)
    for group in groups.values():
        yield from combinations(sorted(group), 2)


def _score(precision: float, recall: float) -> Score:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def measure(extractions: list[Extraction], truths: Mapping[str, Truth], tools: Tools) -> dict[str, Score]:
    """Return what the module's docstring tells."""
    clock = Clock(len(extractions))
    minter, vocab = tools.minter, tools.vocab
    linked = clock.time("link", lambda: [link(one, tools.gazetteer, tools.config.link) for one in extractions])
    signatures = clock.time("sign", lambda: [sign(one, minter=minter, vocab=vocab) for one in linked])
    events = [event for signature in signatures for event in signature.events]
    clusters = clock.time("events", lambda: join_events(events, Comparer(vocab)))
    copies = clock.time("copies", lambda: find_copies(signature.print for signature in signatures))
    known = Clusters(events=clusters, copies=copies)
    placed = clock.time("unify", lambda: list(unify(linked, minter=minter, vocab=vocab, clusters=known)))
    clock.time("rdf", lambda: _write(placed, known, tools))
    stories = dict(pair for one in linked for pair in _stories(one, truths[one.extraction.article.id], tools))
    wires = {minter.article(one.extraction.article): truths[one.extraction.article.id].wire for one in linked}
    return {
        "events": b_cubed({event: clusters[event].iri if event in clusters else event for event in stories}, stories),
        "near-duplicates": pairwise({article: copies.get(article, article) for article in wires}, wires),
        "milliseconds an article": {step: round(spent, 3) for step, spent in clock.spent.items()},
    }


def _stories(linked: LinkedExtraction, truth: Truth, tools: Tools) -> Iterator[tuple[str, str]]:
    """Yield the IRI and the story of each event that overlaps a true trigger."""
    own = event_iris(linked.extraction, tools.minter.article(linked.extraction.article), tools.minter)
    for event in linked.extraction.events:
        for told in truth.told:
            if told.start < event.trigger.end and event.trigger.start < told.end:
                yield own[event.id], told.story


def _write(placed: list[Resolved], known: Clusters, tools: Tools) -> int:
    """Write all articles and shared events, and return the number of lines."""
    run = Run(software="benchmark", config="", vocab=tools.vocab.version)
    writer = Writer(run=run, minter=tools.minter, vocab=tools.vocab)
    shared: dict[str, list[Telling]] = defaultdict(list)
    count = 0
    for one in placed:
        written = writer.article(one)
        count += len(written.lines)
        for telling in written.shared:
            shared[telling.event].append(telling)
    return count + sum(len(writer.event(told, known.events[event])) for event, told in shared.items())


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extractions", type=Path)
    arguments = parser.parse_args()
    records = arguments.extractions or arguments.folder / "extractions.jsonl"
    truths = (msgspec.json.decode(line, type=Truth) for line in (arguments.folder / "truth.jsonl").open("rb"))
    known = {truth.id: truth for truth in truths}
    extractions = [msgspec.json.decode(line, type=Extraction) for line in records.open("rb")]
    found = measure(extractions, known, load_tools())
    print(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())


if __name__ == "__main__":
    main()
