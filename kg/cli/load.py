"""`kg load`: a graph into a triple store elsewhere."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
import pyoxigraph as ox

from kg.config import load_config
from kg.errors import ConfigError
from kg.store.remote import Loaded, Target, load
from kg.store.remote.profile import Auth, find_profile, profiles
from kg.store.remote.secrets import read_secrets, system_keyring


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--to", required=True, metavar="URL", help="Address of the store, without user and password.")
@click.option(
    "--profile",
    "name",
    default="generic",
    show_default=True,
    help=f"{', '.join(profiles())}, or a .toml file with one of your own.",
)
@click.option("--graph", metavar="IRI", help="Named graph; default: the store's default graph, or the graphs of FILE.")
@click.option("--replace", is_flag=True, help="First drop what the graph holds.")
@click.option("--auth", type=click.Choice(list(Auth)), help="How the secrets are shown; default: by the profile.")
@click.option("--query", metavar="URL", help="Address that answers queries, to verify; default: by the profile.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml).")
def command(  # noqa: PLR0913 - one argument for each option
    *,
    file: Path,
    to: str,
    name: str,
    graph: str | None,
    replace: bool,
    auth: str | None,
    query: str | None,
    config_file: Path | None,
) -> None:
    """Load the RDF file FILE into a triple store, and verify that everything arrived.

    User and password are read from KG_STORE_USER and KG_STORE_PASSWORD, a token from KG_STORE_TOKEN; with the extra
    `keyring` installed also from the keyring: keyring set conflict-kg USER@HOST:PORT (a token: HOST:PORT).

    A load that was stopped goes on where it was when it is started again in the same way. Nothing is ever doubled.

    \b
      kg load graph.ttl --to http://localhost:3030/conflict --profile fuseki --replace
      kg load graph.ttl --to http://localhost:8890 --profile virtuoso --graph https://example.org/news
    """  # noqa: D301 - click reads the control character
    if graph is not None:
        _check_iri(graph)
    profile = find_profile(name)
    target = Target(
        to=to, profile=profile, graph=graph, replace=replace, auth=None if auth is None else Auth(auth), query=query
    )
    secrets = read_secrets(os.environ, urlsplit(to).netloc.rpartition("@")[2], system_keyring())
    shown = sys.stderr.isatty()
    try:
        done = load(
            file, target, secrets=secrets, config=load_config(config_file).remote, progress=_tell if shown else None
        )
    finally:
        if shown:
            click.echo(err=True)
    for line in _report(done):
        click.echo(line, err=True)


def _tell(triples: int) -> None:
    click.echo(f"\r{triples:,} triples", nl=False, err=True)


def _report(done: Loaded) -> list[str]:
    lines = []
    if done.nodes:
        lines.append(f"kg: {done.nodes:,} blank nodes became IRIs, so that loading again doubles nothing")
    if done.skipped:
        lines.append(f"kg: {done.skipped:,} of {done.pieces:,} requests were done by an earlier run")
    if done.graphs is None:
        lines.append("kg: not verified: the profile knows no address that answers queries; give it with --query")
        lines.append(f"{done.triples:,} triples loaded")
        return lines
    total = sum(done.graphs.values())
    where = "the default graph" if None in done.graphs else next(iter(done.graphs), "no graph")
    place = f"{where} holds" if len(done.graphs) == 1 else f"{len(done.graphs):,} graphs hold"
    lines.append(f"{done.triples:,} triples loaded; {place} {total:,}; samples found: {done.samples:,}")
    return lines


def _check_iri(graph: str) -> None:
    try:
        ox.NamedNode(graph)
    except ValueError as error:
        raise ConfigError(f"--graph {graph!r} is no IRI: {error}") from error
