"""The embedded store: sets, locks and refusals."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.store import open_read_only, write


def quad(number: int) -> ox.Quad:
    subject = ox.NamedNode(f"https://example.org/{number}")
    return ox.Quad(subject, ox.NamedNode("https://example.org/p"), ox.Literal(str(number)))


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    quads = [quad(number) for number in range(10)]
    assert write(tmp_path / "store", quads) == 10
    assert write(tmp_path / "store", reversed(quads)) == 10
    assert set(open_read_only(tmp_path / "store")) == set(quads)


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    assert write(tmp_path, []) == 0
    assert len(open_read_only(tmp_path)) == 0


def test_a_second_writer_is_told_to_wait_and_a_reader_works(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    write(folder, [quad(1)])
    code = f"import pyoxigraph, sys; s = pyoxigraph.Store({str(folder)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match="another process: wait"):
            write(folder, [quad(2)])
        assert set(open_read_only(folder)) == {quad(1)}
        writer.communicate(b"")
    assert write(folder, [quad(2)]) == 2


def test_a_folder_with_other_files_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="nothing was written"):
        write(tmp_path, [quad(1)])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("")
    with pytest.raises(StoreError, match="is a file"):
        write(tmp_path / "graph.ttl", [quad(1)])


def test_a_folder_without_write_permission_is_a_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    closed = tmp_path if os.geteuid() else Path("/proc/self")  # root may write everywhere but in /proc
    with pytest.raises(StoreError, match=r"cannot be (written|used)"):
        write(closed / "store", [quad(1)])
    tmp_path.chmod(0o700)


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        open_read_only(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_reading_a_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a store"):
        open_read_only(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n")
    with pytest.raises(StoreError, match="build it again"):
        open_read_only(tmp_path)
