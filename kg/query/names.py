"""IRIs as people write and read them: full, with a prefix, or the bare name of an ontology term."""

import re
from functools import lru_cache

import pyoxigraph as ox

from kg.config import BASE
from kg.errors import QueryError
from kg.rdf.namespaces import VOCABULARIES, prefixes

_LOCAL = re.compile(r"[\w-][\w.-]*")


def expand(written: str) -> ox.NamedNode:
    """Return the IRI that `written` stands for.

    >>> expand("Shelling").value
    'https://w3id.org/conflict-kg/ontology#Shelling'
    >>> expand("event:abc").value
    'https://w3id.org/conflict-kg/id/event/abc'

    Raises:
        QueryError: it is no IRI, or its prefix is unknown.
    """
    bare = written.removeprefix("<").removesuffix(">") if written.startswith("<") else written
    prefix, colon, local = bare.partition(":")
    known = prefixes(BASE)
    if not colon and _LOCAL.fullmatch(bare):
        return ox.NamedNode(VOCABULARIES["ckg"] + bare)
    if prefix in known and not local.startswith("//"):
        bare = known[prefix] + local
    elif not (colon and (local.startswith("//") or prefix == "urn")):
        msg = f"{written!r} is no IRI: write https://…, a name with one of the prefixes {', '.join(known)}, or Shelling"
        raise QueryError(msg)
    try:
        return ox.NamedNode(bare)
    except ValueError as error:
        msg = f"{written!r} is no IRI: {error}"
        raise QueryError(msg) from error


@lru_cache(maxsize=20_000)
def compact(iri: str) -> str:
    """Return `iri` with a prefix where one fits, unchanged otherwise.

    >>> compact("https://w3id.org/conflict-kg/ontology#Shelling")
    'ckg:Shelling'
    """
    for prefix, namespace in prefixes(BASE).items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def declarations() -> str:
    """Return the PREFIX lines of all prefixes, in one line so that line numbers change by one only."""
    return " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in prefixes(BASE).items()) + "\n"
