"""`kg diff`: what is new, changed and gone between two graphs."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pyoxigraph as ox

from kg import store
from kg.diff import Change, Difference, compare, patch
from kg.query.names import compact

FORMS = ("table", "json", "patch")


@click.command()
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMS), default="table", help="Default: table.")
def command(*, before: Path, after: Path, form: str) -> None:
    """Tell which events and tolls are new, changed or vanished in B against A; both are RDF files or stores.

    \b
      kg diff monday.ttl tuesday.ttl
      kg diff store/ graph.nq --format patch
    """  # noqa: D301 - click reads the control character
    difference = compare(_quads(before), _quads(after))
    if form == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(difference.changes)) + b"\n")
        return
    for line in patch(difference) if form == "patch" else _table(difference):
        click.echo(line)
    if form == "table":
        click.echo(_summary(difference), err=True)


def _quads(path: Path) -> "Iterator[ox.Quad] | ox.Store":
    return store.open_read_only(path) if path.is_dir() else store.parse(path)


def _table(difference: Difference) -> Iterator[str]:
    """Yield a line for each change, and one below it for each property that changed."""
    for change in difference.changes:
        yield f"{change.kind:8}  {change.thing:5}  {change.label}  {compact(change.node)}"
        yield from (f"{'':17}{line}" for line in _details(change))


def _details(change: Change) -> Iterator[str]:
    if change.replaces is not None:
        yield f"takes the place of {compact(change.replaces)}"
    for name in change.before:
        gone = [compact(value) for value in change.before[name] if value not in change.after[name]]
        come = [compact(value) for value in change.after[name] if value not in change.before[name]]
        yield f"{name}: {', '.join(gone) or '-'} → {', '.join(come) or '-'}"


def _summary(difference: Difference) -> str:
    removed, added = len(difference.removed), len(difference.added)
    return f"{len(difference.changes)} changes; {added} triples added, {removed} removed"
