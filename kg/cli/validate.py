"""`kg validate`: check a graph against the contract."""

import sys
from pathlib import Path

import click

from kg import store
from kg.validate import Severity, validate
from kg.validate.report import report


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(path_type=Path))
@click.option("--store", "folder", type=click.Path(path_type=Path), help="The store to check, instead of files.")
@click.option("--shacl", is_flag=True, help="Run the SHACL shapes too (slower; needs conflict-kg[validate]).")
def command(*, files: tuple[Path, ...], folder: Path | None, shacl: bool) -> None:
    """Check RDF files, taken together as one graph, or a store; exit with 1 when a rule is broken."""
    if bool(files) == (folder is not None):
        msg = "say what to check: RDF files, or --store DIR"
        raise click.UsageError(msg)
    graph = store.open_read_only(folder) if folder is not None else store.load(files)
    if next(iter(graph), None) is None:
        click.echo("kg: warning: the graph is empty", err=True)
    findings = validate(graph)
    if shacl:
        from kg.validate.shacl import validate_shapes  # noqa: PLC0415 - only SHACL pays for it

        findings += validate_shapes(graph)
    click.echo(report(findings))
    if any(finding.severity is Severity.VIOLATION for finding in findings):
        sys.exit(1)
