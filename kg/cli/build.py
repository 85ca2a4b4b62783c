"""`kg build`: articles in, RDF graph out."""

from pathlib import Path
from typing import Any

import click

from kg.cli.graph import Given, graph_options, write_graph
from kg.run.sources import Kind


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@graph_options
@click.option("--extractions", type=click.Path(path_type=Path), help="Write the extraction records too (JSON Lines).")
def command(*, paths: tuple[Path, ...], extractions: Path | None, **given: Any) -> None:  # noqa: ANN401 - click's
    """Read articles from PATH (files, folders, or - for standard input) and write their graph.

    \b
      kg build seeds/ -o graph.ttl
      kg build news.jsonl --store kg.store --extractions news.extractions.jsonl
      kg build news/ -o parts/ --workers 8 --manifest manifest.json
    """  # noqa: D301 - click reads the control character
    write_graph(Kind.ARTICLES, paths, Given(**given), records=extractions)
