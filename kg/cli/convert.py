"""`kg convert`: a graph in another RDF format."""

from pathlib import Path

import click

from kg.cli.output import STDOUT, check_writable, whole_file
from kg.config import load_config
from kg.errors import InputError
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, format_of, serialise
from kg.store import parse


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=STDOUT, help="File to write.")
@click.option("--format", "name", type=click.Choice(list(FORMATS)), help="Default: by the ending of the output.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml).")
def command(*, source: Path, output: Path, name: str | None, config_file: Path | None) -> None:
    """Read the RDF file IN and write it in another format, sorted, so that equal graphs are equal files.

    \b
      kg convert graph.ttl -o graph.jsonld
    """  # noqa: D301 - click reads the control character
    form = FORMATS[name] if name else format_of(output.name)
    if form is None:
        msg = f"{output}: choose the format with --format ({', '.join(FORMATS)}) or by the ending of -o FILE"
        raise InputError(msg)
    check_writable(output)
    bound = prefixes(load_config(config_file).rdf.base)
    written = serialise(parse(source), form, prefixes=bound)
    with whole_file(output) as file:
        file.write(written)
