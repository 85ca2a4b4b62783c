"""`--wikidata` and `kg gazetteer refresh` with the real client against a server on this machine that plays Wikidata."""

import gzip
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kg.config import LinkConfig, load_config
from kg.gazetteer import load_gazetteer
from kg.link import link
from kg.link.wikidata import open_live
from kg.records import (
    Candidate,
    EntityKind,
    Extraction,
    Link,
    LinkedExtraction,
    Outcome,
)
from kg.run.build import build_from
from kg.run.tools import load_tools
from tests import wikidata
from tests.samples import naming
from tests.wikidata import Wikidata

GAZETTEER = load_gazetteer()
CONFIG = LinkConfig()
ITEM = "http://www.wikidata.org/entity/Q9990000"
TEXT = "In Qorvan's town of Zzarmada, Ibo Kranz of the Front of the Zeven fired a Vilkhara and a Zubrik at Moscow, said Nobody Known."
NAMES = {
    "Zzarmada": EntityKind.PLACE,
    "Ibo Kranz": EntityKind.PERSON,
    "Front of the Zeven": EntityKind.ORGANISATION,
    "Vilkhara": EntityKind.WEAPON,
    "Zubrik": EntityKind.WEAPON,
    "Nobody Known": EntityKind.PERSON,
}


@pytest.fixture
def server() -> Iterator[Wikidata]:
    with wikidata.serve() as running:
        yield running


def extraction(names: dict[str, EntityKind] = NAMES) -> Extraction:
    """Return an article with the names, and nothing else."""
    return naming(TEXT, names)


def links(server: Wikidata, folder: Path, told: list[str] | None = None, **more: float) -> dict[str, Link]:
    """Link the article as `kg link --wikidata` does; what is reported goes into `told`."""
    file = folder / "kg.toml"
    file.write_text(server.config(folder / "cache", **more))
    live = open_live(load_config(file).wikidata, CONFIG, GAZETTEER, (told if told is not None else []).append)
    linked = live.link(link(extraction(), GAZETTEER, CONFIG))
    return dict(zip(NAMES, linked.links, strict=True))


def test_names_that_the_tables_do_not_know_are_found(server: Wikidata, tmp_path: Path) -> None:
    found = links(server, tmp_path)
    assert found["Zzarmada"].target == ITEM + "10"
    place = found["Zzarmada"].candidates[0]
    assert (place.latitude, place.longitude, place.country, place.precision) == (36.18, 36.72, "QO", "settlement")
    assert place.geonames == "https://sws.geonames.org/999010/"
    assert found["Front of the Zeven"].target == ITEM + "13"
    assert found["Zubrik"].target is None, "one article of Wikipedia is too little to be sure"


def test_a_weapon_must_be_a_weapon(server: Wikidata, tmp_path: Path) -> None:
    found = links(server, tmp_path)["Vilkhara"]
    assert found.target == ITEM + "02"
    assert [candidate.target for candidate in found.candidates] == [ITEM + "02"], "the better known album is no rival"


def test_two_people_of_one_name_stay_open(server: Wikidata, tmp_path: Path) -> None:
    found = links(server, tmp_path)["Ibo Kranz"]
    assert (found.outcome, len(found.candidates)) == (Outcome.AMBIGUOUS, 2)


def test_who_is_not_there_stays_unlinked(server: Wikidata, tmp_path: Path) -> None:
    assert links(server, tmp_path)["Nobody Known"].outcome is Outcome.NIL


def test_every_answer_is_asked_for_once(server: Wikidata, tmp_path: Path) -> None:
    first = links(server, tmp_path)
    asked = len(server.paths)
    assert asked == len(NAMES) + 1, "one search a name, one description of all"
    assert links(server, tmp_path) == first
    assert len(server.paths) == asked


def test_old_answers_are_asked_for_again_and_serve_when_nobody_answers(server: Wikidata, tmp_path: Path) -> None:
    first = links(server, tmp_path)
    with sqlite3.connect(tmp_path / "cache" / "wikidata.sqlite") as table:
        table.execute("UPDATE answers SET day = '2001-01-01'")
    server.behaviours = [wikidata.status(503)] * 9
    told: list[str] = []
    again = links(server, tmp_path, told)
    assert {name: link.target for name, link in again.items()} == {name: link.target for name, link in first.items()}
    assert "2001-01-01" in again["Vilkhara"].reasons[0]
    assert len(told) == 1


def test_requests_name_the_program(server: Wikidata, tmp_path: Path) -> None:
    links(server, tmp_path)
    assert all(agent.startswith("conflict-kg (https://") for agent in server.agents)


