"""The command line: one thin file a command, imported only when the command is called."""

import importlib
import os
import sys

import click

from kg.errors import KgError

COMMANDS = {
    "build": "Articles in, RDF graph out.",
    "convert": "Write a graph in another RDF format.",
    "diff": "Tell what is new, changed and gone between two graphs.",
    "eval": "Score a graph against gold annotation.",
    "explain": "Show an event with every fact, who says it, and the words.",
    "export": "Write events in the form of another tool: ACLED, UCDP, GeoJSON, HTML, Parquet, GraphML.",
    "extract": "Articles in, extraction records out (JSON Lines).",
    "gazetteer": "Make tables of names of your own.",
    "link": "Extraction records in, RDF graph out.",
    "load": "Load a graph into a triple store.",
    "ontology": "Print the ontology, or list event types and weapon classes.",
    "queries": "List the canned queries.",
    "query": "Run a canned query or SPARQL.",
    "serve": "Serve a graph over HTTP: SPARQL, canned queries, pages.",
    "validate": "Check a graph against the contract.",
}
"""Name and one-line help of every command, so that `kg --help` imports none of them."""


class LazyGroup(click.Group):
    """A group that imports `kg.cli.NAME` when NAME is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, in help order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"kg.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - a programming error, not input
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="conflict-kg", prog_name="kg")
def cli() -> None:
    """News articles about armed conflict in, a checkable RDF knowledge graph out."""


def main() -> None:
    """Run the command line; print expected errors without a traceback.

    Exit status: 0 ok, 1 findings, 2 usage or bad input, 3 endpoint, 4 input/output.
    """
    try:
        cli(standalone_mode=True)
    except KgError as error:
        click.echo(f"kg: error: {error}", err=True)
        sys.exit(error.status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        hint = (
            ": check the path" if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError) else ""
        )
        click.echo(f"kg: error: {error.filename or ''}: {error.strerror or error}{hint}", err=True)
        sys.exit(4)
