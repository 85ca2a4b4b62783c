"""Kills runs and their workers at random moments: `python -m benchmarks.crash 20 [--seed 0]`.

Every run is gone on with, and must end with the bytes of a run that nobody disturbed, leaving no file behind.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random

import msgspec

from benchmarks.corpus import generate

_CUT = "[run]\nsmall = 1\nrecords = 7\npartitions = 3\n"


class Crashing:
    """Runs of one corpus with two workers, and how long a whole one takes.

    Args:
        folder: where the runs write.
        source: extraction records.
    """

    def __init__(self, folder: Path, source: Path) -> None:
        self._folder, self._source = folder / "runs", source
        self._folder.mkdir()
        self._config = folder / "kg.toml"
        self._config.write_text(_CUT)
        start = time.monotonic()
        done = self.run(*self._words(folder / "whole.nq"))
        if done.returncode:
            raise RuntimeError(done.stderr)
        self._seconds = time.monotonic() - start
        self._whole = (folder / "whole.nq").read_bytes()

    def run(self, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run the command line to its end."""
        return subprocess.run(_command(*words), capture_output=True, text=True, check=False)

    def kill_run(self, moment: float) -> bool:
        """Kill a run after this share of its time, go on with it, and tell whether it ends with the same bytes."""
        target = self._folder / "killed.nq"
        words = self._words(target)
        with subprocess.Popen(_command(*words), stderr=subprocess.DEVNULL) as process:
            time.sleep(moment * self._seconds)
            process.kill()
        return self._ends_well(target, self.run(*words, "--resume"))

    def kill_worker(self, moment: float) -> bool:
        """Kill a worker after this share of the time, and tell whether the run ends with the same bytes."""
        target = self._folder / "hurt.nq"
        with subprocess.Popen(_command(*self._words(target)), stderr=subprocess.PIPE, text=True) as process:
            time.sleep(moment * self._seconds)
            for worker in _workers(process.pid)[:1]:
                os.kill(worker, signal.SIGKILL)
            _, told = process.communicate()
        return self._ends_well(target, subprocess.CompletedProcess((), process.returncode, "", told))

    def left(self) -> list[str]:
        """Return the names of files that runs left behind."""
        return sorted(path.name for path in self._folder.iterdir())

    def _words(self, target: Path) -> tuple[str | Path, ...]:
        return ("link", self._source, "-o", target, "--workers", "2", "--config", self._config)

    def _ends_well(self, target: Path, done: "subprocess.CompletedProcess[str]") -> bool:
        if done.returncode or target.read_bytes() != self._whole:
            print(done.stderr, file=sys.stderr)
            return False
        target.unlink()
        return True


def corpus(folder: Path, articles: int) -> Path:
    """Write extraction records of invented news."""
    path = folder / "records.jsonl"
    reports = islice(generate(), articles)
    path.write_bytes(b"".join(msgspec.json.encode(report.extraction) + b"\n" for report in reports))
    return path


def _command(*words: str | Path) -> list[str]:
    return [sys.executable, "-c", "from kg.cli import main; main()", *map(str, words)]


def _workers(parent: int) -> list[int]:
    """Return the processes that do the work of a run."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def main() -> None:
    """Read the command line, and kill."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", type=int)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crashing = Crashing(folder, corpus(folder, arguments.articles))
        kinds = {"run": crashing.kill_run, "worker": crashing.kill_worker}
        bad = 0
        for kind, kill in kinds.items():
            moments = [random.random() for _ in range(arguments.kills)]
            good = sum(kill(moment) for moment in moments)
            bad += arguments.kills - good
            print(f"{kind} killed {arguments.kills} times: {good} ended with the same bytes")
        print(f"files left: {len(crashing.left())}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
