"""The page of one IRI as bytes of a media type."""

import pyoxigraph as ox

from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, serialise
from kg.serve.job import Describe
from kg.serve.linked.describe import describe
from kg.serve.linked.html import render_page
from kg.serve.linked.view import View
from kg.serve.media import HTML, TRIPLES
from kg.serve.write import UnknownError


def page(store: ox.Store, job: Describe, base: str) -> bytes:
    """Return what `store` tells about an IRI; `base` is what the IRIs of the data start with.

    Raises:
        UnknownError: it tells nothing.
    """
    iri = ox.NamedNode(job.iri)
    triples = describe(store, iri)
    if not triples:
        raise UnknownError(f"the graph knows nothing of {job.iri}")
    if job.media == HTML:
        return render_page(View(triples, iri, base).page())
    quads = (ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return serialise(quads, FORMATS[TRIPLES[job.media]], prefixes=prefixes(base))
