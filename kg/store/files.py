"""RDF files in: any syntax that Oxigraph reads, chosen by the file's extension."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError

_EXTENSIONS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".n3": ox.RdfFormat.N3,
}

_POSITION = re.compile(r"^Parser error at line [0-9]+ (?:column|between columns) [0-9]+(?: and [0-9]+)?: ")


def parse(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of one RDF file; blank nodes get names that no other file has.

    Raises:
        InputError: the extension is unknown, or the file breaks its syntax; the text names line and column.
        OSError: the file cannot be opened.
    """
    form = _EXTENSIONS.get(path.suffix.lower())
    if form is None:
        msg = f"{path}: unknown kind of RDF file; it must end in one of {', '.join(_EXTENSIONS)}"
        raise InputError(msg)
    with path.open("rb") as file:
        try:
            yield from ox.parse(file, form, base_iri=path.resolve().as_uri(), rename_blank_nodes=True)
        except SyntaxError as error:
            place = f"{path}:{error.lineno}:{error.offset}" if error.lineno else f"{path}"
            reason = _POSITION.sub("", error.msg)
            msg = f"{place}: this is not valid {form.name}: {reason}"
            raise InputError(msg) from error
        except ValueError as error:
            msg = f"{path}: this is not valid {form.name}: {error}"
            raise InputError(msg) from error


def load(paths: Iterable[Path]) -> ox.Store:
    """Read all RDF files of `paths` into one store in memory.

    Raises:
        InputError: as `parse`.
        OSError: a file cannot be opened.
    """
    store = ox.Store()
    for path in paths:
        store.bulk_extend(parse(path))
    return store
