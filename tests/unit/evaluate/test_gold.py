"""Gold files: the form is checked, and errors say where and what."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import news_file, read_gold
from kg.vocab import load_vocab

EVENT = {
    "id": "e1",
    "type": "Shelling",
    "trigger": "shelled",
    "status": "occurred",
    "date": None,
    "place": None,
    "perpetrator": [],
    "target": [],
    "weapons": [],
    "casualties": [],
}
DOCUMENT = {"doc": "d1", "published": None, "events": [EVENT], "claims": [], "entities": []}
CLAIM = {"id": "c1", "claimant": "army", "stance": "asserts", "cue": "said", "content": "so", "about": "e2"}


def write(folder: Path, name: str = "d1", **changes: Any) -> None:
    (folder / f"{name}.json").write_text(json.dumps(DOCUMENT | changes), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"events": [EVENT | {"type": "Battle"}]}, "e1: there is no type 'Battle'"),
        ({"events": [EVENT | {"status": "Occurred"}]}, "e1: there is no status 'Occurred'"),
        ({"events": [EVENT | {"date": {"start": "soon", "end": "2024-01-01"}}]}, r"\$\.events\[0\]\.date\.start"),
        ({"events": [EVENT | {"casualties": [{"kind": "hurt", "low": 1, "high": 1}]}]}, "no kind of casualty 'hurt'"),
        ({"claims": [CLAIM]}, "c1: there is no event 'e2'"),
        ({"claims": [CLAIM | {"stance": "says", "about": None}]}, "no stance 'says'"),
        ({"entities": [{"name": "x", "type": "Group"}]}, "x: there is no type of entity 'Group'"),
        ({"events": None}, "not gold annotation"),
    ],
)
def test_wrong_values_are_named_with_their_file(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    write(tmp_path, **changes)
    with pytest.raises(InputError, match=rf"d1\.json: .*{words}"):
        read_gold(tmp_path, load_vocab())


def test_a_document_is_annotated_once(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "other")
    with pytest.raises(InputError, match=r"other\.json: doc 'd1' is annotated in d1\.json too"):
        read_gold(tmp_path, load_vocab())


def test_a_folder_without_gold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold here"):
        read_gold(tmp_path, load_vocab())


@pytest.mark.parametrize("name", [".", "gold"])
def test_news_lie_beside_or_above_the_gold(tmp_path: Path, name: str) -> None:
    (tmp_path / "gold").mkdir()
    with pytest.raises(InputError, match=r"no news\.jsonl"):
        news_file(tmp_path / name)
    (tmp_path / "news.jsonl").touch()
    assert news_file(tmp_path / name) == tmp_path / "news.jsonl"