@pytest.mark.parametrize(
    "behaviour",
    [
        wikidata.status(429, Retry_After="0"),
        wikidata.status(500),
        wikidata.status(503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT"),
        wikidata.slow,
        wikidata.truncated,
        wikidata.broken_off,
        wikidata.lie(b"[]"),
        wikidata.lie(b'{"search": 3, "head": {}, "boolean": true}'),
        wikidata.lie(b"[" * 100_000),
    ],
)
@pytest.mark.parametrize("place", [0, len(NAMES)], ids=["search", "SPARQL"])
def test_a_bad_answer_is_asked_for_again(
    server: Wikidata, tmp_path: Path, behaviour: wikidata.Behaviour, place: int
) -> None:
    told: list[str] = []
    server.behaviours = [lambda handler, answer: handler.send(200, answer())] * place + [behaviour]
    assert links(server, tmp_path, told)["Vilkhara"].target == ITEM + "02"
    assert told == []
    assert len(server.paths) == len(NAMES) + 2


def test_a_service_that_asks_to_wait_is_waited_for(server: Wikidata, tmp_path: Path) -> None:
    server.behaviours = [wikidata.status(429, Retry_After="1")]
    links(server, tmp_path, max_wait=5.0)
    assert server.arrived[1] - server.arrived[0] >= 1.0


def test_requests_keep_apart(server: Wikidata, tmp_path: Path) -> None:
    links(server, tmp_path, pause=0.2)
    gaps = [later - earlier for earlier, later in zip(server.arrived, server.arrived[1:], strict=False)]
    assert min(gaps) >= 0.19


def test_out_of_reach_is_said_once_and_nothing_is_lost(server: Wikidata, tmp_path: Path) -> None:
    server.behaviours = [wikidata.status(500)] * 50
    told: list[str] = []
    found = links(server, tmp_path, told)
    assert all(link.target is None for name, link in found.items() if name != "Moscow")
    assert len(told) == 1
    assert "answers 500, 3 times: check the network; going on without it" in told[0]
    assert len(server.paths) == 3


def test_a_refusal_is_not_tried_again(server: Wikidata, tmp_path: Path) -> None:
    server.behaviours = [wikidata.status(403)]
    told: list[str] = []
    links(server, tmp_path, told)
    assert len(server.paths) == 1
    assert "answers 403" in told[0]


def test_the_requests_of_a_run_are_bounded(server: Wikidata, tmp_path: Path) -> None:
    told: list[str] = []
    links(server, tmp_path, told, limit=3)
    assert len(server.paths) == 3
    assert "wikidata.limit" in told[0]


def test_lies_are_not_believed(server: Wikidata, tmp_path: Path) -> None:
    """An item of another name, of the wrong kind, with a wrong number, or with coordinates out of this world."""
    hits = b'{"search": [{"id": "Q999000003", "match": {"text": "Zzarmada"}}, {"id": "Q1; DROP", "label": "Zzarmada"}, {"id": 7}, null]}'
    rows = (
        b'{"head": {"vars": ["item", "label", "kinds", "position", "sitelinks"]}, "results": {"bindings": [{'
        b'"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q999000003"}, '
        b'"label": {"type": "literal", "value": "Zzarmada"}, "kinds": {"type": "literal", "value": "Weapon|Nonsense"}, '
        b'"position": {"type": "literal", "value": "Point(999 99)"}, "sitelinks": {"type": "literal", "value": "1e99"}}]}}'
    )
    true = [lambda handler, answer: handler.send(200, answer())] * (len(NAMES) - 1)
    server.behaviours = [wikidata.lie(hits), *true, wikidata.lie(rows)]
    found = links(server, tmp_path)
    assert found["Zzarmada"].outcome is Outcome.NIL


def test_the_graph_from_the_command_line(server: Wikidata, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(msgspec.json.encode(extraction()) + b"\n")
    (tmp_path / "kg.toml").write_text(server.config(tmp_path / "cache"))
    done = kg("link", file, "--wikidata", "--config", tmp_path / "kg.toml", "-o", tmp_path / "out.ttl")
    assert done.returncode == 0, done.stderr
    assert "skos:exactMatch wd:Q999000002" in (tmp_path / "out.ttl").read_text()


def test_nothing_is_asked_without_the_option(server: Wikidata, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(server.config(tmp_path / "cache"))
    build_from([extraction()], tools=load_tools(load_config(tmp_path / "kg.toml")))
    assert server.paths == []
    assert not (tmp_path / "cache").exists()


def test_geonames_numbers_become_items(server: Wikidata, tmp_path: Path) -> None:
    target = "https://sws.geonames.org/999010/"
    known = Candidate(target=target, name="Zzarmada", score=0.9, source="geonames")
    by_number = Link(entity="n0", outcome=Outcome.LINKED, target=target, candidates=(known,))
    file = tmp_path / "kg.toml"
    file.write_text(server.config(tmp_path / "cache"))
    live = open_live(load_config(file).wikidata, CONFIG, GAZETTEER, print)
    made = LinkedExtraction(extraction=extraction({"Zzarmada": EntityKind.PLACE}), links=(by_number,))
    (found,) = live.link(made).links
    assert (found.target, found.candidates[0].geonames) == (ITEM + "10", target)


def test_refresh_writes_a_dated_table_that_links(server: Wikidata, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(server.config(tmp_path / "cache"))
    done = kg("gazetteer", "refresh", "-o", tmp_path / "tables", "--config", tmp_path / "kg.toml")
    assert done.returncode == 0, done.stderr
    table = Path(done.stdout.strip())
    rows = gzip.decompress(table.read_bytes()).decode().splitlines()
    assert {row.split("\t")[3] for row in rows} == {"Vilkhara", "Zzarmada", "Front of the Zeven", "Tamo Verrin"}
    assert all(row.split("\t")[11].startswith("wikidata 2") and row.split("\t")[12] == "CC0-1.0" for row in rows)
    gazetteer = load_gazetteer(more=[table])
    assert [one.target for one in gazetteer.lookup("R624 Vilkhara", EntityKind.WEAPON)] == [ITEM + "02"]
    assert [one.type for one in gazetteer.lookup("Verrin", EntityKind.PERSON)] == ["head of state of Qorvan"]


def test_refresh_writes_nothing_when_wikidata_is_out_of_reach(server: Wikidata, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(server.config(tmp_path / "cache"))
    server.behaviours = [wikidata.status(500)] * 50
    done = kg("gazetteer", "refresh", "-o", tmp_path / "tables", "--config", tmp_path / "kg.toml")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "tables").exists()


def kg(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/")},
    )
