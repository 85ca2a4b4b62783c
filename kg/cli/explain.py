"""`kg explain`: an event with every fact, who says it, and the words."""

from pathlib import Path

import click

from kg import store
from kg.query.explain import explain, find_event
from kg.query.explain_text import render


@click.command()
@click.argument("event")
@click.option("--store", "folder", type=click.Path(path_type=Path), help="The store with the event.")
@click.option("--data", type=click.Path(path_type=Path), multiple=True, help="An RDF file; may be repeated.")
def command(*, event: str, folder: Path | None, data: tuple[Path, ...]) -> None:
    """Show EVENT with each fact, who says it, and the quoted words.

    EVENT is an IRI, a prefixed one (event:…), or the first letters of its last part. `kg query events` lists them.
    """
    if bool(data) == (folder is not None):
        msg = "say where the event is: --store DIR, or --data FILE…"
        raise click.UsageError(msg)
    graph = store.open_read_only(folder) if folder is not None else store.load(data)
    click.echo(render(explain(graph, find_event(graph, event))), nl=False)
