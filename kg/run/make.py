"""From sources to files and a store: in memory when there is little, in waves of any size when there is much."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import chain, islice
from pathlib import Path

import msgspec

from kg.errors import InputError
from kg.rdf.serialise import Format
from kg.records import Extraction
from kg.run.build import Options, graph_of
from kg.run.counts import Counts
from kg.run.engines import open_engine
from kg.run.files import STDOUT, whole_file
from kg.run.folder import Folder
from kg.run.job import Setup, prepare
from kg.run.linking import link_all
from kg.run.made import InParts, Made, Whole
from kg.run.manifest import hashed, manifest, plan_of
from kg.run.report import Report, log_problem
from kg.run.sources import Item, Kind, Source, extractions, items
from kg.run.tools import Tools
from kg.run.watch import Silent, Watch
from kg.run.waves import Feed, begin, run
from kg.store.kept import put, records_of


class Outputs(msgspec.Struct, frozen=True, kw_only=True):
    """Where the graph goes: a file, or a folder for its parts; a store; the extraction records; the manifest."""

    form: Format
    file: Path | None = None
    parts: Folder | None = None
    store: Path | None = None
    records: Path | None = None
    manifest: Path | None = None


class Labour(msgspec.Struct, frozen=True, kw_only=True):
    """How the work is done: see `open_engine`; `work` is the folder of what is done so far, by default beside the output."""

    workers: int = 1
    engine: str = "local"
    address: str = ""
    resume: bool = False
    work: Folder | None = None


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What to make: of what, how, by whom, and where to."""

    sources: tuple[Source, ...]
    options: Options
    outputs: Outputs
    labour: Labour = Labour()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told: `report` of everything that cannot be used, `watch` of how far the run has come."""

    report: Report = log_problem
    watch: Watch = Silent()


def make(request: Request, *, tools: Tools, told: Told) -> Counts:
    """Make the graph of all that the sources hold, with what the store was made from before, and write it.

    Nothing is written before everything is known, and every file is written whole or not at all.

    Args:
        request: what to make.
        tools: what to work with.
        told: who is told of problems and progress.

    Raises:
        KgError: nothing could be used, or an option is wrong.
        OSError: a file cannot be written.
    """
    problems: list[str] = []

    def report(problem: str) -> None:
        problems.append(problem)
        told.report(problem)

    store, small = request.outputs.store, tools.config.run.small
    with _locked(store) if store is not None and store.is_dir() else nullcontext():
        kept = records_of(store) if store is not None else None
        before = () if kept is None else (Source(kind=Kind.RECORDS, paths=(str(kept),)),)
        found = items((*before, *request.sources), tools.config.read, report)
        head: list[Item] = []
        if request.labour == Labour() and request.outputs.parts is None:
            head = list(islice(found, small + 1))
            if len(head) <= small:
                told.watch.begin("reading", len(head))
                linked = tuple(link_all(_counted(head, tools, report, told.watch), tools, report))
                graph = graph_of(linked, tools, request.options, problems=len(problems))
                return _deliver(Whole(graph=graph, linked=linked), request, tools, problems)
        return _in_waves(Feed(items=chain(head, found), problems=problems), kept, request, tools, told)


def _counted(head: Sequence[Item], tools: Tools, report: Report, watch: Watch) -> Iterator[Extraction]:
    for extraction in extractions(head, tools, report):
        watch.advance()
        yield extraction


def _in_waves(feed: Feed, kept: Path | None, request: Request, tools: Tools, told: Told) -> Counts:
    """Make the graph in a work folder, which stays when the run does not end well, and write it."""
    labour, options = request.labour, request.options
    plan = msgspec.json.encode(plan_of(request.sources, tools, options))
    before = msgspec.json.encode(hashed(kept) if kept else None)
    with _work_of(request, told.report) as work:
        setup = Setup(work=work, config=tools.config, options=options, live=tools.live is not None)
        begin(work, plan, before, resume=labour.resume)
        reads = not labour.resume and any(source.kind is Kind.ARTICLES for source in request.sources)
        ready = partial(prepare, setup, reads=reads)
        with open_engine(labour.engine, workers=labour.workers, address=labour.address, prepare=ready) as engine:
            parts = run(feed, setup, engine, told.report, told.watch)
        made = InParts(parts=parts, base=tools.minter.base, named_graphs=options.named_graphs)
        return _deliver(made, request, tools, parts.problems)


def _deliver(made: Made, request: Request, tools: Tools, problems: Sequence[str]) -> Counts:
    """Write everything that was asked for.

    Raises:
        InputError: no article could be used.
    """
    counts, outputs = made.counts, request.outputs
    if counts.articles == 0:
        paths = ", ".join(path for source in request.sources for path in source.paths)
        raise InputError(f"no article could be read from {paths}; nothing was written")
    if outputs.file is not None:
        with whole_file(outputs.file) as file:
            made.write(file, outputs.form)
    if outputs.parts is not None:
        made.move(outputs.parts)
    if outputs.records is not None:
        with whole_file(outputs.records) as file:
            file.writelines(record + b"\n" for record in made.records())
    if outputs.store is not None:
        put(outputs.store, made.fill, made.records())
    if outputs.manifest is not None:
        written = [path for path in (outputs.file, outputs.records) if path is not None and path.is_file()]
        plan = plan_of(request.sources, tools, request.options)
        with whole_file(outputs.manifest) as file:
            file.write(manifest(plan, counts, problems, written))
    return counts


@contextmanager
def _work_of(request: Request, report: Report) -> Iterator[Folder]:
    """Yield the work folder, which no other run uses meanwhile. It is removed, unless the run is stopped before its end.

    Raises:
        InputError: another run uses it.
    """
    folder = request.labour.work or _beside(request.outputs)
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="kg-", ignore_cleanup_errors=True) as made:
            yield Folder(made)
        return
    if folder.is_local:
        Path(folder.path).mkdir(parents=True, exist_ok=True)
    with _locked(Path(folder.path)) if folder.is_local else nullcontext():
        try:
            yield folder
        except InputError:
            raise
        except BaseException:
            report(f"what is done so far is kept in {folder.path}: go on with --resume")
            raise
        folder.remove()


def _beside(outputs: Outputs) -> Folder | None:
    """Return the folder of work beside the first output that is no stream."""
    if outputs.parts is not None and not outputs.parts.is_local:
        return outputs.parts.sub(".work")
    parts = Path(outputs.parts.path) if outputs.parts is not None else None
    for path in (outputs.file, parts, outputs.store):
        if path is not None and path != STDOUT and (path.is_file() or path.is_dir() or not path.exists()):
            target = path.resolve()
            return Folder(str(target.with_name(f".{target.name}.work")))
    return None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder of this machine, until the block ends or the process does.

    Raises:
        InputError: another run is in it.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise InputError(f"{folder} is used by another run: wait until it ends") from error
    try:
        yield
    finally:
        os.close(handle)
