"""The ontology files as look-up tables of terms and values: the one reader of `ontology/*.ttl`."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import VocabError

NAMESPACE = "https://w3id.org/conflict-kg/ontology#"
"""The IRI that all terms of the ontology start with; prefix `ckg:`."""

OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

_ONTOLOGY = NAMESPACE.rstrip("#")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Terms:
    """The parsed ontology with the look-ups that a `Vocab` needs.

    Subjects and objects are full IRIs or literal values, so that `sem:Event` is never taken for `ckg:Event`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._values: dict[tuple[str, str], list[str]] = {}
        self._instances: dict[str, list[str]] = {}
        for path in files(folder):
            try:
                for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                    self._add(quad)
            except SyntaxError as error:
                raise VocabError(f"{path} is no valid Turtle: {error}") from error

    def _add(self, quad: ox.Quad) -> None:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            return
        if quad.predicate.value == _TYPE:
            self._instances.setdefault(value.value, []).append(subject.value)
        self._values.setdefault((subject.value, quad.predicate.value), []).append(value.value)

    def instances(self, kind: str) -> Iterator[str]:
        """Yield the local names of our own instances of the class `kind`."""
        for iri in dict.fromkeys(self._instances.get(kind, ())):
            if iri.startswith(NAMESPACE):
                yield iri.removeprefix(NAMESPACE)

    def names(self) -> frozenset[str]:
        """Return the local names of all our terms."""
        return frozenset(iri.removeprefix(NAMESPACE) for iri, _ in self._values if iri.startswith(NAMESPACE))

    def all(self, subject: str, predicate: str, namespace: str = NAMESPACE) -> tuple[str, ...]:
        """Return all values in file order, without doubles."""
        return tuple(dict.fromkeys(self._values.get((NAMESPACE + subject, namespace + predicate), ())))

    def locals(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return the local names of all values that are terms of ours, in file order, without doubles."""
        found = self.all(subject, predicate)
        return tuple(value.removeprefix(NAMESPACE) for value in found if value.startswith(NAMESPACE))

    def text(self, subject: str, predicate: str) -> str:
        """Return the only `rdfs:label` or `rdfs:comment`.

        Raises:
            VocabError: there is none, or more than one.
        """
        found = self.all(subject, predicate, RDFS)
        if len(found) != 1:
            msg = f"ckg:{subject} has {len(found)} values of rdfs:{predicate}: give it exactly one in ontology/*.ttl"
            raise VocabError(msg)
        return found[0]

    def term(self, subject: str, predicate: str, namespace: str = NAMESPACE) -> str | None:
        """Return the local name of the first value that is a term of ours, if any."""
        found = (value for value in self.all(subject, predicate, namespace) if value.startswith(NAMESPACE))
        return next((value.removeprefix(NAMESPACE) for value in found), None)

    def version(self) -> str:
        """Return `owl:versionInfo` of the ontology.

        Raises:
            VocabError: there is none.
        """
        found = self._values.get((_ONTOLOGY, OWL + "versionInfo"))
        if not found:
            raise VocabError(f"no file of the ontology gives <{_ONTOLOGY}> an owl:versionInfo: add it to conflict.ttl")
        return found[0]


@cache
def term_names() -> frozenset[str]:
    """Return the local names of all terms of the ontology that ships, which is read once: a server asks for each request."""
    return Terms().names()


def files(folder: Path | None = None) -> Sequence[Path]:
    """Return the files of the ontology, the SHACL shapes left out, sorted by name.

    Args:
        folder: where they are; the ontology that ships with the project when left out.

    Raises:
        VocabError: there are none.
    """
    place = folder or resources.folder("ontology")
    found = sorted(path for path in place.glob("*.ttl") if path.name != "shapes.ttl")
    if not found:
        raise VocabError(f"{place} holds no ontology: it must have conflict.ttl and its sister files")
    return found
