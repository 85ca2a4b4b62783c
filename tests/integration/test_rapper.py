"""Independent parsers accept what is written: rapper (Debian's raptor2-utils)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, serialise
from tests.samples import MINTER, quads

pytestmark = pytest.mark.integration

RAPPER = {"turtle": "turtle", "ntriples": "ntriples", "nquads": "nquads", "rdfxml": "rdfxml"}
"""rapper's names of the formats that it reads without loss."""


def rapper() -> str:
    """Return the program; without it the test is skipped here and fails in CI."""
    found = shutil.which("rapper")
    if found is None:
        reason = "rapper is missing: apt-get install raptor2-utils"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


@pytest.mark.parametrize("name", RAPPER)
def test_rapper_reads_every_triple(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"graph{FORMATS[name].endings[0]}"
    file.write_bytes(serialise(quads(), FORMATS[name], prefixes=prefixes(MINTER.base)))
    done = subprocess.run(
        [rapper(), "-q", "-i", RAPPER[name], "-o", "ntriples", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert len(set(done.stdout.splitlines())) == len({quad.triple for quad in quads()})
