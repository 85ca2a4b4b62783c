"""An evaluation as text and as JSON."""

from collections.abc import Iterator

from kg.evaluate.errors import ErrorKind, frequent
from kg.evaluate.reliability import Bin, reliability
from kg.evaluate.score import Evaluation

Figure = float | int
Row = dict[str, Figure]


def table(evaluation: Evaluation) -> dict[str, Row]:
    """Return the figures of each row, and the mean F1 as the last one."""
    rows: dict[str, Row] = {
        name: {
            "p": score.precision,
            "r": score.recall,
            "f1": score.f1,
            "predicted": score.predicted,
            "gold": score.gold,
        }
        for name, score in evaluation.scores.items()
    }
    return rows | {"mean": {"f1": evaluation.mean}}


def text(evaluation: Evaluation, *, errors: int = 0, confidence: bool = True) -> str:
    """Return the table, the reliability table when `confidence`, and the `errors` most frequent errors of each row."""
    parts = [[f"{name:12} {_figures(row)}" for name, row in table(evaluation).items()]]
    if confidence:
        parts.append([f"{one.kind:12} {one.name:9} {_figures(_bin(one))}" for one in reliability(evaluation.grades)])
    parts.append(list(_errors(frequent(evaluation.outcomes, errors))))
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def tree(evaluation: Evaluation, *, errors: int = 0, confidence: bool = True) -> dict[str, object]:
    """Return the same as `text` in a form that becomes JSON, with the documents that the graph lacks."""
    found: dict[str, object] = {"scores": table(evaluation), "missing": list(evaluation.missing)}
    if confidence:
        bins = reliability(evaluation.grades)
        found["reliability"] = [{"kind": one.kind, "bin": one.name, **_bin(one)} for one in bins]
    if errors:
        found["errors"] = frequent(evaluation.outcomes, errors)
    return found


def _figures(row: Row) -> str:
    return " ".join(f"{name} {value}" for name, value in row.items())


def _bin(one: Bin) -> Row:
    return {"records": one.records, "right": one.right, "share": one.share}


def _errors(kinds: list[ErrorKind]) -> Iterator[str]:
    for kind in kinds:
        yield f"{kind.row:12} {kind.count:4} {kind.error}"
        yield from (f"{'':17} {example}" for example in kind.examples)
