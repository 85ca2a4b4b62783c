"""What `kg build` and `kg link` share: the options of a graph, and writing it."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from kg.cli.output import STDOUT, check_writable
from kg.cli.progress import progress
from kg.config import Config, load_config, override
from kg.errors import ConfigError, InputError
from kg.rdf.serialise import FORMATS, Format, format_of
from kg.run.build import Options
from kg.run.engines import ENGINES
from kg.run.folder import Folder
from kg.run.make import Labour, Outputs, Request, Told, make
from kg.run.sources import Kind, Source
from kg.run.tools import load_tools

_OPTIONS = (
    click.option("-o", "--output", help="File to write; FOLDER/ gets sorted parts (N-Quads). Default: standard output."),
    click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: by the ending of FILE, else turtle."),
    click.option("--store", type=click.Path(path_type=Path), help="Folder of a store that the articles are added to."),
    click.option("--manifest", type=click.Path(path_type=Path), help="Write what went in, with what, and what came out (JSON)."),
    click.option("--named-graphs", is_flag=True, help="One named graph an article."),
    click.option("--no-merge", is_flag=True, help="Keep the events and entities of each article apart."),
    click.option("--wikidata", is_flag=True, help="Look for unknown names in live Wikidata."),
    click.option("--coarsen", type=click.FloatRange(0, 10), metavar="DEGREES", help="Keep coordinates to a grid of so many degrees."),
    click.option("--workers", type=click.IntRange(min=1), default=1, help="Processes that do the work. Default: 1."),
    click.option("--engine", type=click.Choice(list(ENGINES)), default="local", help="What runs them. Default: local."),
    click.option("--address", default="", help="dask, ray: scheduler that runs already, such as tcp://HOST:8786."),
    click.option("--resume", is_flag=True, help="Go on with a run that was stopped."),
    click.option("--work", help="Folder of what is done so far, for --resume. Default: beside the output."),
    click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml)."),
    click.option("--run-time", help="When the run took place (ISO 8601); default SOURCE_DATE_EPOCH, else left out."),
)  # fmt: skip


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The options as given."""

    output: str | None
    form: str | None
    store: Path | None
    manifest: Path | None
    named_graphs: bool
    no_merge: bool
    wikidata: bool
    coarsen: float | None
    workers: int
    engine: str
    address: str
    resume: bool
    work: str | None
    config_file: Path | None
    run_time: str | None


def graph_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a graph."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def write_graph(kind: Kind, paths: Sequence[Path], given: Given, *, records: Path | None = None) -> None:
    """Write the graph of what `paths` hold to a file, standard output or a store.

    Args:
        kind: what they hold.
        paths: files, folders, or "-".
        given: the options.
        records: where to write the extraction records too.

    Raises:
        KgError: an option is wrong, or nothing could be used.
        OSError: a file cannot be written.
    """
    outputs = _outputs(given, records)
    for file in (outputs.file, outputs.records, outputs.manifest):
        if file is not None:
            check_writable(file)
    request = Request(
        sources=(Source(kind=kind, paths=tuple(map(str, paths))),),
        options=Options(
            merge=not given.no_merge,
            named_graphs=given.named_graphs,
            time=run_time_of(given.run_time, os.environ.get("SOURCE_DATE_EPOCH", "")),
        ),
        outputs=outputs,
        labour=_labour(given),
    )

    def report(problem: str) -> None:
        click.echo(f"kg: {problem}", err=True)

    tools = load_tools(_config(given), live=given.wikidata, report=report)
    with progress() as watch:
        counts = make(request, tools=tools, told=Told(report=report, watch=watch))
    click.echo(counts.summary(), err=True)


def _config(given: Given) -> Config:
    grid = {} if given.coarsen is None else {"link": {"coarsen": given.coarsen}}
    return override(load_config(given.config_file), grid)


def _labour(given: Given) -> Labour:
    """Return who does the work.

    Raises:
        ConfigError: Wikidata would be asked by several at once.
    """
    if given.wikidata and (given.workers > 1 or given.engine != "local"):
        raise ConfigError("--wikidata asks one question at a time: leave out --workers and --engine")
    return Labour(
        workers=given.workers,
        engine=given.engine,
        address=given.address,
        resume=given.resume,
        work=Folder(given.work) if given.work else None,
    )


def _outputs(given: Given, records: Path | None) -> Outputs:
    """Return what is written where.

    Raises:
        InputError: the format does not fit.
    """
    name = given.output
    if name is not None and ("://" in name or (name.endswith("/") and Path(name).name)):
        if given.form not in {None, "nquads"}:
            raise InputError(f"{name}: parts of a graph are N-Quads; leave out --format, or name a file")
        target, parts, form = None, Folder(name), FORMATS["nquads"]
    else:
        target = Path(name) if name is not None else (None if given.store else STDOUT)
        parts = None
        form = _format(target, given.form, named_graphs=given.named_graphs) if target else FORMATS["nquads"]
    return Outputs(form=form, file=target, parts=parts, store=given.store, records=records, manifest=given.manifest)


def _format(target: Path, name: str | None, *, named_graphs: bool) -> Format:
    """Return the format asked for by name, else by the ending, else the default one.

    Raises:
        InputError: the ending is unknown, or the format cannot hold named graphs.
    """
    if name is not None:
        form: Format | None = FORMATS[name]
    elif target == STDOUT or not target.suffix:
        form = FORMATS["trig" if named_graphs else "turtle"]
    else:
        form = format_of(target.name)
    if form is None:
        msg = f"{target}: unknown ending; choose one with --format: {', '.join(FORMATS)}"
        raise InputError(msg)
    if named_graphs and not form.graphs:
        able = ", ".join(other.name for other in FORMATS.values() if other.graphs)
        msg = f"{form.name} cannot hold named graphs; choose one with --format: {able}"
        raise InputError(msg)
    return form


def run_time_of(option: str | None, epoch: str) -> dt.datetime | None:
    """Return the time of the run: the option, else the seconds since 1970 in `epoch`, else `None`.

    Source: https://reproducible-builds.org/specs/source-date-epoch/

    Raises:
        ConfigError: the value is no time.
    """
    try:
        if option is not None:
            return dt.datetime.fromisoformat(option)
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        wrong = f"--run-time {option}" if option is not None else f"SOURCE_DATE_EPOCH={epoch}"
        msg = f"{wrong} is no time: give it as 2024-01-31T12:00:00Z, the variable in seconds since 1970"
        raise ConfigError(msg) from error
