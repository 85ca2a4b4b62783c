"""`kg export`: a graph in the forms of other tools."""

from pathlib import Path

import click

from kg import store
from kg.cli.output import STDOUT, check_writable, whole_file
from kg.errors import InputError
from kg.export import EXPORTERS
from kg.vocab import load_vocab


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(path_type=Path))
@click.option("--store", "folder", type=click.Path(path_type=Path), help="The store to export, instead of files.")
@click.option("--data", type=click.Path(path_type=Path), multiple=True, help="An RDF file; may be repeated.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=STDOUT, help="File to write.")
@click.option(
    "--format", "--to", "name", type=click.Choice(list(EXPORTERS)), help="Default: by the ending of the output."
)
def command(
    *, files: tuple[Path, ...], folder: Path | None, data: tuple[Path, ...], output: Path, name: str | None
) -> None:
    """Write the events of RDF files, taken together as one graph, or of a store, in the form of another tool.

    \b
      acled    events in the columns of ACLED, CSV
      ucdp     events in the columns of UCDP GED, CSV
      geojson  events as points, for maps
      html     a page to read and print, with map, timeline and tolls
      parquet  events for data frames; needs conflict-kg[parquet]
      graphml  who acts against whom, and who says what of whom

    \b
      kg export graph.ttl -o events.geojson
      kg export --store store/ --format acled -o events.csv
    """  # noqa: D301 - click reads the control character
    paths = files + data
    if bool(paths) == (folder is not None):
        msg = "say what to export: RDF files, or --store DIR"
        raise click.UsageError(msg)
    form = EXPORTERS[name or _form(output)]
    check_writable(output)
    graph = store.open_read_only(folder) if folder is not None else store.load(paths)
    written = form.write(graph, load_vocab())
    with whole_file(output) as file:
        file.write(written)


def _form(output: Path) -> str:
    """Return the form that the ending of `output` asks for; of two with one ending the first.

    Raises:
        InputError: no form has this ending.
    """
    fitting = [name for name, form in EXPORTERS.items() if form.ending == output.suffix.lower()]
    if not fitting:
        msg = f"{output}: choose the form with --format ({', '.join(EXPORTERS)}) or by the ending of -o FILE"
        raise InputError(msg)
    return fitting[0]
