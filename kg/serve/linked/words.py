"""What terms are called on pages, and which come first."""

from functools import cache, lru_cache
from pathlib import Path

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import LABEL, last_part, spaced
from kg.serve.linked.ontology import text

_KEPT = 4_096


class _Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    first: tuple[str, ...]
    last: tuple[str, ...]
    inverse: dict[str, str]


@cache
def _words() -> _Words:
    return msgspec.toml.decode(Path(__file__).with_name("words.toml").read_bytes(), type=_Words)


@lru_cache(_KEPT)
def label(iri: str) -> str:
    """Return what a term of any vocabulary is called in words.

    >>> label("https://w3id.org/conflict-kg/ontology#ArmedClash")
    'armed clash'
    >>> label("http://purl.org/dc/terms/hasPart")
    'has part'
    """
    return text(ox.NamedNode(iri), LABEL) or spaced(last_part(iri)) or iri


def inverse(iri: str) -> str:
    """Return what a property is called from the side of the thing that it points to.

    >>> inverse("https://w3id.org/conflict-kg/ontology#target"), inverse("https://w3id.org/conflict-kg/ontology#accused")
    ('is target of', 'accused by')
    """
    return _words().inverse.get(last_part(iri)) or f"is {label(iri)} of"


def rank(iri: str) -> int:
    """Return where the facts of a property stand on a page, from 0 on.

    >>> rank("https://w3id.org/conflict-kg/ontology#status") < rank("http://purl.org/dc/terms/creator")
    True
    """
    name, words = last_part(iri), _words()
    if name in words.last:
        return len(words.first) + 1 + words.last.index(name)
    return words.first.index(name) if name in words.first else len(words.first)
