"""What all jobs of a run share: how they are set up, what they say when they are done, and how their files are called."""

import zlib
from functools import cache

import msgspec

from kg.config import Config
from kg.run.build import Options
from kg.run.folder import Folder
from kg.run.sources import Kind
from kg.run.tools import Tools, load_tools


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What all jobs of a run share: the work folder, the configuration, the options and how the work is cut.

    `homes` are the homes (`kg.merge.blocks.home`) of events that the user keeps together.
    """

    work: Folder
    config: Config
    options: Options
    live: bool = False
    shards: int = 0
    homes: tuple[str, ...] = ()


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a job did; `problems` tell what could not be used, `homes` is as in `Setup`."""

    number: int
    articles: int = 0
    events: int = 0
    claims: int = 0
    problems: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An `Item` as a line of a shard."""

    kind: Kind
    path: str
    number: int
    data: msgspec.Raw


def shard_name(number: int) -> str:
    """Return the name of the file of shard `number`, in whatever folder."""
    return f"{number:06}.jsonl"


def part_name(number: int) -> str:
    """Return the name of the part of the graph that comes from shard `number`."""
    return f"part-{number:06}.nq"


def partition_of(key: str, setup: Setup) -> int:
    """Return the partition that `key` belongs to."""
    return zlib.crc32(key.encode()) % setup.config.run.partitions


def tools_of(setup: Setup) -> Tools:
    """Return the tools of a worker, which loads them once."""
    return _tools(msgspec.json.encode(setup.config), setup.live)


def prepare(setup: Setup, *, reads: bool) -> None:
    """Load what jobs work with, the language pipeline too when the run `reads` articles."""
    tools = tools_of(setup)
    if reads:
        tools.nlp  # noqa: B018 - loads it


@cache
def _tools(config: bytes, live: bool) -> Tools:  # noqa: FBT001 - what is cached by must be positional
    """Return the tools of a worker, which loads them once."""
    return load_tools(msgspec.json.decode(config, type=Config), live=live)
