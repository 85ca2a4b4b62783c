"""Articles and their publishers."""

from collections.abc import Iterator

from kg.ids import text_hash
from kg.rdf.namespaces import DCT
from kg.rdf.ntriples import LABEL, TYPE, Statement, ckg, date, named, term, text, web_address
from kg.rdf.scope import Scope


def article_triples(scope: Scope) -> Iterator[Statement]:
    """Yield what is known of the article itself; its text is not part of the graph."""
    article, node = scope.resolved.extraction.article, scope.article
    yield node, TYPE, ckg("Article")
    yield node, term(DCT, "identifier"), text(article.id)
    yield node, ckg("sha256"), text(text_hash(article))
    yield node, ckg("extractionMethod"), ckg("MachineExtracted")
    if article.title:
        yield node, term(DCT, "title"), text(article.title)
    if article.published:
        yield node, term(DCT, "issued"), date(article.published)
    if article.url:
        yield node, term(DCT, "source"), web_address(article.url)
    if article.language:
        yield node, term(DCT, "language"), text(article.language)
    if article.invented:
        yield node, ckg("invented"), text("yes")
    if scope.resolved.copy_of:
        yield node, ckg("copyOf"), named(scope.resolved.copy_of)
    publisher = scope.resolved.publisher
    if publisher:
        yield node, term(DCT, "publisher"), named(publisher.iri)
        yield named(publisher.iri), TYPE, ckg(publisher.kind)
        yield named(publisher.iri), LABEL, text(publisher.label)
