"""`kg gazetteer`: tables of names of one's own."""

import datetime as dt
import os
from pathlib import Path

import click

from kg.cli.output import whole_file
from kg.config import load_config
from kg.gazetteer import Entry


@click.group()
def command() -> None:
    """Make tables of names of your own."""


@command.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder; default: the user's data, kg/gazetteer.")
@click.option(
    "--only", "chosen", multiple=True, metavar="PART", help="Weapons, armed-groups, office-holders or cities."
)
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml).")
def refresh(*, output: Path | None, chosen: tuple[str, ...], config_file: Path | None) -> None:
    """Draw weapons, armed groups, office holders and large cities from live Wikidata into a dated table.

    \b
      kg gazetteer refresh --only weapons -o tables/
    """  # noqa: D301 - click reads the control character
    from kg.link.wikidata.client import Client  # noqa: PLC0415 - only this command needs the network
    from kg.link.wikidata.refresh import fetch, parts, to_table  # noqa: PLC0415

    known = parts()
    for name in chosen:
        if name not in known:
            raise click.UsageError(f"there is no part {name!r}: choose of {', '.join(known)}")
    folder = output if output is not None else _data_folder()
    today = dt.datetime.now(tz=dt.UTC).date()
    client = Client(load_config(config_file).wikidata)
    entries: list[Entry] = []
    for name in chosen or known:
        found = fetch(client, name, today)
        click.echo(f"kg: {name}: {len(found)} rows", err=True)
        entries += found
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"wikidata-{today.isoformat()}.tsv.gz"
    with whole_file(path) as file:
        file.write(to_table(entries))
    click.echo(path)
    click.echo(f'kg: to use it, write into kg.toml under [link]: tables = ["{path.resolve()}"]', err=True)


def _data_folder() -> Path:
    """Return the folder of the user's tables (https://specifications.freedesktop.org/basedir-spec/)."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "share") / "kg" / "gazetteer"
