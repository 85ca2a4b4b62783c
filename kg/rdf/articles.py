"""Articles and their publishers."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.ids import text_hash
from kg.rdf import literals
from kg.rdf.namespaces import DCT, LABEL, TYPE, ckg
from kg.rdf.scope import Scope, Statement


def article_triples(scope: Scope) -> Iterator[Statement]:
    """Yield what is known of the article itself; its text is not part of the graph."""
    article, node = scope.resolved.extraction.article, scope.article
    yield node, TYPE, ckg("Article")
    yield node, ox.NamedNode(DCT + "identifier"), literals.text(article.id)
    yield node, ckg("sha256"), literals.text(text_hash(article))
    yield node, ckg("extractionMethod"), ckg("MachineExtracted")
    if article.title:
        yield node, ox.NamedNode(DCT + "title"), literals.text(article.title)
    if article.published:
        yield node, ox.NamedNode(DCT + "issued"), literals.date(article.published)
    if article.url:
        yield node, ox.NamedNode(DCT + "source"), literals.web_address(article.url)
    if article.language:
        yield node, ox.NamedNode(DCT + "language"), literals.text(article.language)
    if article.invented:
        yield node, ckg("invented"), literals.text("yes")
    publisher = scope.resolved.publisher
    if publisher:
        yield node, ox.NamedNode(DCT + "publisher"), ox.NamedNode(publisher.iri)
        yield ox.NamedNode(publisher.iri), TYPE, ckg(publisher.kind)
        yield ox.NamedNode(publisher.iri), LABEL, literals.text(publisher.label)
