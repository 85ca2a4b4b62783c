"""OWL consistency of the ontology and a small sample of data, by HermiT through owlready2 (needs Java)."""

import importlib
import io
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, MissingExtraError
from kg.terms import files

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE = ox.NamedNode(_XSD + "date")
_DATE_TIME = ox.NamedNode(_XSD + "dateTime")
_NOTHING = "http://www.w3.org/2002/07/owl#Nothing"
_COPY = "https://w3id.org/conflict-kg/ontology/checked"
_Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def check_consistency(extra_ttl: Sequence[Path] = ()) -> list[str]:
    """Return the contradictions in the ontology together with `extra_ttl`; none is an empty list.

    HermiT refuses `xsd:date`, so that the copy it checks has `xsd:dateTime` instead, in ranges and in values. It takes
    a second for the ontology and far more for data: give a small sample.

    Args:
        extra_ttl: Turtle files with data to check along.

    Raises:
        InputError: a file is no valid Turtle.
        MissingExtraError: owlready2 or Java is missing.
    """
    try:
        owlready = importlib.import_module("owlready2")
    except ImportError as error:
        msg = "the OWL check needs owlready2: pip install 'conflict-kg[owl]'"
        raise MissingExtraError(msg) from error
    if shutil.which("java") is None:
        msg = "the OWL check needs Java: install a Java runtime (Debian: default-jre-headless) and put java on the PATH"
        raise MissingExtraError(msg)
    triples = ox.serialize(_triples([*files(), *extra_ttl]), format=ox.RdfFormat.N_TRIPLES)
    world = owlready.World()
    world.get_ontology(_COPY).load(fileobj=io.BytesIO(triples or b""), format="ntriples")
    try:
        owlready.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready.OwlReadyInconsistentOntologyError:
        what = ", ".join(path.name for path in extra_ttl)
        where = f"{what} contradicts the ontology" if what else "the ontology contradicts itself"
        return [f"{where}: no world can be as it says (HermiT)"]
    return sorted(
        f"<{kind.iri}> can have no instances" for kind in world.inconsistent_classes() if kind.iri != _NOTHING
    )


def _triples(paths: Sequence[Path]) -> Iterator[ox.Triple]:
    """Yield the triples of all files with dates as times; blank nodes stay apart from file to file."""
    for path in paths:
        try:
            quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
        except SyntaxError as error:
            msg = f"{path} is no valid Turtle: {error}"
            raise InputError(msg) from error
        for quad in quads:
            yield ox.Triple(quad.subject, quad.predicate, _without_date(quad.object))


def _without_date(term: _Object) -> _Object:
    if term == _DATE:
        return _DATE_TIME
    if isinstance(term, ox.Literal) and term.datatype == _DATE:
        return ox.Literal(f"{term.value}T00:00:00", datatype=_DATE_TIME)
    return term
