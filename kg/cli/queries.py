"""`kg queries`: list the canned queries."""

import click

from kg.query import Query, catalogue, find


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
def command(names: tuple[str, ...]) -> None:
    """List the canned queries with their parameters and columns, all of them or those named."""
    for number, query in enumerate([find(name) for name in names] or catalogue().values()):
        click.echo(("\n" if number else "") + _describe(query))


def _describe(query: Query) -> str:
    lines = [query.name, f"  {query.summary}"]
    if query.parameters:
        lines.append("  parameters")
    for parameter in query.parameters:
        default = "" if parameter.default in {None, '""', "ckg:Event"} else f" [default: {parameter.default}]"
        lines.append(f"    {parameter.name} ({parameter.type}): {parameter.meaning}{default}")
    lines.append("  columns")
    lines += [f"    {column.name}: {column.meaning}" for column in query.columns]
    return "\n".join(lines)
