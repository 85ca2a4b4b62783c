"""`kg query`: run a canned query or SPARQL."""

import shutil
import sys
from pathlib import Path

import click
import pyoxigraph as ox

from kg import store
from kg.config import RemoteConfig, load_config
from kg.errors import QueryError
from kg.query import bind, find, run
from kg.query.execute import Results
from kg.query.formats import FORMATS
from kg.query.formats import write as write_format

_HEAD = 2
"""Lines of a table without rows."""

_Remote = tuple[str, str | None, RemoteConfig]
"""Address, graph and limits of an endpoint."""


@click.command()
@click.argument("name", required=False)
@click.option("-p", "--param", "params", multiple=True, metavar="KEY=VALUE", help="A parameter; may be repeated.")
@click.option("-q", "--sparql", metavar="SPARQL", help="A SPARQL query instead of a canned one.")
@click.option("-f", "--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="A file with SPARQL.")
@click.option("--store", "folder", type=click.Path(path_type=Path), help="The store to ask.")
@click.option("--data", type=click.Path(path_type=Path), multiple=True, help="An RDF file to ask; may be repeated.")
@click.option("--endpoint", metavar="URL", help="The SPARQL endpoint to ask.")
@click.option("--graph", metavar="IRI", help="The graph to ask there; default: the endpoint's default graph.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Limits for --endpoint (kg.toml).")
@click.option("--format", "form", type=click.Choice(["table", *FORMATS]), default="table", show_default=True)
@click.option("--exit-status", is_flag=True, help="Exit with 1 when an ASK query is answered with no.")
def command(  # noqa: PLR0913 - one argument for each option
    *,
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    file: Path | None,
    folder: Path | None,
    data: tuple[Path, ...],
    endpoint: str | None,
    graph: str | None,
    config_file: Path | None,
    form: str,
    exit_status: bool,
) -> None:
    """Run a canned query (NAME; `kg queries` lists them) or SPARQL, and print the result."""
    text = _text(name, params, sparql, file)
    remote = None if endpoint is None else (endpoint, graph, load_config(config_file).remote)
    if remote is None and (graph or config_file):
        msg = "--graph and --config belong to --endpoint"
        raise click.UsageError(msg)
    results = _ask(text, folder, data, remote)
    if form == "table" and isinstance(results, ox.QuerySolutions):
        _table(results)
    elif form == "table" and isinstance(results, ox.QueryBoolean):
        click.echo("yes" if results else "no")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(write_format(results, "ttl" if form == "table" else form))
        sys.stdout.buffer.flush()
    if exit_status and isinstance(results, ox.QueryBoolean) and not results:
        sys.exit(1)


def _text(name: str | None, params: tuple[str, ...], sparql: str | None, file: Path | None) -> str:
    if [name, sparql, file].count(None) != 2:
        msg = "say what to ask: one of NAME (see `kg queries`), -q SPARQL, or -f FILE"
        raise click.UsageError(msg)
    if name is not None:
        return bind(find(name), _values(params))
    if params:
        msg = "-p belongs to canned queries; write the values into the SPARQL"
        raise click.UsageError(msg)
    if sparql is not None:
        return sparql
    assert file is not None  # noqa: S101 - one of the three is given
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{file}: not UTF-8 at byte {error.start}; save the query as UTF-8"
        raise QueryError(msg) from error


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or not key:
            msg = f"-p {param!r} is not KEY=VALUE"
            raise click.UsageError(msg)
        if key in values:
            msg = f"-p {key} is given twice"
            raise click.UsageError(msg)
        values[key] = value
    return values


def _ask(text: str, folder: Path | None, data: tuple[Path, ...], remote: _Remote | None) -> Results:
    if sum((folder is not None, bool(data), remote is not None)) != 1:
        msg = "say where to ask: one of --store DIR (made by `kg build --store`), --data FILE…, or --endpoint URL"
        raise click.UsageError(msg)
    if remote is not None:
        return _ask_endpoint(*remote, text)
    return run(store.open_read_only(folder) if folder is not None else store.load(data), text)


def _ask_endpoint(url: str, graph: str | None, config: RemoteConfig, text: str) -> Results:
    from kg.query.remote import Endpoint  # noqa: PLC0415 - only remote queries pay for it

    return Endpoint(url, graph=graph, config=config).run(text)


def _table(results: ox.QuerySolutions) -> None:
    from kg.query import table  # noqa: PLC0415 - only tables pay for rich

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    shown = table.write(results, width=width)
    click.echo(shown, nl=False)
    if shown.count("\n") <= _HEAD:
        click.echo("kg: no rows", err=True)
