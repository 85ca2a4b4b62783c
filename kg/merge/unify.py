"""Gives every article, event and entity its place in the graph."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from kg.ids import Kind, Minter
from kg.merge.entities import Sighting, resolve, sightings
from kg.merge.names import best, key_of, tidy
from kg.records import Article, EntityKind, Extraction, LinkedExtraction, Resolved, ResolvedEntity
from kg.vocab import Vocab


def unify(
    linked: Iterable[LinkedExtraction], *, minter: Minter, vocab: Vocab, merge: bool = True
) -> Iterator[Resolved]:
    """Yield each article with its events and entities resolved, sorted by the article's IRI.

    The result does not depend on the order of `linked`. The same article twice counts once; when two articles share id
    and text but not the rest, the one whose record sorts first is kept.

    Args:
        linked: what the articles tell; read to the end before the first result, because the name of an entity depends
            on all articles that mention it.
        minter: mints the IRIs.
        vocab: knows the weapon classes.
        merge: named entities of different articles that are linked to the same thing, or have the same name and no
            link, become one node. Otherwise each article has its own nodes.
    """
    articles = _by_article(linked, minter)
    seen = {iri: sightings(one, iri, minter=minter, vocab=vocab, merge=merge) for iri, one in articles.items()}
    groups: dict[str, list[Sighting]] = {}
    for sighting in (sighting for of_article in seen.values() for sighting in of_article):
        groups.setdefault(sighting.iri, []).append(sighting)
    nodes = {iri: resolve(group, vocab=vocab, merge=merge) for iri, group in groups.items()}
    publishers = _publishers([one.extraction.article for one in articles.values()], minter)
    for iri in sorted(articles):
        extraction = articles[iri].extraction
        mentions: dict[str, ResolvedEntity] = {}
        for sighting in seen[iri]:
            for mention in sighting.entity.mentions:
                mentions.setdefault(mention, nodes[sighting.iri])
        yield Resolved(
            extraction=extraction,
            links=articles[iri].links,
            article=iri,
            publisher=publishers.get(key_of(extraction.article.publisher or "")),
            events=_events(extraction, iri, minter),
            entities={sighting.entity.id: nodes[sighting.iri] for sighting in seen[iri]},
            mentions=mentions,
        )


def _by_article(linked: Iterable[LinkedExtraction], minter: Minter) -> dict[str, LinkedExtraction]:
    articles: dict[str, LinkedExtraction] = {}
    for one in linked:
        iri = minter.article(one.extraction.article)
        rival = articles.setdefault(iri, one)
        if rival != one:
            articles[iri] = min(rival, one, key=msgspec.json.encode)
    return articles


def _publishers(articles: Iterable[Article], minter: Minter) -> dict[str, ResolvedEntity]:
    """Return the node of every publisher by folded name."""
    names: dict[str, list[str]] = {}
    for article in articles:
        name = tidy(article.publisher or "")
        if name:
            names.setdefault(key_of(name), []).append(name)
    return {
        folded: ResolvedEntity(
            iri=minter.iri(Kind.ORGANISATION, "publisher", folded), kind=EntityKind.ORGANISATION, label=best(forms)
        )
        for folded, forms in names.items()
    }


def _events(extraction: Extraction, article: str, minter: Minter) -> dict[str, str]:
    """Return the IRI of every event; two events of a type with one trigger ("shelling of A and B") are numbered."""
    seen: Counter[tuple[object, ...]] = Counter()
    iris = {}
    for event in extraction.events:
        seed = (event.type, event.trigger.start, event.trigger.end)
        number = (seen[seed],) if seen[seed] else ()
        seen[seed] += 1
        iris[event.id] = minter.iri(Kind.EVENT, article, *seed, *number)
    return iris
