"""A run that is killed, or whose workers are killed, at any moment ends with the same bytes."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.crash import Crashing, corpus


@pytest.fixture(scope="module")
def crashing(tmp_path_factory: pytest.TempPathFactory) -> Crashing:
    folder = tmp_path_factory.mktemp("crash")
    return Crashing(folder, corpus(folder, articles=60))


@pytest.mark.parametrize("moment", [0.2, 0.6, 0.9])
def test_a_killed_run_goes_on_to_the_same_bytes(crashing: Crashing, moment: float) -> None:
    assert crashing.kill_run(moment)


def test_killed_workers_change_nothing(crashing: Crashing) -> None:
    assert crashing.kill_worker(0.5)


def test_nothing_is_left(crashing: Crashing) -> None:
    assert crashing.left() == []


def test_a_full_disk_is_told_of_and_nothing_half_written(tmp_path: Path) -> None:
    source = corpus(tmp_path, articles=3)
    done = Crashing(tmp_path, source).run("link", source, "-o", "/dev/full")
    assert done.returncode == 4
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("config", ["", "[run]\nsmall = 1\nrecords = 2\npartitions = 2\n"], ids=["memory", "parts"])
def test_no_room_for_the_output_leaves_nothing_half_written(tmp_path: Path, config: str) -> None:
    source, out = corpus(tmp_path, articles=5), tmp_path / "out.ttl"
    (tmp_path / "kg.toml").write_text(config)
    out.write_text("old")
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); from kg.cli import main; main()"
    words = ["link", str(source), "-o", str(out), "--config", str(tmp_path / "kg.toml")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "File too large" in done.stderr
    assert out.read_text() == "old"
    assert not list(tmp_path.rglob("*.part"))
