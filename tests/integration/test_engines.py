"""The same bytes from every engine, any number of workers, and a scheduler that runs already."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

from benchmarks.crash import corpus

CUT = "[run]\nsmall = 1\nrecords = 10\narticles = 2\npartitions = 3\n"


def kg(*words: str | Path) -> subprocess.CompletedProcess[str]:
    code = [sys.executable, "-c", "from kg.cli import main; main()"]
    return subprocess.run([*code, *map(str, words)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with records, a configuration that cuts them small, and the graph made in memory."""
    path = tmp_path_factory.mktemp("engines")
    (path / "kg.toml").write_text(CUT)
    done = kg("link", corpus(path, articles=60), "-o", path / "whole.ttl")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a Dask scheduler with one worker."""
    path = tmp_path_factory.mktemp("dask")
    program = Path(sys.executable).with_name("dask")
    file = path / "scheduler.json"
    words = ["--scheduler-file", str(file)]
    with (
        (path / "log").open("wb") as log,
        subprocess.Popen([program, "scheduler", "--port", "0", "--no-dashboard", *words], stderr=log) as first,
        subprocess.Popen(
            [program, "worker", "--no-dashboard", "--nthreads", "1", *words], stderr=log, cwd=path
        ) as second,
    ):
        with Client(scheduler_file=str(file), timeout=60) as client:
            client.wait_for_workers(1, timeout=60)
            address = client.scheduler.address
        yield address
        second.terminate()
        first.terminate()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--workers", "2"),
        ("--workers", "3"),
        ("--engine", "dask", "--workers", "2"),
        ("--engine", "ray", "--workers", "2"),
    ],
    ids=" ".join,
)
def test_every_engine_writes_the_same_bytes(folder: Path, words: tuple[str, ...]) -> None:
    out = folder / "out.ttl"
    done = kg("link", folder / "records.jsonl", "-o", out, "--config", folder / "kg.toml", *words)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == (folder / "whole.ttl").read_bytes()


def test_a_scheduler_that_runs_already(folder: Path, scheduler: str) -> None:
    out = folder / "address.ttl"
    words = ("--engine", "dask", "--address", scheduler)
    done = kg("link", folder / "records.jsonl", "-o", out, "--config", folder / "kg.toml", *words)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == (folder / "whole.ttl").read_bytes()


@pytest.mark.parametrize(("engine", "words"), [("ray", "no Ray cluster"), ("dask", "no Dask scheduler")])
def test_no_scheduler_is_told(folder: Path, engine: str, words: str) -> None:
    given = ("--engine", engine, "--address", "127.0.0.1:1")
    done = kg("link", folder / "records.jsonl", "-o", folder / "none.ttl", "--workers", "2", *given)
    assert done.returncode == 4
    assert f"{words} at 127.0.0.1:1" in done.stderr
    shutil.rmtree(folder / ".none.ttl.work", ignore_errors=True)


def test_news_are_read_alike_by_one_worker_and_by_two(folder: Path) -> None:
    text = "Shelling killed {} people in Belgorod on Saturday, officials said. Rebels denied that."
    lines = "".join(f'{{"id": "a{n}", "text": "{text.format(n)}", "published": "2024-01-01"}}\n' for n in range(2, 8))
    (folder / "news.jsonl").write_text(lines)
    outs = []
    for number, words in enumerate([(), ("--workers", "2", "--config", folder / "kg.toml")]):
        outs.append(folder / f"news-{number}.ttl")
        done = kg("build", folder / "news.jsonl", "-o", outs[-1], *words)
        assert done.returncode == 0, done.stderr
    assert outs[0].read_bytes() == outs[1].read_bytes()
