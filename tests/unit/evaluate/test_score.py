"""Figures of a small graph against a small gold, worked out by hand."""

from pathlib import Path

import pytest

from kg.evaluate import Evaluation, evaluate, read_gold
from kg.evaluate.errors import frequent
from kg.evaluate.reliability import reliability
from kg.store import load
from kg.vocab import load_vocab

DATA = Path(__file__).parents[2] / "data" / "evaluate"

# Row: right, predicted, gold, F1.
FIGURES = {
    "event": (2, 3, 4, 0.571),
    "type": (1, 3, 4, 0.286),
    "status": (1, 3, 4, 0.286),
    "date": (1, 2, 2, 0.5),
    "place": (1, 2, 2, 0.5),
    "country": (2, 2, 2, 1.0),
    "perpetrator": (2, 3, 2, 0.8),
    "target": (2, 2, 3, 0.8),
    "weapon": (1, 1, 1, 1.0),
    "casualties": (2, 3, 3, 0.667),
    "claim": (2, 3, 3, 0.667),
    "stance": (1, 3, 3, 0.333),
    "entity": (2, 4, 4, 0.5),
}
# Of the first table, all kinds together: bin, records, right.
BINS = [
    ("[0,0.5)", 1, 0),
    ("[0.5,0.6)", 1, 1),
    ("[0.6,0.7)", 7, 5),
    ("[0.7,0.8)", 1, 1),
    ("[0.8,0.9)", 4, 3),
    ("[0.9,1]", 3, 2),
]
ERRORS = {
    ("event", "missed Ceasefire", "small-2: Ceasefire “truce” → –"),
    ("event", "missed Riot", "small-4: Riot “riot” → –"),
    ("event", "spurious Protest", "small-2: – → Protest “rally”"),
    ("type", "DroneStrike instead of AirStrike", "small-2: AirStrike → DroneStrike"),
    ("status", "ongoing instead of occurred", "small-2: occurred → ongoing"),
    ("date", "too narrow", "small-2: 2024-02-01/2024-02-03 → 2024-02-01"),
    ("place", "too coarse", "small-2: Kharkiv → Ukraine"),
    ("perpetrator", "spurious beside others", "small-2: – → pilots"),
    ("target", "missed beside others", "small-2: bridge → –"),
    ("casualties", "other number of killed", "small-2: killed 1 → killed 2"),
    ("claim", "missed denies", "small-2: governor: the bridge was hit → –"),
    ("claim", "spurious asserts", "small-2: – → residents: nobody slept"),
    ("stance", "asserts instead of accuses", "small-2: accuses → asserts"),
    ("entity", "Person instead of Organisation", "small-2: Red Cross → –"),
    ("entity", "spurious Person", "small-2: – → icrc"),
    ("entity", "missed Place", "small-4: Lyon → –"),
    ("entity", "spurious Place", "small-3: – → lyon"),
}


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    vocab = load_vocab()
    return evaluate(load([DATA / "graph.ttl"]), read_gold(DATA, vocab), vocab)


@pytest.mark.parametrize("row", FIGURES)
def test_figures(evaluation: Evaluation, row: str) -> None:
    score = evaluation.scores[row]
    assert (score.right, score.predicted, score.gold, score.f1) == FIGURES[row]


def test_precision_recall_and_mean(evaluation: Evaluation) -> None:
    assert list(evaluation.scores) == list(FIGURES)
    assert (evaluation.scores["event"].precision, evaluation.scores["event"].recall) == (0.667, 0.5)
    assert evaluation.mean == 0.608


def test_documents_that_the_graph_lacks_are_named_and_count_as_missed(evaluation: Evaluation) -> None:
    assert evaluation.missing == ["small-4"]


def test_reliability(evaluation: Evaluation) -> None:
    bins = reliability(evaluation.grades)
    assert [(one.name, one.records, one.right) for one in bins if one.kind == "all"] == BINS
    assert [(one.name, one.records, one.right) for one in bins if one.kind == "place"] == [
        ("[0.6,0.7)", 1, 0),
        ("[0.9,1]", 1, 1),
    ]


def test_kinds_of_error(evaluation: Evaluation) -> None:
    kinds = frequent(evaluation.outcomes, 9)
    own = {(one.row, one.error, one.examples[0]) for one in kinds if "with its event or claim" not in one.error}
    assert own == ERRORS


def test_errors_that_follow_from_others_come_last(evaluation: Evaluation) -> None:
    assert [(one.error, one.count) for one in frequent(evaluation.outcomes, 3) if one.row == "type"] == [
        ("DroneStrike instead of AirStrike", 1),
        ("missed with its event or claim", 2),
        ("spurious with its event or claim", 1),
    ]
