"""Engines: every job once, errors as they are, dead workers replaced."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.errors import ConfigError, EngineError, InputError, MissingExtraError
from kg.run.engines import ENGINES, Engine, open_engine
from kg.run.engines.local import Here, Local


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    raise InputError(f"no {number}")


def die_once(folder: Path, number: int) -> int:
    """End the worker the first time that one of the jobs 3, 4 and 5 is done."""
    mark = folder / str(number)
    if number in {3, 4, 5} and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def note(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    raise InputError("a job would say so too")


def noted(folder: Path, _: int) -> bool:
    return any(folder.iterdir())


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def process(number: int) -> tuple[int, int]:
    time.sleep(0.3)
    return number, os.getpid()


@pytest.fixture(params=["here", "local", "dask", "ray"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    name = "local" if request.param == "here" else request.param
    with open_engine(name, workers=1 if request.param == "here" else 2) as opened:
        yield opened


def test_every_job_is_done_once_and_jobs_come_when_they_are_needed(engine: Engine) -> None:
    asked: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(20):
            asked.append(number)
            yield number

    results = engine.map(double, jobs())
    found = [next(results)]
    assert len(asked) < 10
    found += results
    assert sorted(found) == [2 * number for number in range(20)]
    assert list(engine.map(double, ())) == []
    with pytest.raises(InputError, match="no 1"):
        list(engine.map(refuse, [1]))
    assert list(engine.map(double, [4])) == [8]


def test_workers_work_side_by_side() -> None:
    with Local(2) as engine:
        found = list(engine.map(process, range(4)))
    assert len({pid for _, pid in found} - {os.getpid()}) == 2


def test_dead_workers_are_replaced_and_their_jobs_done_again(tmp_path: Path) -> None:
    with Local(2) as engine:
        assert sorted(engine.map(partial(die_once, tmp_path), range(8))) == list(range(8))


def test_a_job_that_always_ends_its_worker_is_named_and_the_others_are_not_blamed() -> None:
    with Local(2) as engine, pytest.raises(EngineError, match=r"^3 ended its worker"):
        list(engine.map(die, range(8)))


def test_one_local_worker_is_this_process() -> None:
    assert isinstance(open_engine("local"), Here)


def test_workers_end_with_their_engine() -> None:
    with Local(2) as engine:
        pids = {pid for _, pid in engine.map(process, range(4))}
    time.sleep(0.5)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize(
    ("name", "address", "words"), [("spark", "", "choose one of local, dask, ray"), ("local", "tcp://x", "no address")]
)
def test_wrong_engines_are_refused(name: str, address: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        open_engine(name, address=address)


def test_engines_are_imported_when_asked_for() -> None:
    code = "import sys, kg.cli.graph; print([n for n in ('dask', 'distributed', 'ray', 'fsspec') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert set(ENGINES) == {"local", "dask", "ray"}


@pytest.mark.parametrize(("name", "package"), [("dask", "dask"), ("ray", "ray")])
def test_a_missing_package_is_told(name: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match="pip install 'conflict-kg"):
        open_engine(name, workers=2)


def test_workers_get_ready_before_the_first_job_and_what_fails_then_is_left_to_it(tmp_path: Path) -> None:
    with open_engine("local", workers=2, prepare=partial(note, tmp_path)) as engine:
        assert list(engine.map(partial(noted, tmp_path), range(3))) == [True] * 3
