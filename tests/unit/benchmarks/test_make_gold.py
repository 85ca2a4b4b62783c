"""What the mark-up of one text becomes."""

import runpy
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
MAKE = runpy.run_path(str(ROOT / "benchmarks" / "make_gold.py"))
DOC = """<doc id="X-1" published="2024-02-01">
<T e="9" type="Riot" status="occurred">Riot</T> in the title
<p><A e="1" r="perpetrator">Rebels</A> <T e="1" type="Shelling" status="denied">shelled</T> <A e="1" r="place">the
<LOC>Congo</LOC> town of <LOC>Goma</LOC></A> <A e="1" r="time" d="2024-01-29/2024-01-31">this week</A>,
<A e="1" r="time" d="2024-01-31">Wednesday</A>, killing <N e="1" k="killed" low="12" g="civilians">12 civilians</N> with
<A e="1" r="weapon"><WEA>122mm Grad rockets</WEA></A> and <WEA>mortars</WEA>, <S c="1">the
<ORG>United Nations</ORG> (<ORG>UN</ORG>)</S> <Q c="1" stance="asserts" e="1">said</Q>: <C c="1">the
<A e="1" r="perpetrator">M23 rebels</A> fired</C>. <S c="2">They</S> <Q c="2" stance="denies">denied</Q> it.</p>
<p>The <T e="1" type="Shelling" status="occurred">fire</T> on <A e="1" r="target">them</A> went on.</p>
</doc>"""


@pytest.fixture(scope="module")
def gold() -> Any:
    return MAKE["gold"](ET.fromstring(DOC), "x-1", frozenset({"congo"}))


def test_one_event_for_each_number_with_a_trigger_in_a_paragraph(gold: Any) -> None:
    assert gold["events"] == [
        {
            "id": "e1",
            "type": "Shelling",
            "trigger": "shelled",
            "status": "occurred",
            "date": {"start": "2024-01-31", "end": "2024-01-31"},
            "place": {"name": "Goma", "country": None},
            "perpetrator": ["M23 rebels"],
            "target": ["civilians"],
            "weapons": ["122mm Grad rockets"],
            "casualties": [{"kind": "killed", "low": 12, "high": None, "group": "civilians"}],
        }
    ]


def test_claims_need_content(gold: Any) -> None:
    assert gold["claims"] == [
        {
            "id": "c1",
            "claimant": "United Nations (UN)",
            "stance": "asserts",
            "about": "e1",
            "target": None,
            "cue": "said",
            "content": "the M23 rebels fired",
        }
    ]


def test_entities_are_named_and_have_aliases(gold: Any) -> None:
    assert gold["entities"] == [
        {"name": "Congo", "type": "Place", "aliases": []},
        {"name": "Goma", "type": "Place", "aliases": []},
        {"name": "122mm Grad rockets", "type": "Weapon", "aliases": ["Grad"]},
        {"name": "United Nations", "type": "Organisation", "aliases": ["UN"]},
    ]
