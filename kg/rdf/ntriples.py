"""Terms and statements as canonical N-Triples write them: text from the start, because a graph has many.

Source: https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples, as Oxigraph writes it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from kg.rdf.namespaces import PROV, RDF, RDFS, XSD
from kg.vocab import NAMESPACE

_WEB = re.compile(r"""https?://[^\x00-\x20<>"{}|\\^`\x7f-\x9f\s]+""")
_NO_IRI = re.compile(r"""[\x00-\x20<>"{}|\\^`]""")
_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\\ufffe\uffff]')
_ESCAPES = {**{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}} | {
    ord(letter): f"\\{short}" for letter, short in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}


def named(iri: str) -> str:
    """Return the node named `iri`.

    >>> named("urn:x")
    '<urn:x>'

    Raises:
        ValueError: it holds characters that no IRI has.
    """
    if _NO_IRI.search(iri):
        msg = f"{iri!r} is no IRI"
        raise ValueError(msg)
    return f"<{iri}>"


@cache
def ckg(name: str) -> str:
    """Return the term `name` of the project's ontology.

    >>> ckg("Event")
    '<https://w3id.org/conflict-kg/ontology#Event>'
    """
    return f"<{NAMESPACE}{name}>"


@cache
def term(namespace: str, name: str) -> str:
    """Return the term `name` of another vocabulary."""
    return f"<{namespace}{name}>"


def text(value: str) -> str:
    r"""Return a plain literal.

    >>> print(text('"No"\n'))
    "\"No\"\n"
    """
    return f'"{value.translate(_ESCAPES) if _SPECIAL.search(value) else value}"'


def typed(value: str, datatype: str) -> str:
    """Return a literal of the datatype with that IRI."""
    return f"{text(value)}^^<{datatype}>"


def integer(value: int) -> str:
    """Return an xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def plain_decimal(value: float, digits: int = 2) -> str:
    """Return a number with at most `digits` decimals, in the canonical form of XSD 1.1 (no trailing zeros).

    >>> plain_decimal(0.5), plain_decimal(1.0), plain_decimal(-0.001)
    ('0.5', '1', '0')
    """
    shown = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if shown in {"-0", ""} else shown


def decimal(value: float, digits: int = 2) -> str:
    """Return an xsd:decimal; stores that keep numbers as numbers return this form, so that a round trip changes nothing."""
    return f'"{plain_decimal(value, digits)}"^^<{XSD}decimal>'


def date(value: dt.date) -> str:
    """Return an xsd:date."""
    return f'"{value.isoformat()}"^^<{XSD}date>'


def plain_moment(value: dt.datetime) -> str:
    """Return a time in UTC, to the second; a `value` without time zone is taken as UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(value: dt.datetime) -> str:
    """Return an xsd:dateTime in UTC."""
    return f'"{plain_moment(value)}"^^<{XSD}dateTime>'


def web_address(value: str) -> str:
    """Return an IRI when `value` is an absolute one of the web, else a literal, so that no address is lost.

    >>> web_address("https://example.org/a"), web_address("page 3")
    ('<https://example.org/a>', '"page 3"')
    """
    if _WEB.fullmatch(value):
        try:
            return str(ox.NamedNode(value))
        except ValueError:
            return text(value)
    return text(value)


TYPE, LABEL, GENERATED_BY = term(RDF, "type"), term(RDFS, "label"), term(PROV, "wasGeneratedBy")


def triple(subject: str, predicate: str, value: str) -> str:
    r"""Return a triple as a line.

    >>> triple("<urn:a>", "<urn:b>", text("c"))
    '<urn:a> <urn:b> "c" .\n'
    """
    return f"{subject} {predicate} {value} .\n"


def lines(triples: Iterable[str], graph: str = "") -> list[bytes]:
    """Return triples, one or more a string, as lines of N-Quads, in the named graph `graph` if one is given."""
    written = "".join(triples)
    # Within a literal the end of a line is escaped.
    return (written.replace(" .\n", f" {graph} .\n") if graph else written).encode().splitlines(keepends=True)


def parse(written: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Yield the quads of lines of N-Quads."""
    return iter(ox.parse(b"".join(written), ox.RdfFormat.N_QUADS))
