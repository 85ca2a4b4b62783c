"""`kg build NEW --store DIR`: adding is building at once; what a store holds from elsewhere stays."""

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.canonical import canonical
from kg.store.kept import recover

TEXTS = (
    "Shelling killed 21 people in Belgorod on Saturday, officials said.",
    "Protesters marched in Paris on Sunday.",
    "Shelling killed 25 people in Belgorod on Saturday, the governor said.",
)


def kg(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    code = [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()"]
    return subprocess.run([*code, *map(str, words)], capture_output=True, text=True, check=False)


def write(path: Path, *numbers: int) -> Path:
    records = ({"id": f"a{number}", "text": TEXTS[number], "published": "2024-01-01"} for number in numbers)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_adding_is_building_at_once(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first, second = write(tmp_path / "1.jsonl", 0, 1), write(tmp_path / "2.jsonl", 1, 2)
    assert kg("build", first, "--store", store).returncode == 0
    done = kg("build", second, "--store", store, "-o", tmp_path / "added.ttl")
    assert done.stderr.startswith("3 articles, "), done.stderr
    assert kg("build", write(tmp_path / "3.jsonl", 0, 1, 2), "-o", tmp_path / "once.ttl").returncode == 0
    assert (tmp_path / "added.ttl").read_bytes() == (tmp_path / "once.ttl").read_bytes()
    assert canonical(ox.Store.read_only(str(store))) == canonical(ox.parse(path=tmp_path / "once.ttl"))
    assert {path.name for path in tmp_path.iterdir()} == {
        "store",
        "1.jsonl",
        "2.jsonl",
        "3.jsonl",
        "added.ttl",
        "once.ttl",
    }


def test_what_a_store_holds_from_elsewhere_stays(tmp_path: Path) -> None:
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"))
    store = ox.Store(tmp_path / "store")
    store.add(quad)
    del store
    assert kg("build", write(tmp_path / "1.jsonl", 0), "--store", tmp_path / "store").returncode == 0
    found = set(ox.Store.read_only(str(tmp_path / "store")))
    assert quad in found
    assert len(found) > 1


def test_a_store_that_is_written_to_is_told_of_and_kept(tmp_path: Path) -> None:
    store, source = tmp_path / "store", write(tmp_path / "1.jsonl", 0)
    kg("build", source, "--store", store)
    writer = ox.Store(store)
    done = kg("build", source, "--store", store)
    assert done.returncode == 4
    assert "being written by another process" in done.stderr
    assert len(writer) > 0


def test_a_store_between_old_and_new_is_found_again(tmp_path: Path) -> None:
    kg("build", write(tmp_path / "1.jsonl", 0), "--store", tmp_path / "store")
    (tmp_path / "store").rename(tmp_path / ".store.old")
    recover(tmp_path / "store")
    assert len(ox.Store.read_only(str(tmp_path / "store"))) > 0
