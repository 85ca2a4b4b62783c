"""Quality stays above its floors, and a floor is not lowered unnoticed."""

import json
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.evaluate import read_gold
from kg.vocab import load_vocab

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "benchmarks" / "quality.py"
SAMPLES = ROOT / "benchmarks" / "samples"
QUALITY = runpy.run_path(str(SCRIPT))
MEASURED = {"event": 0.8, "place": 0.6}


def test_the_samples_are_above_their_floors() -> None:
    done = subprocess.run([sys.executable, SCRIPT, SAMPLES], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(QUALITY["read_floors"](QUALITY["FLOORS"])["samples"].floors) == {
        line.split()[0] for line in done.stdout.splitlines()
    }


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    assert QUALITY["check"]("set", path, MEASURED, lift=True) == 0
    return path


def test_a_floor_lowered_by_hand_is_refused(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = json.loads(floors.read_text())
    changed["set"]["floors"]["event"] -= 0.1
    floors.write_text(json.dumps(changed))
    for lift in (False, True):
        assert QUALITY["check"]("set", floors, MEASURED, lift=lift) == 2
    assert "changed by hand" in capsys.readouterr().err
    assert json.loads(floors.read_text()) == changed


def test_a_floor_taken_out_by_hand_is_refused(floors: Path) -> None:
    changed = json.loads(floors.read_text())
    del changed["set"]["floors"]["event"]
    floors.write_text(json.dumps(changed))
    assert QUALITY["check"]("set", floors, MEASURED, lift=False) == 2


def test_below_a_floor_fails_and_raises_nothing(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = floors.read_bytes()
    assert QUALITY["check"]("set", floors, {"event": 0.9, "place": 0.5}, lift=True) == 1
    assert "place        f1 0.500 floor 0.595 BELOW" in capsys.readouterr().out
    assert floors.read_bytes() == before


def test_raising_never_lowers_a_floor_or_loses_a_row(floors: Path) -> None:
    assert QUALITY["check"]("set", floors, {"event": 0.798, "place": 0.7, "claim": 0.3}, lift=True) == 0
    assert QUALITY["read_floors"](floors)["set"].floors == {"event": 0.795, "place": 0.695, "claim": 0.295}
    assert QUALITY["raised"]({"event": 0.8}, {}) == {"event": 0.8}


def test_a_row_that_is_no_longer_measured_is_below_its_floor(floors: Path) -> None:
    assert QUALITY["check"]("set", floors, {"event": 0.8}, lift=False) == 1


def test_a_set_without_floors(floors: Path) -> None:
    assert QUALITY["check"]("other", floors, MEASURED, lift=False) == 2


def test_the_samples_are_those_that_ship() -> None:
    assert (SAMPLES / "news.jsonl").read_bytes() == (ROOT / "seeds" / "invented.jsonl").read_bytes()


def quotes() -> Iterator[tuple[str, str]]:
    """Yield document and literal words of the gold of the samples."""
    for document in read_gold(SAMPLES, load_vocab()):
        for event in document.events:
            place = [event.place.name] if event.place else []
            for words in (event.trigger, *place, *event.perpetrator, *event.weapons):
                yield document.doc, words
        for claim in document.claims:
            for words in (claim.claimant, claim.cue, claim.content):
                yield document.doc, words
        for entity in document.entities:
            yield document.doc, entity.name


def test_the_gold_of_the_samples_quotes_their_texts() -> None:
    records = map(json.loads, (SAMPLES / "news.jsonl").read_text(encoding="utf-8").splitlines())
    texts = {record["id"]: " ".join(record["text"].split()) for record in records}
    assert [(doc, words) for doc, words in quotes() if words not in texts[doc]] == []
    assert {doc for doc, _ in quotes()} == set(texts)
