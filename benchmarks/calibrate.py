"""Fits the confidence of records: `python -m benchmarks.calibrate GOLD_DIR [-o kg/extract/confidence.json]`.

Builds the graph of each article of GOLD_DIR, notes the clues of every record, and whether the annotation agrees with the
record as `kg eval` decides it; then fits one logistic regression for each kind of record (`training/logistic.py`).
Prints the share that is right among records of each confidence, in the fit and when each tenth of the documents is held
out of it (the honest figure).
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg import nlp
from kg.evaluate import evaluate, news_file, read_gold
from kg.evaluate.reliability import Grade, reliability
from kg.extract import extract
from kg.extract.confidence import BIAS, Clues, Confidence, load_confidence
from kg.run.build import Options, build_from
from kg.run.extract import articles
from kg.run.tools import Tools, load_tools
from training import logistic

PENALTY, BIAS_PENALTY = 2.0, 0.01
FOLDS = 10
HUNDREDTHS = 100
"""A graph keeps confidence in hundredths, so one article may have so many records of a kind."""


class Seen(NamedTuple):
    """A record: the number of its document, its kind, its clues, whether it is right."""

    document: int
    kind: str
    clues: Clues
    right: bool


class Recorder(Confidence, frozen=True):
    """Gives each record of an article a confidence of its own, by which it is found again in the graph."""

    seen: dict[tuple[str, float], Clues]

    def of(self, kind: str, clues: Clues) -> float:
        """Remember the clues; return the next free confidence."""
        number = sum(1 for known, _ in self.seen if known == kind)
        if kind == "event":
            self.seen[kind, number / HUNDREDTHS] = clues
            return number / HUNDREDTHS
        event = load_confidence().of("event", self.seen["event", clues["event"]]) if "event" in clues else 0.0
        self.seen[kind, number / HUNDREDTHS] = {**clues, "event": event} if "event" in clues else clues
        return number / HUNDREDTHS


def records(folder: Path, tools: Tools) -> list[Seen]:
    """Return the records of all articles of `folder` that have gold."""
    gold = {document.doc: document for document in read_gold(folder, tools.vocab)}
    found: list[Seen] = []
    stream = articles(news_file(folder), tools.config.read, print)
    for number, (article, doc) in enumerate(nlp.pipe(tools.nlp, stream)):
        if article.id in gold:
            recorder = Recorder(load_confidence().weights, {})
            extraction = extract(article, doc, tools.vocab, recorder)
            graph = build_from([extraction], tools=tools, options=Options(merge=False), report=print)
            graded = evaluate(graph.to_store(), [gold[article.id]], tools.vocab).grades
            found += [
                Seen(number, one.kind, recorder.seen[one.kind, round(one.confidence, 2)], one.right) for one in graded
            ]
    return found


def fit(seen: Sequence[Seen], names: Sequence[str]) -> NDArray[np.float64]:
    """Return the weights of the clues `names`, the bias last."""
    x = np.array([[one.clues[name] for name in names] for one in seen])
    y = np.array([float(one.right) for one in seen])
    return logistic.fit(x, y, PENALTY, BIAS_PENALTY)


def fitted(seen: Sequence[Seen]) -> Confidence:
    """Return the weights of every kind of record."""
    weights: dict[str, Mapping[str, float]] = {}
    for kind, known in load_confidence().weights.items():
        names = [name for name in known if name != BIAS]
        own = [one for one in seen if one.kind == kind]
        *values, bias = fit(own, names).tolist()
        weights[kind] = {BIAS: round(bias, 2), **{n: round(v, 2) for n, v in zip(names, values, strict=True)}}
    return Confidence(weights)


def show(title: str, pairs: Iterable[tuple[Seen, float]]) -> None:
    """Print the share that is right among records of each confidence."""
    print(title)
    graded = [Grade(kind=one.kind, confidence=confidence, right=one.right) for one, confidence in pairs]
    for row in reliability(graded):
        print(f"  {row.kind:12} {row.name:10} {row.records:5} {row.right:5} {row.share:.3f}")


def main() -> None:
    """Read the command line, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="GOLD_DIR")
    parser.add_argument("-o", "--output", type=Path, help="write the weights (JSON)")
    given = parser.parse_args()
    seen = records(given.folder, load_tools())
    held = []
    for fold in range(FOLDS):
        model = fitted([one for one in seen if one.document % FOLDS != fold])
        held += [(one, model.of(one.kind, one.clues)) for one in seen if one.document % FOLDS == fold]
    show("each tenth held out", held)
    model = fitted(seen)
    show("all", [(one, model.of(one.kind, one.clues)) for one in seen])
    if given.output:
        given.output.write_text(json.dumps(model.weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
