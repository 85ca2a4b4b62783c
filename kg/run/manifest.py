"""What went into a run, with what it was done, and what came out: enough to do it again and to see that nothing changed."""

import datetime as dt
import hashlib
import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from kg.config import Config
from kg.read.folder import walk
from kg.run.build import Options
from kg.run.counts import Counts
from kg.run.sources import Source
from kg.run.tools import Tools, software_version

_PACKAGES = ("msgspec", "numpy", "onnxruntime", "pyoxigraph", "spacy", "tokenizers")
"""Packages whose version may change what is read or written."""
_MOST = 10_000
"""Failures that are listed; all are counted."""


class Hashed(msgspec.Struct, frozen=True, kw_only=True):
    """A file with size in bytes and hash; standard input has neither."""

    path: str
    bytes: int | None = None
    sha256: str | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is asked for, and with what it is done."""

    software: str
    python: str
    packages: dict[str, str]
    ontology: str
    configuration: Config
    fingerprint: str
    options: Options
    live: bool
    inputs: tuple[Hashed, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of a run and what came of it; `time` only when one was given."""

    plan: Plan
    time: dt.datetime | None
    counts: Counts
    failures: tuple[str, ...]
    outputs: tuple[Hashed, ...]


def manifest(plan: Plan, counts: Counts, failures: Sequence[str], outputs: Iterable[Path]) -> bytes:
    """Return the manifest as JSON: the same run has the same bytes."""
    made = Manifest(
        plan=plan,
        time=plan.options.time,
        counts=counts,
        failures=tuple(sorted(failures)[:_MOST]),
        outputs=tuple(hashed(path) for path in sorted(outputs)),
    )
    return msgspec.json.format(msgspec.json.encode(made)) + b"\n"


def plan_of(sources: Sequence[Source], tools: Tools, options: Options) -> Plan:
    """Return the plan of a run; reads the inputs once, for their hashes."""
    return Plan(
        software=software_version(),
        python=platform.python_version(),
        packages={name: metadata.version(name) for name in _PACKAGES},
        ontology=tools.vocab.version,
        configuration=tools.config,
        fingerprint=tools.fingerprint,
        options=options,
        live=tools.live is not None,
        inputs=tuple(_inputs(sources)),
    )


def hashed(path: Path) -> Hashed:
    """Return size and hash of a file; neither when it cannot be read, which whoever needs it will find out.

    A folder stands for the files in it.
    """
    digest, size = hashlib.sha256(), 0
    try:
        files = sorted(item for item in path.rglob("*") if item.is_file()) if path.is_dir() else [path]
        for name in files:
            with name.open("rb") as file:
                while piece := file.read(1 << 20):
                    digest.update(piece)
                    size += len(piece)
    except OSError:
        return Hashed(path=str(path))
    return Hashed(path=str(path), bytes=size, sha256=digest.hexdigest())


def _inputs(sources: Iterable[Source]) -> Iterator[Hashed]:
    for source in sources:
        for name in source.paths:
            if name == "-":
                yield Hashed(path=name)
            elif Path(name).is_dir():
                yield from (hashed(item) for item in walk(Path(name)) if isinstance(item, Path))
            else:
                yield hashed(Path(name))
