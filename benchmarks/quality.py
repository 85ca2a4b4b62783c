"""Quality against floors: `python benchmarks/quality.py GOLD_DIR [--floors FILE] [--raise]`.

Builds GOLD_DIR/news.jsonl, scores it against the gold (`docs/reference/gold.md`) and prints F1 of each row beside its floor.
Exit status: 0 nothing is below its floor, 1 something is, 2 there are no floors, or they were changed by hand.

Floors are kept by the name of the data set, the name of GOLD_DIR. They only rise: `--raise` lifts each to the measured F1
less `MARGIN`, and never takes one down; a seal over the floors of a set makes any other change fail. To give up a floor,
delete the block of its set and make it anew with `--raise`, which a reader of the change cannot miss.
"""

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from kg.evaluate import Evaluation, evaluate, news_file, read_gold
from kg.run.build import Options, build
from kg.vocab import load_vocab

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.005
"""How far below the measured F1 a raised floor lies."""


class Floors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least F1 of each row on one data set, and the seal that `seal` makes of them."""

    floors: Mapping[str, float]
    seal: str


def seal(name: str, floors: Mapping[str, float]) -> str:
    """Return what guards the floors of the data set `name` against changes by hand."""
    return hashlib.sha256(msgspec.json.encode([name, sorted(floors.items())])).hexdigest()[:16]


def read_floors(path: Path) -> dict[str, Floors]:
    """Return the floors of all data sets by name; none when there is no such file.

    Raises:
        ValueError: the file has another form, or was changed by hand.
    """
    if not path.exists():
        return {}
    found = msgspec.json.decode(path.read_bytes(), type=dict[str, Floors])
    for name, one in found.items():
        if one.seal != seal(name, one.floors):
            msg = f"{path}: the floors of {name} were changed by hand; they only rise, with --raise"
            raise ValueError(msg)
    return found


def measure(gold: Path) -> dict[str, float]:
    """Return F1 of each row that has gold, and the mean."""
    vocab = load_vocab()
    graph = build(news_file(gold), options=Options(merge=False))
    return figures(evaluate(graph.to_store(), read_gold(gold, vocab), vocab))


def figures(evaluation: Evaluation) -> dict[str, float]:
    """Return F1 of each row that has gold, and the mean."""
    rows = {name: score.f1 for name, score in evaluation.scores.items() if score.gold}
    return rows | {"mean": evaluation.mean}


def raised(floors: Mapping[str, float], measured: Mapping[str, float]) -> dict[str, float]:
    """Return the floors lifted to the measured values less `MARGIN`; none is lowered or lost.

    >>> raised({"event": 0.8, "place": 0.5}, {"event": 0.79, "place": 0.6})
    {'event': 0.8, 'place': 0.595}
    """
    lifted = {row: max(floors.get(row, 0.0), round(value - MARGIN, 3)) for row, value in measured.items()}
    return {**floors, **lifted}


def below(floors: Mapping[str, float], measured: Mapping[str, float]) -> list[str]:
    """Return the rows whose measured value is missing or below its floor."""
    return [row for row, floor in floors.items() if measured.get(row, 0.0) < floor]


def set_name(gold: Path) -> str:
    """Return the name of the data set in a folder."""
    folder = gold.resolve()
    return folder.parent.name if folder.name == "gold" else folder.name


def check(name: str, path: Path, measured: Mapping[str, float], *, lift: bool) -> int:
    """Print the measured values beside their floors, raise these if asked to, and return the exit status."""
    try:
        every = read_floors(path)
    except (ValueError, msgspec.DecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    if name not in every and not lift:
        print(f"{path} has no floors for {name}: make them with --raise", file=sys.stderr)
        return 2
    floors = every[name].floors if name in every else {}
    fallen = below(floors, measured)
    for row in {**measured, **floors}:
        value, floor = measured.get(row, 0.0), floors.get(row, 0.0)
        print(f"{row:12} f1 {value:.3f} floor {floor:.3f}{' BELOW' if row in fallen else ''}")
    if fallen:
        print(f"below the floor: {', '.join(fallen)}", file=sys.stderr)
        return 1
    if lift:
        new = raised(floors, measured)
        every[name] = Floors(floors=new, seal=seal(name, new))
        path.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(every.items()))), indent=1) + b"\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    given = parser.parse_args(arguments)
    return check(set_name(given.gold), given.floors, measure(given.gold), lift=given.lift)


if __name__ == "__main__":
    sys.exit(main())
