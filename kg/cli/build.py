"""`kg build`: articles in, RDF graph out."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import msgspec

from kg.cli.output import STDOUT, check_writable, whole_file
from kg.config import load_config
from kg.errors import ConfigError, InputError
from kg.rdf.serialise import FORMATS, Format, format_of
from kg.records import Extraction
from kg.run.build import Options, Tally, build_from
from kg.run.extract import extract
from kg.run.tools import load_tools
from kg.store import write as write_store


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; standard output when left out.")
@click.option("--format", "name", type=click.Choice(list(FORMATS)), help="Default: by the ending of FILE, else turtle.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of a store that the graph is added to.")
@click.option("--extractions", type=click.Path(path_type=Path), help="Write the extraction records too (JSON Lines).")
@click.option("--named-graphs", is_flag=True, help="One named graph an article.")
@click.option("--no-merge", is_flag=True, help="Keep the entities of each article apart.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml).")
@click.option("--run-time", help="When the run took place (ISO 8601); default SOURCE_DATE_EPOCH, else left out.")
def command(  # noqa: PLR0913 - click passes each option by its name
    *,
    paths: tuple[Path, ...],
    output: Path | None,
    name: str | None,
    store: Path | None,
    extractions: Path | None,
    named_graphs: bool,
    no_merge: bool,
    config_file: Path | None,
    run_time: str | None,
) -> None:
    """Read articles from PATH (files, folders, or - for standard input) and write their graph.

    \b
      kg build seeds/ -o graph.ttl
      kg build news.jsonl --store kg.store --extractions news.extractions.jsonl
    """  # noqa: D301 - click reads the control character
    target = output if output is not None else (None if store else STDOUT)
    form = _format(target, name, named_graphs=named_graphs) if target else FORMATS["nquads"]
    for file in (target, extractions):
        if file is not None:
            check_writable(file)
    options = Options(
        merge=not no_merge,
        named_graphs=named_graphs,
        time=run_time_of(run_time, os.environ.get("SOURCE_DATE_EPOCH", "")),
    )
    tools = load_tools(load_config(config_file))
    tally = Tally(lambda problem: click.echo(f"kg: {problem}", err=True))
    found: Iterable[Extraction] = extract(paths, tools=tools, report=tally)
    if extractions is not None:
        found = _keep(found, extractions)
    graph = build_from(found, tools=tools, options=options, report=tally)
    if graph.articles == 0:
        msg = f"no article could be read from {', '.join(map(str, paths))}; nothing was written"
        raise InputError(msg)
    if target is not None:
        written = graph.serialise(form.name)
        with whole_file(target) as stream:
            stream.write(written)
    if store is not None:
        write_store(store, graph.quads)
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


def _keep(found: Iterable[Extraction], path: Path) -> Iterator[Extraction]:
    """Pass the extractions on and write them to `path`, one JSON object a line."""
    with whole_file(path) as file:
        for extraction in found:
            file.write(msgspec.json.encode(extraction) + b"\n")
            yield extraction
