"""Articles and their publishers."""

from collections.abc import Iterator

from kg.ids import text_hash
from kg.rdf.namespaces import DCT
from kg.rdf.ntriples import LABEL, TYPE, ckg, date, named, term, text, triple, web_address
from kg.rdf.scope import Scope


def article_triples(scope: Scope) -> Iterator[str]:
    """Yield what is known of the article itself; its text is not part of the graph."""
    article, node = scope.resolved.extraction.article, scope.article
    yield triple(node, TYPE, ckg("Article"))
    yield triple(node, term(DCT, "identifier"), text(article.id))
    yield triple(node, ckg("sha256"), text(text_hash(article)))
    yield triple(node, ckg("extractionMethod"), ckg("MachineExtracted"))
    if article.title:
        yield triple(node, term(DCT, "title"), text(article.title))
    if article.published:
        yield triple(node, term(DCT, "issued"), date(article.published))
    if article.url:
        yield triple(node, term(DCT, "source"), web_address(article.url))
    if article.language:
        yield triple(node, term(DCT, "language"), text(article.language))
    if article.invented:
        yield triple(node, ckg("invented"), text("yes"))
    if scope.resolved.copy_of:
        yield triple(node, ckg("copyOf"), named(scope.resolved.copy_of))
    publisher = scope.resolved.publisher
    if publisher:
        yield triple(node, term(DCT, "publisher"), named(publisher.iri))
        yield triple(named(publisher.iri), TYPE, ckg(publisher.kind))
        yield triple(named(publisher.iri), LABEL, text(publisher.label))
