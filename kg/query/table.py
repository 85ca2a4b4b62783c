"""Results as a table for people."""

import io
import re

import pyoxigraph as ox

from kg.query.names import compact

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNLIMITED = 100_000


def write(rows: ox.QuerySolutions, *, width: int | None) -> str:
    """Return `rows` as a table; IRIs get their prefixes.

    Args:
        rows: the result of a SELECT query.
        width: columns of the terminal, which long cells are wrapped to; `None` for as wide as the cells are.
    """
    from rich import box  # noqa: PLC0415 - only tables pay for rich
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for variable in rows.variables:
        table.add_column(Text(variable.value), overflow="fold", no_wrap=width is None)
    for row in rows:
        table.add_row(*(Text(cell(term)) for term in row))
    out = io.StringIO()
    Console(file=out, width=width or _UNLIMITED, color_system=None, force_terminal=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    r"""Return `term` as it is shown: a compact IRI, or the words of a literal in one line.

    Control characters, which a terminal would obey, become spaces.

    >>> cell(ox.Literal("two\nlines"))
    'two lines'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    return _CONTROL.sub(" ", str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value)
