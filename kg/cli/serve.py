"""`kg serve`: a graph over HTTP."""

import importlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg import store
from kg.config import load_config
from kg.errors import MissingExtraError


@click.command()
@click.option("--store", "folder", type=click.Path(path_type=Path), help="The store to serve.")
@click.option("--data", type=click.Path(path_type=Path), multiple=True, help="An RDF file to serve; may be repeated.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Port; 0 for a free one.")
@click.option("--cors", metavar="ORIGIN", help="Origin whose pages may ask too, such as https://example.org.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Limits (kg.toml).")
def command(
    *, folder: Path | None, data: tuple[Path, ...], host: str, port: int, cors: str | None, config_file: Path | None
) -> None:
    """Serve a graph over HTTP: SPARQL at /sparql, the canned queries at /queries, a page for every IRI.

    The graph is only read. Ctrl-C stops the server when the running queries are done.
    """
    if bool(data) == (folder is not None):
        msg = "say what to serve: --store DIR (made by `kg build --store`), or --data FILE…"
        raise click.UsageError(msg)
    config = load_config(config_file)
    try:
        server = importlib.import_module("kg.serve.server")
    except ModuleNotFoundError as error:
        name = str(error.name).partition(".")[0]
        raise MissingExtraError(f"kg serve needs {name}: pip install 'conflict-kg[server]'") from error
    with _store(folder, data) as place:
        server.serve(place, host=host, port=port, cors=cors, config=config, tell=_tell)


def _tell(address: str) -> None:
    click.echo(f"kg: {address} answers; Ctrl-C stops it", err=True)


@contextmanager
def _store(folder: Path | None, data: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the folder of a store that can be read."""
    if folder is not None:
        store.open_read_only(folder)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as made:
        store.write(Path(made), (quad for file in data for quad in store.parse(file)))
        yield Path(made)
