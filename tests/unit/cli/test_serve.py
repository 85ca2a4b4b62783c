"""`kg serve` without its extra says what to install."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "jinja2"])
def test_a_missing_extra_is_named(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from kg.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--data", "graph.ttl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"kg serve needs {missing}: pip install 'conflict-kg[server]'" in done.stderr
