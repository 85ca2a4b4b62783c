"""Entities and articles as a card shows them."""

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import DCT, TYPE, ckg, last_part
from kg.serve.explorer import read
from kg.vocab import NAMESPACE


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """An entity, or an article that speaks itself; `link` is its page in Wikidata, or the address of the article."""

    iri: str
    label: str
    kind: str
    link: str | None
    country: str | None


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """Where words stand; `link` is the address that the article was read from."""

    iri: str
    title: str
    published: str | None
    publisher: str | None
    link: str | None
    invented: bool


def thing(store: ox.Store, node: ox.NamedNode) -> Thing:
    """Return what `node` stands for."""
    classes = (last_part(kind.value) for kind in read.nodes(store, node, TYPE) if kind.value.startswith(NAMESPACE))
    article = read.exists(store, node, read.ARTICLE)
    link = read.first(store, node, ox.NamedNode(DCT + "source") if article else read.MATCH)
    return Thing(
        iri=node.value,
        label=read.name(store, node),
        kind="Article" if article else next(classes, "Other"),
        link=read.web(link),
        country=read.first(store, node, ckg("countryCode")),
    )


def article(store: ox.Store, node: ox.NamedNode) -> Article:
    """Return the article `node`."""
    publisher = next(iter(read.nodes(store, node, ox.NamedNode(DCT + "publisher"))), None)
    return Article(
        iri=node.value,
        title=read.name(store, node),
        published=read.first(store, node, ox.NamedNode(DCT + "issued")),
        publisher=read.name(store, publisher) if publisher else None,
        link=read.web(read.first(store, node, ox.NamedNode(DCT + "source"))),
        invented=read.first(store, node, ckg("invented")) is not None,
    )
