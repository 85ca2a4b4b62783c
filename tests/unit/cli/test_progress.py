"""Progress is shown on terminals alone."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import msgspec

from tests.samples import EXTRACTION

CODE = [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()"]


def records(folder: Path) -> Path:
    path = folder / "records.jsonl"
    path.write_bytes(msgspec.json.encode(EXTRACTION))
    return path


def test_a_terminal_shows_the_step_and_how_far_it_has_come(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = ["link", str(records(tmp_path)), "-o", str(tmp_path / "out.ttl")]
    environment = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen([*CODE, *words], stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
    os.close(ours)
    assert process.returncode == 0
    assert b"reading" in shown
    assert b"1/1" in shown
    assert b"1 article, 1 event, 2 claims" in shown


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 1 << 16)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_elsewhere_there_is_the_summary_alone(tmp_path: Path) -> None:
    words = ["link", str(records(tmp_path)), "-o", str(tmp_path / "out.ttl")]
    done = subprocess.run([*CODE, *words], capture_output=True, text=True, check=False)
    assert done.stderr == "1 article, 1 event, 2 claims\n"
