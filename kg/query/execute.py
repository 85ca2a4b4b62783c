"""Running SPARQL on a store, read only."""

import re
from typing import TypedDict

import msgspec
import pyoxigraph as ox

from kg.config import BASE
from kg.errors import QueryError
from kg.rdf.namespaces import prefixes

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What a query gives: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE)."""

_GAP = r"(?:\s|\#[^\n\r]*+)*+"
_IRI = r"<[^<>\s]*+>"
_SERVICE = re.compile(
    rf"[?$]\w++|(?P<service>SERVICE{_GAP}(?:SILENT{_GAP})?"
    rf"(?:{_IRI}|[?$]\w++|(?=[^\s{{}}<>:\#]*+:)(?:\\.|[^\s{{}}\#\\])++){_GAP}\{{)",
    re.IGNORECASE,
)
"""A variable, or the call of a service wherever it could stand: strings and comments are not told apart, as what looks like
one may be none to the parser (`?a <?b#> \"\"\"`), and spaces are not needed (`1SERVICESILENT:x{`)."""

_UPDATE = re.compile(
    rf"(?:{_GAP}(?:BASE|PREFIX{_GAP}[^\s:\#<>]*+:){_GAP}{_IRI})*+{_GAP}"
    r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|\#[^\n]*+"""
    rf"""|(?<![?$\w:])(?P<graph>FROM{_GAP}(?:NAMED{_GAP})?(?:{_IRI}|[^\s:\#<>{{}}]*+:))|{_IRI}""",
    re.IGNORECASE | re.DOTALL,
)
"""A string, a comment, an IRI, or a graph that the query names itself."""

_SERVICE_WORD, _FROM_WORD = re.compile("SERVICE", re.IGNORECASE), re.compile(r"(?<![?$\w:])FROM", re.IGNORECASE)
"""What a text holds wherever the patterns above find something: most queries need no closer look."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class _Graphs(TypedDict, total=False):
    use_default_graph_as_union: bool
    default_graph: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]
    named_graphs: list[ox.NamedNode | ox.BlankNode]


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """The graphs that a query sees, by their IRIs: `default` together as the default graph, `named` by name.

    When both are `None` the query's own FROM counts, and without one all graphs of the store count as one.
    """

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def run(store: ox.Store, sparql: str, dataset: Dataset | None = None) -> Results:
    """Run a SPARQL 1.1 query on `store`; the prefixes of the project need no declaration.

    Args:
        store: the store.
        sparql: the query.
        dataset: the graphs to ask, instead of those that the query names.

    Raises:
        QueryError: the query breaks the syntax (the text shows where), is an update, calls a remote SERVICE or an unknown
            function, or a graph is no IRI.
    """
    refuse_side_effects(sparql)
    graphs = _graphs(store, sparql, dataset or Dataset())
    try:
        return store.query(sparql, prefixes=prefixes(BASE), **graphs)
    except SyntaxError as error:
        raise QueryError(_point(sparql, str(error))) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"this query cannot be run: {error}") from error


def _graphs(store: ox.Store, sparql: str, dataset: Dataset) -> _Graphs:
    if dataset.default is None and dataset.named is None:
        own = _FROM_WORD.search(sparql) and any(found["graph"] for found in _FROM.finditer(sparql))
        return {"use_default_graph_as_union": not own and next(iter(store.named_graphs()), None) is not None}
    try:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in dataset.default or ()],
            "named_graphs": [ox.NamedNode(iri) for iri in dataset.named or ()],
        }
    except ValueError as error:
        raise QueryError(f"a graph is named by an absolute IRI: {error}") from error


def refuse_side_effects(sparql: str) -> None:
    """Refuse what would write to the store or leave this machine.

    Raises:
        QueryError: the text is an update or calls a SERVICE.
    """
    if _UPDATE.match(sparql):
        msg = "this is a SPARQL update, and the store is only read here: write SELECT, ASK, CONSTRUCT or DESCRIBE"
        raise QueryError(msg)
    unescaped = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), sparql)
    texts = [text for text in {sparql, unescaped} if _SERVICE_WORD.search(text)]
    if any(found["service"] for text in texts for found in _SERVICE.finditer(text)):
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
