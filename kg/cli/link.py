"""`kg link`: extraction records in, RDF graph out, without the language model."""

from pathlib import Path
from typing import Any

import click

from kg.cli.graph import Given, graph_options, write_graph
from kg.run.sources import Kind


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="EXTRACTIONS…", type=click.Path(path_type=Path))
@graph_options
def command(*, paths: tuple[Path, ...], **given: Any) -> None:  # noqa: ANN401 - click's
    """Link and write ready records: EXTRACTIONS are JSON Lines files of `kg extract` or another extractor, or -.

    \b
      kg extract news/ -o news.extractions.jsonl
      kg link news.extractions.jsonl -o graph.ttl
    """  # noqa: D301 - click reads the control character
    write_graph(Kind.RECORDS, paths, Given(**given))
