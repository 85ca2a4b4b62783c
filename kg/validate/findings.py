"""Running the checks."""

from collections.abc import Iterable

import msgspec
import pyoxigraph as ox

from kg.validate.checks import Check, Severity, checks


class Finding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing in the graph that breaks one rule.

    `check` names the rule (a SPARQL check, or "shacl:" and a shape), `focus` is the IRI of the thing, `detail` the value
    or property at fault.
    """

    check: str
    severity: Severity
    message: str
    focus: str
    detail: str


def validate(graph: ox.Store | Iterable[ox.Quad], rules: Iterable[Check] | None = None) -> list[Finding]:
    """Return every finding of the SPARQL checks, sorted; an empty list when the graph keeps the contract.

    Args:
        graph: a store (only read), or quads, which are first put into a store in memory.
        rules: the checks to run; all that ship with the program by default.
    """
    if isinstance(graph, ox.Store):
        store = graph
    else:
        store = ox.Store()
        store.bulk_extend(graph)
    union = next(iter(store.named_graphs()), None) is not None
    found = (finding for rule in (checks() if rules is None else rules) for finding in _run(store, rule, union=union))
    return sorted(found)


def _run(store: ox.Store, rule: Check, *, union: bool) -> Iterable[Finding]:
    rows = store.query(rule.text, use_default_graph_as_union=union)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a check is a SELECT
    for row in rows:
        yield Finding(
            check=rule.name,
            severity=rule.severity,
            message=rule.message,
            focus=_words(row["focus"]),
            detail=_words(row["detail"]),
        )


def _words(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
