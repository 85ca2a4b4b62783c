"""Rows of a query as a page."""

import pyoxigraph as ox

from kg.query.names import compact
from kg.serve.linked.html import render_rows
from kg.serve.linked.view import Ref, link
from kg.serve.write import TooLargeError


def rows(results: ox.QuerySolutions | ox.QueryBoolean, base: str, limit: int) -> bytes:
    """Return rows, or yes or no, as a page of up to `limit` bytes.

    Raises:
        TooLargeError: there is more.
    """
    if isinstance(results, ox.QueryBoolean):
        return render_rows(["answer"], [[Ref(text="yes" if results else "no")]])
    columns = [variable.value for variable in results.variables]
    size, found = 0, []
    for row in results:
        found.append([_cell(term, base) for term in row])
        size += sum(len(ref.text) + len(ref.href) for ref in found[-1]) + len(columns) * 10
        if size > limit:
            raise TooLargeError(limit)
    return render_rows(columns, found)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, base: str) -> Ref:
    if term is None:
        return Ref(text="")
    if isinstance(term, ox.NamedNode):
        return Ref(text=compact(term.value), href=link(term.value, base))
    return Ref(text=term.value if isinstance(term, ox.Literal) else str(term))
