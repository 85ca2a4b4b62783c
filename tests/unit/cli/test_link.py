"""`kg link`: ready records to a graph, without the language model."""

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

TEXT = "Shelling killed 21 people in Belgorod on Saturday, officials in Tripoli said."


def kg(*words: str | Path, give: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        input=give,
        env={"PATH": "/usr/bin:/bin"},
    )


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of extraction records, beside the graph that `kg build` makes of the same articles."""
    folder = tmp_path_factory.mktemp("link")
    articles = [{"id": f"a{number}", "text": TEXT, "published": f"2024-01-0{number}"} for number in (1, 2)]
    (folder / "in.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles))
    done = kg("build", folder / "in.jsonl", "-o", folder / "built.nt", "--extractions", folder / "records.jsonl")
    assert done.returncode == 0, done.stderr
    return folder / "records.jsonl"


def statements(path: Path) -> set[tuple[str, str, str]]:
    """Return the triples of a file; the run, which names the configuration, is taken out."""
    found = {(str(t.subject), str(t.predicate), str(t.object)) for t in ox.parse(path=str(path))}
    return {triple for triple in found if "/id/run/" not in "".join(triple)}


def test_the_graph_is_that_of_build(records: Path, tmp_path: Path) -> None:
    done = kg("link", records, "-o", tmp_path / "out.nt")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.nt").read_bytes() == records.with_name("built.nt").read_bytes()


def test_a_changed_link_changes_nothing_else(records: Path, tmp_path: Path) -> None:
    """Of the graph without merging only what is said about the one entity and its links differs."""
    (tmp_path / "overrides.tsv").write_text("Belgorod\t\tNIL\n")
    (tmp_path / "kg.toml").write_text('[link]\noverrides = "overrides.tsv"\n')
    kg("link", records, "--no-merge", "-o", tmp_path / "before.nt")
    done = kg("link", records, "--no-merge", "--config", tmp_path / "kg.toml", "-o", tmp_path / "after.nt")
    assert done.returncode == 0, done.stderr
    before, after = statements(tmp_path / "before.nt"), statements(tmp_path / "after.nt")
    changed = {
        predicate
        for subject, predicate, _ in before ^ after
        if "/id/link/" not in subject and "/id/geometry/" not in subject
    }
    names = {predicate.rsplit("/", 1)[-1].rsplit("#", 1)[-1].rstrip(">") for predicate in changed}
    assert names == {"exactMatch", "geonames", "countryCode", "placePrecision", "lat", "long", "hasGeometry"}
    assert len({subject for subject, _, _ in before ^ after if "/id/place/" in subject}) == 2


def test_coarse_coordinates(records: Path, tmp_path: Path) -> None:
    done = kg("link", records, "--coarsen", "0.5", "-o", tmp_path / "out.nt")
    assert done.returncode == 0, done.stderr
    assert {o for _, p, o in statements(tmp_path / "out.nt") if p.endswith("#lat>") and "50" in o} == {
        '"50.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    }


def test_a_grid_out_of_range(records: Path) -> None:
    done = kg("link", records, "--coarsen", "-1")
    assert done.returncode == 2
    assert "--coarsen" in done.stderr


def test_a_line_that_is_no_record_is_named_and_the_others_go_on(records: Path) -> None:
    lines = records.read_text().splitlines()
    done = kg("link", "-", give=f'{lines[0]}\n{{"article": 1}}\n\n{lines[1]}\n')
    assert done.returncode == 0, done.stderr
    problem, summary = done.stderr.splitlines()
    assert problem.startswith("kg: standard input:2: no extraction record")
    assert summary.startswith("2 articles")
    assert summary.endswith("; 1 problem")


def test_a_missing_file(tmp_path: Path) -> None:
    done = kg("link", tmp_path / "none.jsonl")
    assert done.returncode == 4
    assert done.stderr == f"kg: error: {tmp_path / 'none.jsonl'}: No such file or directory: check the path\n"
