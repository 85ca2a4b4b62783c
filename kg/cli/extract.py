"""`kg extract`: articles in, extraction records out."""

from pathlib import Path

import click
import msgspec

from kg.cli.output import STDOUT, check_writable, whole_file
from kg.config import load_config
from kg.errors import InputError
from kg.records import Extraction


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=STDOUT, help="File to write (JSON Lines).")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the records and stop.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml).")
def command(*, paths: tuple[Path, ...], output: Path, schema: bool, config_file: Path | None) -> None:
    """Read articles from PATH (files, folders, or - for standard input) and write what each tells, one JSON a line.

    \b
      kg extract seeds/ -o extractions.jsonl
      kg extract --schema
    """  # noqa: D301 - click reads the control character
    if schema:
        with whole_file(output) as file:
            file.write(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Extraction))) + b"\n")
        return
    if not paths:
        raise click.UsageError("name at least one PATH, or ask for --schema")
    check_writable(output)
    # The schema above needs no language pipeline.
    from kg.run.build import Tally  # noqa: PLC0415
    from kg.run.extract import extract  # noqa: PLC0415
    from kg.run.tools import load_tools  # noqa: PLC0415

    tally = Tally(lambda problem: click.echo(f"kg: {problem}", err=True))
    count = 0
    with whole_file(output) as file:
        for extraction in extract(paths, tools=load_tools(load_config(config_file)), report=tally):
            file.write(msgspec.json.encode(extraction) + b"\n")
            count += 1
        if count == 0:
            msg = f"no article could be read from {', '.join(map(str, paths))}; nothing was written"
            raise InputError(msg)
    problems = f"; {tally.problems} problem{'' if tally.problems == 1 else 's'}" if tally.problems else ""
    click.echo(f"{count} article{'' if count == 1 else 's'}{problems}", err=True)
