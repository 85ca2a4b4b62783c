"""What `kg build` and `kg link` share: the options of a graph, and writing it."""

import datetime as dt
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from kg.cli.output import STDOUT, check_writable, whole_file
from kg.config import load_config, override
from kg.errors import ConfigError, InputError
from kg.rdf.serialise import FORMATS, Format, format_of
from kg.records import Extraction
from kg.run.build import Options, Tally, build_from
from kg.run.tools import Tools, load_tools
from kg.store import write as write_store

Source = Callable[[Tools, Tally], Iterable[Extraction]]
"""Yields the extractions of a graph; tells the tally of what cannot be used."""

_OPTIONS = (
    click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; standard output when left out."),
    click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: by the ending of FILE, else turtle."),
    click.option("--store", type=click.Path(path_type=Path), help="Folder of a store that the graph is added to."),
    click.option("--named-graphs", is_flag=True, help="One named graph an article."),
    click.option("--no-merge", is_flag=True, help="Keep the entities of each article apart."),
    click.option("--wikidata", is_flag=True, help="Look for unknown names in live Wikidata."),
    click.option("--coarsen", type=float, metavar="DEGREES", help="Keep coordinates to a grid of so many degrees."),
    click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml)."),
    click.option("--run-time", help="When the run took place (ISO 8601); default SOURCE_DATE_EPOCH, else left out."),
)  # fmt: skip


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The options as given."""

    output: Path | None
    form: str | None
    store: Path | None
    named_graphs: bool
    no_merge: bool
    wikidata: bool
    coarsen: float | None
    config_file: Path | None
    run_time: str | None


def graph_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a graph."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def write_graph(source: Source, paths: Iterable[Path], given: Given, *, also: Path | None = None) -> None:
    """Write the graph of what `source` yields to a file, standard output or a store.

    Args:
        source: yields the extractions.
        paths: where they come from, for the message when there are none.
        given: the options.
        also: another file that the source writes.

    Raises:
        KgError: an option is wrong, or nothing could be used.
        OSError: a file cannot be written.
    """
    target = given.output if given.output is not None else (None if given.store else STDOUT)
    form = _format(target, given.form, named_graphs=given.named_graphs) if target else FORMATS["nquads"]
    for file in (target, also):
        if file is not None:
            check_writable(file)
    options = Options(
        merge=not given.no_merge,
        named_graphs=given.named_graphs,
        time=run_time_of(given.run_time, os.environ.get("SOURCE_DATE_EPOCH", "")),
    )
    grid = {} if given.coarsen is None else {"link": {"coarsen": given.coarsen}}
    config = override(load_config(given.config_file), grid)
    tally = Tally(lambda problem: click.echo(f"kg: {problem}", err=True))
    tools = load_tools(config, live=given.wikidata, report=lambda told: click.echo(f"kg: {told}", err=True))
    graph = build_from(source(tools, tally), tools=tools, options=options, report=tally)
    if graph.articles == 0:
        msg = f"no article could be read from {', '.join(map(str, paths))}; nothing was written"
        raise InputError(msg)
    if target is not None:
        written = graph.serialise(form.name)
        with whole_file(target) as stream:
            stream.write(written)
    if given.store is not None:
        write_store(given.store, graph.quads)
    click.echo(graph.summary(), err=True)


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
