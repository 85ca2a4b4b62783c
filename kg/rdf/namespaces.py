"""Namespaces, their prefixes, and the terms of other vocabularies that the data use."""

import re
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox

from kg.ids import Kind
from kg.vocab import NAMESPACE

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
GEO = "http://www.opengis.net/ont/geosparql#"
SF = "http://www.opengis.net/ont/sf#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SCHEMA = "https://schema.org/"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"

VOCABULARIES = MappingProxyType(
    {
        "ckg": NAMESPACE,
        "dct": DCT,
        "geo": GEO,
        "oa": OA,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sem": SEM,
        "sf": SF,
        "skos": SKOS,
        "wd": WIKIDATA,
        "xsd": XSD,
    }
)
"""Prefix → namespace of every vocabulary that the data may use."""

_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")

TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")
GENERATED_BY = ox.NamedNode(PROV + "wasGeneratedBy")


@lru_cache(maxsize=1_000)
def ckg(name: str) -> ox.NamedNode:
    """Return the term `name` of the project's ontology.

    >>> ckg("Event").value
    'https://w3id.org/conflict-kg/ontology#Event'
    """
    return ox.NamedNode(NAMESPACE + name)


def local(iri: str) -> str:
    """Return the name of a term of the project's ontology, other IRIs as they are: the way back from `ckg`.

    >>> local("https://w3id.org/conflict-kg/ontology#Killed")
    'Killed'
    """
    return iri.removeprefix(NAMESPACE)


def last_part(iri: str) -> str:
    """Return what stands behind the last "#" or "/" of an IRI.

    >>> last_part("http://purl.org/dc/terms/title"), last_part("https://w3id.org/conflict-kg/ontology#Shelling")
    ('title', 'Shelling')
    """
    return iri.rpartition("#")[2].rpartition("/")[2]


def spaced(name: str) -> str:
    """Return the name of a term as words.

    >>> spaced("ClaimsResponsibility")
    'claims responsibility'
    """
    return _JOINT.sub(" ", name).lower()


def prefixes(base: str) -> dict[str, str]:
    """Return all prefixes, with one for each kind of data IRI below `base`.

    >>> prefixes("https://example.org/id/")["event"]
    'https://example.org/id/event/'
    """
    return dict(_prefixes(base))


@lru_cache
def _prefixes(base: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({**VOCABULARIES, **{kind.value: f"{base}{kind.value}/" for kind in Kind}}.items()))
