"""The SHACL shapes, run by pySHACL."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resources
from kg.errors import MissingExtraError
from kg.validate.checks import Severity
from kg.validate.findings import Finding

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"


def validate_shapes(store: ox.Store, shapes: Path | None = None) -> list[Finding]:
    """Return what breaks the SHACL shapes, sorted.

    Args:
        store: the graph; all its graphs count as one.
        shapes: the shapes in Turtle; `ontology/shapes.ttl` by default.

    Raises:
        MissingExtraError: pySHACL is not installed.
    """
    try:
        pyshacl = importlib.import_module("pyshacl")
    except ImportError as error:
        msg = "SHACL needs pySHACL: pip install 'conflict-kg[validate]'; the SPARQL checks run without it"
        raise MissingExtraError(msg) from error
    import rdflib  # noqa: PLC0415 - only SHACL pays for rdflib

    data = rdflib.Graph()
    data.parse(data=_triples(store), format="nt")
    rules = rdflib.Graph()
    rules.parse(shapes or resources.folder("ontology") / "shapes.ttl", format="turtle")
    _conforms, report, _text = pyshacl.validate(data, shacl_graph=rules, inference="none", advanced=False)
    return sorted(set(_findings(report)))


def _triples(store: ox.Store) -> bytes:
    triples = {quad.triple for quad in store}
    found = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.N_TRIPLES)
    assert found is not None  # noqa: S101 - without an output the bytes come back
    return found


def _findings(report: "rdflib.Graph") -> Iterator[Finding]:
    from rdflib import URIRef  # noqa: PLC0415

    def one(node: "rdflib.term.Node", name: str) -> str:
        return str(report.value(node, URIRef(_SH + name)) or "")

    for result in report.objects(None, URIRef(_SH + "result")):
        path, shape, value = (one(result, name) for name in ("resultPath", "sourceShape", "value"))
        focus = one(result, "focusNode")
        yield Finding(
            check=f"shacl-{re.split('[/#]', path or shape)[-1]}",
            severity=Severity.WARNING if one(result, "resultSeverity") == _SH + "Warning" else Severity.VIOLATION,
            message=one(result, "resultMessage"),
            focus=focus,
            detail=value if value != focus else "",
        )
