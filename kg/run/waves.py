"""A run of any size: shards of articles to parts of the graph, in two waves over files, on any engine.

Everything that is done is written in the work folder under its own name, whole or not at all, so that a run that was stopped
at any moment goes on from there, and ends with the same bytes.

    plan.json           what the run was asked for; another run's folder is not gone on with
    shards/             the articles, cut; shards.json comes last and tells how many
    linked/ sightings/ events/ prints/      the first wave (`kg.run.jobs.read_shard`)
    nodes/ clusters/ whole/ copied/         what things are called, which events and articles are one (`join_partition`)
    copies.jsonl                            which articles are copies (`kg.run.merging`)
    parts/ tellings/                        the second wave (`write_part`, `fold_events`)
    done/               what each job said when it was done
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain

import msgspec

from kg.errors import InputError
from kg.run.engines import Engine
from kg.run.folder import Folder
from kg.run.job import Done, Setup, Stored, part_name
from kg.run.job import shard_name as name_of
from kg.run.jobs import fold_events, join_partition, read_shard, write_part
from kg.run.merging import collect_copies
from kg.run.report import Report
from kg.run.sources import Item, Kind, shards
from kg.run.watch import Watch

_PLAN = "plan.json"
_SHARDS = "shards.json"


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a graph in the folder `work`, with counts of what they tell."""

    work: Folder
    shards: int
    files: int
    articles: int
    events: int
    claims: int
    problems: tuple[str, ...]

    @property
    def folder(self) -> Folder:
        """Where the parts lie."""
        return self.work.sub("parts")

    def names(self) -> list[str]:
        """Return the names of the parts, in order."""
        return [part_name(number) for number in range(self.files)]


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into a run: `items` fills `problems`, which were told of already, while it is read."""

    items: Iterable[Item]
    problems: list[str]


class _Cut(msgspec.Struct, frozen=True, kw_only=True):
    """How the input was cut: articles of each shard, and what could not be read."""

    sizes: tuple[int, ...]
    problems: tuple[str, ...]


def begin(work: Folder, plan: bytes, kept: bytes, *, resume: bool) -> None:
    """Make the work folder ready.

    Args:
        work: the folder; unless a run goes on, what it holds is removed.
        plan: what the run is asked for.
        kept: what the store was made from before; when that has changed, everything is done anew.
        resume: go on with what is there.

    Raises:
        InputError: what is there is another run's.
        OSError: the folder cannot be written.
    """
    former = _read_plan(work) if resume else None
    if former is not None and former[0] != plan:
        msg = f"{work.path} is the work of a run with other input, options or version: start without --resume"
        raise InputError(msg)
    if former == (plan, kept):
        return
    work.empty()
    with work.write(_PLAN) as file:
        file.write(plan + b"\n" + kept)


def _read_plan(work: Folder) -> tuple[bytes, bytes] | None:
    if _PLAN not in work.names():
        return None
    with work.read(_PLAN) as file:
        plan, _, kept = file.read().partition(b"\n")
    return plan, kept


def run(feed: Feed, setup: Setup, engine: Engine, report: Report, watch: Watch) -> Parts:
    """Do, or go on with, a run, and return the parts of its graph.

    Args:
        feed: what is read, unless that was done before.
        setup: the work folder, as `begin` left it, and how to work.
        engine: does the jobs.
        report: told of everything that cannot be used.
        watch: told how far the run has come.

    Raises:
        KgError: an article is no reason; a worker that dies again and again is.
        OSError: the work folder cannot be read or written.
    """
    cut = _cut(feed, setup, report, watch)
    count = len(cut.sizes)
    ready = msgspec.structs.replace(setup, shards=count)
    read = _wave("reading", read_shard, ready, cut.sizes, engine, watch)
    for done in read:
        for problem in done.problems:
            report(problem)
    homes = {home for done in read for home in done.homes}
    ready = msgspec.structs.replace(ready, homes=tuple(sorted(homes)))
    every = [1] * setup.config.run.partitions
    merged = _wave("joining", join_partition, ready, every, engine, watch)
    if setup.options.merge:
        _wave("copies", collect_copies, ready, [1], engine, watch)
    _wave("writing", write_part, ready, cut.sizes, engine, watch)
    if setup.options.merge:
        _wave("events", fold_events, ready, every, engine, watch)
    return Parts(
        work=setup.work,
        shards=count,
        files=count + (len(every) if setup.options.merge else 0),
        articles=sum(done.articles for done in read),
        events=sum(done.events for done in (*read, *merged)),
        claims=sum(done.claims for done in read),
        problems=tuple(chain(cut.problems, *(done.problems for done in read))),
    )


def _cut(feed: Feed, setup: Setup, report: Report, watch: Watch) -> _Cut:
    """Write the shards, unless that was done before."""
    if _SHARDS in setup.work.names():
        with setup.work.read(_SHARDS) as file:
            cut = msgspec.json.decode(file.read(), type=_Cut)
        for problem in cut.problems:
            report(problem)
        return cut
    sizes = []
    size = {Kind.ARTICLES: setup.config.run.articles, Kind.RECORDS: setup.config.run.records}
    watch.begin("cutting", 0)
    for number, shard in enumerate(shards(feed.items, size)):
        with setup.work.sub("shards").write(name_of(number)) as file:
            for item in shard:
                stored = Stored(kind=item.kind, path=item.path, number=item.number, data=msgspec.Raw(item.data))
                file.write(msgspec.json.encode(stored) + b"\n")
        sizes.append(len(shard))
        watch.advance(len(shard))
    cut = _Cut(sizes=tuple(sizes), problems=tuple(feed.problems))
    with setup.work.write(_SHARDS) as file:
        file.write(msgspec.json.encode(cut))
    return cut


def _wave(
    step: str, work: Callable[[Setup, int], Done], setup: Setup, sizes: Sequence[int], engine: Engine, watch: Watch
) -> list[Done]:
    """Do the jobs of a step that are not done yet, and return what all of them said, in their order; `sizes` are theirs."""
    numbers = range(len(sizes))
    folder = setup.work.sub("done")
    there = set(folder.names())
    names = {number: f"{step}-{number:06}.json" for number in numbers}
    found: dict[int, Done] = {}
    watch.begin(step, sum(sizes))
    for number in numbers:
        if names[number] in there:
            with folder.read(names[number]) as file:
                found[number] = msgspec.json.decode(file.read(), type=Done)
            watch.advance(sizes[number])
    missing = [number for number in numbers if number not in found]
    for done in engine.map(partial(_job, work, setup, step), missing):
        found[done.number] = done
        watch.advance(sizes[done.number])
    return [found[number] for number in numbers]


def _job(work: Callable[[Setup, int], Done], setup: Setup, step: str, number: int) -> Done:
    """Do one job, and write down that it is done."""
    done = work(setup, number)
    with setup.work.sub("done").write(f"{step}-{number:06}.json") as file:
        file.write(msgspec.json.encode(done))
    return done
