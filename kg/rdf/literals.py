"""Python values to RDF literals and IRIs, in the forms that stores keep unchanged."""

import datetime as dt
import re

import pyoxigraph as ox

from kg.rdf.namespaces import XSD

_ESCAPE = re.compile(r"\\\\([uU])|\\.", re.DOTALL)
_IRI = re.compile(r"""https?://[^\x00-\x20<>"{}|\\^`\x7f-\x9f\s]+""")


def text(value: str) -> ox.Literal:
    """Return a plain literal."""
    return ox.Literal(value)


def integer(value: int) -> ox.Literal:
    """Return an xsd:integer."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def decimal(value: float, digits: int = 2) -> ox.Literal:
    """Return an xsd:decimal with at most `digits` decimals, in the canonical form of XSD 1.1 (no trailing zeros).

    Stores that keep numbers as numbers (Oxigraph) return this form, so that a graph is the same after a round trip.

    >>> decimal(0.5).value, decimal(1.0).value, decimal(-0.001).value
    ('0.5', '1', '0')
    """
    shown = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return ox.Literal("0" if shown in {"-0", ""} else shown, datatype=ox.NamedNode(XSD + "decimal"))


def date(value: dt.date) -> ox.Literal:
    """Return an xsd:date."""
    return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def moment(value: dt.datetime) -> ox.Literal:
    """Return an xsd:dateTime in UTC, to the second; a `value` without time zone is taken as UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return ox.Literal(aware.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=ox.NamedNode(XSD + "dateTime"))


def web_address(value: str) -> ox.NamedNode | ox.Literal:
    """Return an IRI when `value` is an absolute one of the web, else a literal, so that no address is lost.

    >>> web_address("https://example.org/a"), web_address("page 3")
    (<NamedNode value=https://example.org/a>, <Literal value=page 3 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>)
    """
    if _IRI.fullmatch(value):
        try:
            return ox.NamedNode(value)
        except ValueError:
            return ox.Literal(value)
    return ox.Literal(value)


def in_sparql(written: str) -> str:
    r"""Return terms as N-Triples write them in a form that means the same in a query.

    Some engines decode \uXXXX before they read strings: an escaped backslash must not look like the start of one. Escapes
    are read one after another, so that the second half of one is not taken for the start of the next.
    """
    return _ESCAPE.sub(lambda found: rf"\\\U{ord(found[1]):08X}" if found[1] else found[0], written)
