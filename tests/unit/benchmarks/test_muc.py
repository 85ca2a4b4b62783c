"""CEAF-REE, on entities small enough to count by hand, and what becomes a filler."""

import json
import runpy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kg.records import Extraction
from kg.vocab import load_vocab

ROOT = Path(__file__).parents[3]
MUC = runpy.run_path(str(ROOT / "benchmarks" / "muc.py"))

GUERRILLAS = {"guerrillas", "guerrilla column"}
FARM = {'"Santo Tomas" presidential farm', "presidential farm"}


@pytest.mark.parametrize(
    ("predicted", "gold", "counts"),
    [
        ([{"guerrillas"}], [GUERRILLAS], (1, 1, 1)),
        ([{"The Guerrillas"}], [GUERRILLAS], (1, 1, 1)),
        ([{"guerrillas", "guerrilla column"}], [GUERRILLAS], (1, 1, 1)),
        ([{"guerrillas", "rebels"}], [GUERRILLAS], (0, 1, 1)),
        ([{"column"}], [GUERRILLAS], (0, 1, 1)),
        ([{"guerrillas"}, {"guerrilla column"}], [GUERRILLAS], (1, 2, 1)),
        ([{"santo tomas presidential farm"}, {"guerrillas"}], [GUERRILLAS, FARM], (2, 2, 2)),
        ([], [GUERRILLAS], (0, 0, 1)),
        ([{"guerrillas"}], [], (0, 1, 0)),
    ],
)
def test_ceaf_ree(predicted: list[set[str]], gold: list[set[str]], counts: tuple[int, int, int]) -> None:
    assert MUC["ceaf_ree"](predicted, gold) == counts


def test_the_alignment_is_the_best_one_not_the_first() -> None:
    # "truck" fits both gold entities, "bus" the first one only.
    assert MUC["ceaf_ree"]([{"truck"}, {"bus"}], [{"truck", "bus"}, {"truck"}]) == (2, 2, 2)


@pytest.mark.parametrize(("edges", "size"), [([], 0), ([[], [0]], 1), ([[0], [0]], 1), ([[0, 1], [0], [1, 2]], 3)])
def test_matching(edges: list[list[int]], size: int) -> None:
    assert MUC["matching"](edges) == size


def test_scores_are_added_up_over_documents_and_roles() -> None:
    first = ({"PerpInd": [{"men"}], "Weapon": [{"bomb"}]}, {"PerpInd": [{"men"}], "Weapon": []})
    second = ({}, {"PerpInd": [{"woman"}], "Victim": [{"mayor"}]})
    counts = MUC["score"]([first, second])
    assert (counts["PerpInd"], counts["Weapon"], counts["Victim"]) == ((1, 1, 2), (0, 1, 0), (0, 0, 1))
    assert counts["total"] == (1, 2, 3)
    assert str(counts["total"]) == "p 0.500 r 0.333 f1 0.400 right 1 predicted 2 gold 3"


def test_objects_that_follow_each_other_are_read(tmp_path: Path) -> None:
    record = {"docid": "D1", "doctext": "a bomb", "extracts": {"Weapon": [[["bomb", 2]], []]}}
    path = tmp_path / "ree_dev.json"
    path.write_text(f"{json.dumps(record, indent=1)}\n{json.dumps(record | {'docid': 'D2'})}\n", encoding="utf-8")
    found = list(MUC["read_documents"](tmp_path, "dev"))
    assert [one.name for one in found] == ["D1", "D2"]
    assert found[0].entities == {"Weapon": [{"bomb"}]}


def extraction(text: str, parts: list[tuple[str, str, str]], event: dict[str, Any]) -> Extraction:
    """Make an extraction of one event; `parts` are role, words and kind, the last word is the head."""
    mentions, participants = [], []
    for number, (role, words, kind) in enumerate(parts, 1):
        start, end = text.index(words), text.index(words) + len(words)
        head = {"start": text.rindex(words.split()[-1], start, end), "end": end}
        mentions.append({"id": f"m{number}", "span": {"start": start, "end": end}, "kind": kind, "head": head})
        participants.append({"role": role, "mention": f"m{number}", "confidence": 0.6})
    named = [one for one in mentions if one["kind"] == "Organisation"]
    entities = [
        {"id": "n1", "kind": "Organisation", "name": "x", "named": True, "mentions": [one["id"] for one in named]}
    ]
    span = {"start": 0, "end": 1}
    shared = {"id": "e1", "trigger": span, "spans": [span], "confidence": 0.7, "status": "Occurred"}
    record = {
        "article": {"id": "a", "text": text},
        "mentions": mentions,
        "entities": entities,
        "events": [shared | {"type": "Bombing", "participants": participants} | event],
    }
    return msgspec.convert(record, Extraction)


TEXT = "two armed men of the FMLN blew up a power station with dynamite and wounded the watchmen and a mayor"
PARTS = [
    ("perpetrator", "two armed men", "Group"),
    ("perpetrator", "FMLN", "Organisation"),
    ("target", "power station", "Group"),
    ("target", "mayor", "Group"),
    ("weapon", "dynamite", "Weapon"),
]
TOLL = {
    "harm": "Injured",
    "low": 2,
    "high": None,
    "group": "watchmen",
    "category": "AnyPerson",
    "span": {"start": 0, "end": 1},
    "confidence": 0.8,
}


def test_fillers() -> None:
    found = MUC["fillers"](extraction(TEXT, PARTS, {"casualties": [TOLL]}), load_vocab())
    assert found == {
        "PerpInd": [{"two armed men"}],
        "PerpOrg": [{"FMLN"}],
        "Target": [{"power station"}],
        "Victim": [{"mayor"}, {"watchmen"}],
        "Weapon": [{"dynamite"}],
    }


@pytest.mark.parametrize("event", [{"type": "ArmedClash"}, {"status": "Denied"}, {"status": "Planned"}])
def test_other_incidents_and_unreal_ones_give_no_fillers(event: dict[str, str]) -> None:
    found = MUC["fillers"](extraction(TEXT, PARTS, event), load_vocab())
    assert not any(found.values())
