"""Precision, recall and F1 of a graph against gold annotation, micro-averaged over all documents."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import pyoxigraph as ox

from kg.evaluate.compare import ROWS, Outcome, align, compare
from kg.evaluate.gold import GoldDocument
from kg.evaluate.predicted import Prediction, read_predictions
from kg.evaluate.reliability import Grade, grades
from kg.vocab import Vocab

DIGITS = 3
"""Decimals that figures are rounded to, before the mean is taken too."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one row: values found that are right, found at all, and annotated.

    >>> Score(right=1, predicted=2, gold=4).f1
    0.333
    """

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the found values that are right; 0 when there are none."""
        return round(_share(self.right, self.predicted), DIGITS)

    @property
    def recall(self) -> float:
        """Share of the annotated values that are found; 0 when there are none."""
        return round(_share(self.right, self.gold), DIGITS)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = _share(self.right, self.predicted), _share(self.right, self.gold)
        return round(2 * precision * recall / (precision + recall), DIGITS) if precision + recall else 0.0


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What came of comparing a graph with gold.

    `scores` has one score for each of `ROWS`; `missing` are the documents that the graph has no article of.
    """

    scores: Mapping[str, Score]
    missing: Sequence[str]
    outcomes: Sequence[Outcome]
    grades: Sequence[Grade]

    @property
    def mean(self) -> float:
        """Mean F1 over all rows."""
        return round(sum(score.f1 for score in self.scores.values()) / len(self.scores), DIGITS)


def evaluate(store: ox.Store, gold: Iterable[GoldDocument], vocab: Vocab) -> Evaluation:
    """Compare a graph with gold annotation.

    Args:
        store: the graph, made with `kg build --no-merge`; articles are found by their `dct:identifier`.
        gold: the annotated documents.
        vocab: knows event types and their families.
    """
    predictions = read_predictions(store, vocab)
    outcomes: list[Outcome] = []
    graded: list[Grade] = []
    missing = []
    for document in gold:
        if document.doc not in predictions:
            missing.append(document.doc)
        aligned = align(document, predictions.get(document.doc, Prediction()), vocab.parents)
        outcomes += compare(aligned)
        graded += grades(aligned)
    return Evaluation(scores=count(outcomes), missing=missing, outcomes=outcomes, grades=graded)


def count(outcomes: Iterable[Outcome]) -> dict[str, Score]:
    """Return the score of each row."""
    rows: dict[str, list[Outcome]] = {row: [] for row in ROWS}
    for outcome in outcomes:
        rows[outcome.row].append(outcome)
    return {
        row: Score(
            right=sum(one.right for one in found),
            predicted=sum(one.found is not None for one in found),
            gold=sum(one.gold is not None for one in found),
        )
        for row, found in rows.items()
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
