"""`kg build`: articles in, RDF graph out."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from kg.cli.graph import Given, graph_options, write_graph
from kg.cli.output import whole_file
from kg.records import Extraction
from kg.run.build import Tally
from kg.run.extract import extract
from kg.run.tools import Tools


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@graph_options
@click.option("--extractions", type=click.Path(path_type=Path), help="Write the extraction records too (JSON Lines).")
def command(*, paths: tuple[Path, ...], extractions: Path | None, **given: Any) -> None:  # noqa: ANN401 - click's
    """Read articles from PATH (files, folders, or - for standard input) and write their graph.

    \b
      kg build seeds/ -o graph.ttl
      kg build news.jsonl --store kg.store --extractions news.extractions.jsonl
    """  # noqa: D301 - click reads the control character

    def source(tools: Tools, tally: Tally) -> Iterable[Extraction]:
        found: Iterable[Extraction] = extract(paths, tools=tools, report=tally)
        return found if extractions is None else _keep(found, extractions)

    write_graph(source, paths, Given(**given), also=extractions)


def _keep(found: Iterable[Extraction], path: Path) -> Iterator[Extraction]:
    """Pass the extractions on and write them to `path`, one JSON object a line."""
    with whole_file(path) as file:
        for extraction in found:
            file.write(msgspec.json.encode(extraction) + b"\n")
            yield extraction
