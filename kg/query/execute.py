"""Running SPARQL on a store, read only."""

import re

import pyoxigraph as ox

from kg.config import BASE
from kg.errors import QueryError
from kg.rdf.namespaces import prefixes

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What a query gives: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE)."""

_SILENT = re.compile(
    r"""\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"""|<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n]*""",
    re.DOTALL,
)
"""Strings, IRIs and comments: where words are no keywords."""

_SERVICE = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:.-])", re.IGNORECASE)
_UPDATE = re.compile(
    r"(?:\s|PREFIX\s+[\w.-]*:|BASE)*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def run(store: ox.Store, sparql: str) -> Results:
    """Run a SPARQL 1.1 query on `store`; the prefixes of the project need no declaration.

    All graphs of the store count as one when it has named graphs.

    Raises:
        QueryError: the query breaks the syntax (the text shows where), is an update, or calls a remote SERVICE.
    """
    refuse_side_effects(sparql)
    union = next(iter(store.named_graphs()), None) is not None
    try:
        return store.query(sparql, prefixes=prefixes(BASE), use_default_graph_as_union=union)
    except SyntaxError as error:
        raise QueryError(_point(sparql, str(error))) from error


def refuse_side_effects(sparql: str) -> None:
    """Refuse what would write to the store or leave this machine.

    Raises:
        QueryError: the text is an update or calls a SERVICE.
    """
    code = _SILENT.sub(" ", sparql)
    if _UPDATE.match(code):
        msg = "this is a SPARQL update, and the store is only read here: write SELECT, ASK, CONSTRUCT or DESCRIBE"
        raise QueryError(msg)
    if _SERVICE.search(code):
        msg = "SERVICE would ask another server, and this query stays here: send it to the server with --endpoint"
        raise QueryError(msg)


def _point(sparql: str, message: str) -> str:
    found = _POSITION.fullmatch(message)
    if found is None:
        return f"this is not valid SPARQL: {message}"
    line, column = int(found[1]), int(found[2])
    lines = sparql.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    return f"this is not valid SPARQL: line {line}, column {column}: {found[3]}\n  {shown}\n  {' ' * (column - 1)}^"
