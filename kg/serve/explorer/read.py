"""Short words for reading a graph; all graphs of the store count as one."""

from collections.abc import Iterator, Mapping
from itertools import islice
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.query import run
from kg.rdf.namespaces import DCT, LABEL, SKOS, TYPE, ckg, last_part
from kg.resources import folder

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

MOST = 20_000
"""How many triples of one thing are read at most: some tenths of a second."""

EVENT = ckg("Event")
ARTICLE = ckg("Article")
TITLE = ox.NamedNode(DCT + "title")
IDENTIFIER = ox.NamedNode(DCT + "identifier")
MATCH = ox.NamedNode(SKOS + "exactMatch")


def pairs(store: ox.Store, predicate: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """Yield subject and object of all triples with `predicate`, as strings."""
    for quad in store.quads_for_pattern(None, predicate, None, None):
        yield value(quad.subject), value(quad.object)


def ask(store: ox.Store, name: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of `queries/explorer/NAME.rq`: column → value; columns without a value are left out."""
    found = run(store, (folder("queries") / "explorer" / f"{name}.rq").read_text("utf-8"))
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - the queries are our own
    columns = [variable.value for variable in found.variables]
    for row in found:
        yield {column: value(term) for column in columns if (term := row[column]) is not None}


def nodes(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the things that `subject` has as `predicate`, in the order of their IRIs."""
    found = {quad.object for quad in store.quads_for_pattern(subject, predicate, None, None)}
    return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=value)


def subjects(store: ox.Store, predicate: ox.NamedNode, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """Return what has `thing` as its `predicate`, in the order of their IRIs; of very many the first `MOST` of the store."""
    found = {quad.subject for quad in islice(store.quads_for_pattern(None, predicate, thing, None), MOST)}
    return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=value)


def first(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
    """Return the first value of a property, in the order of characters."""
    return min((value(quad.object) for quad in store.quads_for_pattern(subject, predicate, None, None)), default=None)


def number(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> float | None:
    """Return the first value of a property as a number; `None` when it is none."""
    return as_number(first(store, subject, predicate))


def as_number(text: str | None) -> float | None:
    """Return a finite number, `None` when the text is none.

    >>> as_number("12.5"), as_number("many"), as_number("INF")
    (12.5, None, None)
    """
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if abs(found) < float("inf") else None


def as_integer(text: str | None) -> int | None:
    """Return a whole number, `None` when the text is none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 16 else None


def exists(store: ox.Store, subject: ox.NamedNode, kind: ox.NamedNode) -> bool:
    """Tell whether `subject` is of the class `kind`."""
    return next(store.quads_for_pattern(subject, TYPE, kind, None), None) is not None


def name(store: ox.Store, node: ox.NamedNode) -> str:
    """Return the label of a thing, the title of an article, or the last part of the IRI."""
    found = (first(store, node, predicate) for predicate in (LABEL, TITLE, IDENTIFIER))
    return next((text for text in found if text), last_part(node.value))


def value(term: Term) -> str:
    """Return the IRI or the text of a term."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def web(iri: str | None) -> str | None:
    """Return `iri` when a link may lead there: http or https, nothing that a browser would run.

    >>> web("https://example.org/a"), web("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return iri if iri is not None and urlsplit(iri).scheme in {"http", "https"} else None
