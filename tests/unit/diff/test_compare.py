"""What differs between two graphs, and the patch that turns one into the other."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from kg.diff import Difference, Kind, compare, patch
from kg.rdf.canonical import canonical
from kg.rdf.namespaces import LABEL, ckg
from kg.records import Extraction, LinkedExtraction
from tests.samples import EXTRACTION, LINKED, quads

EVENT = "https://w3id.org/conflict-kg/id/event/"


def changed(extraction: Extraction) -> list[ox.Quad]:
    return quads(msgspec.structs.replace(LINKED, extraction=extraction))


def second() -> LinkedExtraction:
    """Return the sample as another article tells it."""
    article = msgspec.structs.replace(EXTRACTION.article, id="a2")
    return msgspec.structs.replace(LINKED, extraction=msgspec.structs.replace(EXTRACTION, article=article))


def kinds(difference: Difference) -> list[tuple[str, Kind]]:
    return [(change.thing, change.kind) for change in difference.changes]


def test_equal_graphs_do_not_differ() -> None:
    assert compare(quads(), reversed(quads())) == Difference(changes=(), removed=(), added=())


def test_an_article_more_is_an_event_and_its_tolls_more() -> None:
    difference = compare(quads(), quads(LINKED, second()))
    assert kinds(difference) == [("event", Kind.NEW), *[("toll", Kind.NEW)] * 3]
    assert difference.changes[0].label == "Shelling in Belgorod, 2023-12-30"
    assert difference.changes[0].node.startswith(EVENT)
    assert {change.event for change in difference.changes} == {difference.changes[0].node}
    assert "killed 21 people (Example Wire): Shelling in Belgorod, 2023-12-30" in [c.label for c in difference.changes]


def test_an_article_less_is_an_event_and_its_tolls_less() -> None:
    difference = compare(quads(LINKED, second()), quads())
    assert kinds(difference) == [("event", Kind.VANISHED), *[("toll", Kind.VANISHED)] * 3]


def test_another_number_is_a_toll_for_another_and_changes_the_event() -> None:
    event = EXTRACTION.events[0]
    more = msgspec.structs.replace(event.casualties[2], low=30)
    event = msgspec.structs.replace(event, casualties=(*event.casualties[:2], more))
    difference = compare(quads(), changed(msgspec.structs.replace(EXTRACTION, events=(event,))))
    assert kinds(difference) == [("toll", Kind.NEW), ("toll", Kind.CHANGED), ("toll", Kind.VANISHED)]
    assert "killed at least 30 people" in difference.changes[0].label
    assert set(difference.changes[1].before) == {"conflictsWith"}


def test_a_changed_event_tells_what_changed() -> None:
    event = msgspec.structs.replace(EXTRACTION.events[0], confidence=0.5)
    (change,) = compare(quads(), changed(msgspec.structs.replace(EXTRACTION, events=(event,)))).changes
    assert (change.kind, change.before, change.after) == (
        Kind.CHANGED,
        {"confidence": ("0.8",)},
        {"confidence": ("0.5",)},
    )


def test_another_run_is_no_change_of_an_event() -> None:
    other = [quad for quad in quads() if not quad.predicate.value.endswith("wasGeneratedBy")]
    difference = compare(quads(), other)
    assert difference.changes == ()
    assert difference.removed


def test_an_event_that_takes_the_place_of_another_is_a_change() -> None:
    replaced = [quad.subject for quad in quads() if quad.object == ckg("Event")]
    other = quads(second())
    (new,) = (quad.subject for quad in other if quad.object == ckg("Event"))
    (old,) = replaced
    difference = compare(quads(), [*other, ox.Quad(new, ckg("replaces"), old)])
    assert [(c.node, c.replaces) for c in difference.changes if c.kind is Kind.CHANGED] == [(new.value, old.value)]  # type: ignore[union-attr]
    assert not any(change.kind is Kind.VANISHED and change.thing == "event" for change in difference.changes)


def play(graph: set[ox.Quad], lines: list[str]) -> set[ox.Quad]:
    """Apply a patch as its specification tells."""
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    for line in lines[1:-1]:
        (quad,) = ox.parse(line[2:], ox.RdfFormat.N_QUADS)
        graph = graph - {quad} if line.startswith("D ") else graph | {quad}
    return graph


@pytest.mark.parametrize("named_graphs", [False, True])
def test_the_patch_turns_one_graph_into_the_other(named_graphs: bool) -> None:
    literal = ox.Quad(ox.NamedNode("urn:x"), LABEL, ox.Literal('a "b"\n\\ é <c>', language="en"))
    one = quads(named_graphs=named_graphs)
    other = [*quads(second(), named_graphs=named_graphs), literal]
    assert canonical(play(set(one), list(patch(compare(one, other))))) == canonical(other)


def kg(*words: str | Path) -> subprocess.CompletedProcess[str]:
    code = [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()"]
    return subprocess.run([*code, *map(str, words)], capture_output=True, text=True, check=False)


def test_the_command_reads_files_and_stores(tmp_path: Path) -> None:
    ox.Store(tmp_path / "store").bulk_extend(quads())
    ox.serialize(quads(LINKED, second()), tmp_path / "b.nq", format=ox.RdfFormat.N_QUADS)
    done = kg("diff", tmp_path / "store", tmp_path / "b.nq")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("new       event  Shelling in Belgorod, 2023-12-30  event:")
    assert done.stderr.startswith("4 changes; ")
    told = json.loads(kg("diff", tmp_path / "store", tmp_path / "b.nq", "--format", "json").stdout)
    assert [change["kind"] for change in told] == ["new"] * 4
    lines = kg("diff", tmp_path / "store", tmp_path / "b.nq", "--format", "patch").stdout.splitlines()
    assert canonical(play(set(quads()), lines)) == canonical(quads(LINKED, second()))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = kg("diff", tmp_path / "a.nq", tmp_path / "b.nq")
    assert done.returncode == 4
    assert "a.nq" in done.stderr
