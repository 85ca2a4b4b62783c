"""The shipped ontology as a small store: names of terms for pages, and a page and RDF of its own."""

from functools import cache
from itertools import chain

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import LABEL, OWL, RDFS, SKOS, TYPE, ckg
from kg.store import parse
from kg.terms import NAMESPACE, files

IRI = NAMESPACE.rstrip("#")
_COMMENT = ox.NamedNode(RDFS + "comment")
_CLASS = ox.NamedNode(OWL + "Class")
_OBJECT_PROPERTY = ox.NamedNode(OWL + "ObjectProperty")
_PROPERTIES = frozenset(ox.NamedNode(f"{OWL}{kind}Property") for kind in ("Object", "Datatype", "Annotation"))
_SHOWN = tuple(
    ox.NamedNode(iri)
    for iri in (RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "broader", RDFS + "domain", RDFS + "range")
)


class Term(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A term of the ontology; `places` are its relations to other terms: IRI of the relation, IRI of the term."""

    name: str
    label: str
    comment: str
    places: tuple[tuple[str, str], ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Terms of one kind."""

    title: str
    terms: tuple[Term, ...]


@cache
def ontology() -> ox.Store:
    """Return the ontology, read once."""
    store = ox.Store()
    store.bulk_extend(chain.from_iterable(map(parse, files())))
    return store


@cache
def relations() -> tuple[ox.NamedNode, ...]:
    """Return the properties that lead from one thing to another, in the order of their IRIs."""
    quads = ontology().quads_for_pattern(None, TYPE, _OBJECT_PROPERTY, None)
    return tuple(sorted((q.subject for q in quads if isinstance(q.subject, ox.NamedNode)), key=str))


@cache
def sections() -> tuple[Section, ...]:
    """Return all terms of the ontology by kind."""
    kinds: dict[str, list[Term]] = {}
    own = {
        q.subject for q in ontology() if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(NAMESPACE)
    }
    for term in sorted(own, key=str):
        if text(term, LABEL):
            kinds.setdefault(_kind(term), []).append(_term(term))
    return tuple(Section(title=title, terms=tuple(terms)) for title, terms in sorted(kinds.items()))


def _kind(term: ox.NamedNode) -> str:
    types = {q.object for q in ontology().quads_for_pattern(term, TYPE, None, None)}
    if _CLASS in types:
        return "event types" if _is_event(term) else "classes"
    if types & _PROPERTIES:
        return "properties"
    return min((text(kind, LABEL) for kind in types if isinstance(kind, ox.NamedNode)), default="") or "other terms"


def _is_event(term: ox.NamedNode) -> bool:
    parents = [term]
    for parent in parents:
        above = (q.object for q in ontology().quads_for_pattern(parent, _SHOWN[0], None, None))
        parents += [term for term in above if isinstance(term, ox.NamedNode) and term not in parents]
    return ckg("Event") in parents


def _term(term: ox.NamedNode) -> Term:
    quads = (q for relation in _SHOWN for q in ontology().quads_for_pattern(term, relation, None, None))
    places = sorted((q.predicate.value, q.object.value) for q in quads if isinstance(q.object, ox.NamedNode))
    return Term(
        name=term.value.removeprefix(NAMESPACE),
        label=text(term, LABEL),
        comment=" ".join(text(term, _COMMENT).split()),
        places=tuple(places),
    )


def text(term: ox.NamedNode, property_: ox.NamedNode) -> str:
    """Return the value of a property of a term, the first when it has several, nothing when it has none."""
    values = (q.object for q in ontology().quads_for_pattern(term, property_, None, None))
    return min((value.value for value in values if isinstance(value, ox.Literal)), default="")
