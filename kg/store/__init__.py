"""The embedded triple store (Oxigraph on disk) and the reading of RDF files."""

from kg.store.disk import open_read_only, write
from kg.store.files import load, parse

__all__ = ["load", "open_read_only", "parse", "write"]
