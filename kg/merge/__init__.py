"""One graph out of many articles: decides the IRI and the names of every event and entity."""

from kg.merge.unify import unify

__all__ = ["unify"]
