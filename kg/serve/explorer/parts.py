"""The parts of the page as bytes, as a worker makes them."""

import gzip
from functools import cache

import msgspec
import pyoxigraph as ox

from kg.serve.explorer import actors, event
from kg.serve.explorer.columns import columns
from kg.serve.job import Look, Part
from kg.serve.write import UnknownError
from kg.vocab import Vocab, load_vocab

_LEVEL = 5
"""Of gzip: more takes twice the time and saves little."""


def part(store: ox.Store, job: Look) -> bytes:
    """Return a part of the page as JSON; what is of the whole graph is compressed by gzip.

    Raises:
        UnknownError: the graph has no such event or actor.
    """
    if job.part in {Part.EVENTS, Part.RELATIONS}:
        whole = columns(store, _vocab()) if job.part is Part.EVENTS else actors.relations(store)
        return gzip.compress(msgspec.json.encode(whole), _LEVEL, mtime=0)
    found = _look(store, job)
    if found is None:
        raise UnknownError(f"there is no such {job.part} in this graph: name it by its IRI")
    return msgspec.json.encode(found)


def _look(store: ox.Store, job: Look) -> object:
    iri, accused = (None if text is None else ox.NamedNode(text) for text in (job.iri, job.accused))
    if job.part is Part.SPEECHES:
        return actors.speeches(store, iri, accused)
    if iri is None:
        return None
    return event.card(store, _vocab(), iri) if job.part is Part.EVENT else actors.actor(store, iri)


@cache
def _vocab() -> Vocab:
    return load_vocab()
