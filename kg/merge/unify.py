"""Gives every article, event and entity its place in the graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kg.ids import Kind, Minter
from kg.merge.entities import Sighting, part_of, sightings
from kg.merge.gather import Gathered, gather, node
from kg.merge.names import key_of, tidy
from kg.merge.sign import event_iris
from kg.records import Article, EntityKind, LinkedExtraction
from kg.resolved import Clusters, Resolved, ResolvedEntity
from kg.vocab import Vocab


def unify(
    linked: Iterable[LinkedExtraction],
    *,
    minter: Minter,
    vocab: Vocab,
    merge: bool = True,
    clusters: Clusters | None = None,
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
        clusters: which events are one, and which articles are copies; nothing when left out.
    """
    known = clusters or Clusters()
    articles = _by_article(linked, minter)
    seen = {iri: sightings(one, iri, minter=minter, vocab=vocab, merge=merge) for iri, one in articles.items()}
    groups: dict[str, list[Gathered]] = {}
    for iri, one in articles.items():
        for part in (*map(part_of, seen[iri]), *publisher_of(one.extraction.article, minter)):
            groups.setdefault(part.iri, []).append(part)
    nodes = {iri: node(gather(parts), vocab=vocab, merge=merge) for iri, parts in groups.items()}
    for iri in sorted(articles):
        yield place(articles[iri], iri, seen[iri], nodes, minter, known)


def place(
    linked: LinkedExtraction,
    iri: str,
    seen: Sequence[Sighting],
    nodes: Mapping[str, ResolvedEntity],
    minter: Minter,
    known: Clusters,
) -> Resolved:
    """Return an article with its events and entities resolved.

    Args:
        linked: what it tells.
        iri: its IRI.
        seen: its sightings.
        nodes: by IRI, at least the ones of its sightings and publisher.
        minter: mints the IRIs of events.
        known: which of its events are those of other articles, and whether it is a copy.
    """
    mentions: dict[str, ResolvedEntity] = {}
    for sighting in seen:
        for mention in sighting.entity.mentions:
            mentions.setdefault(mention, nodes[sighting.iri])
    own = event_iris(linked.extraction, iri, minter)
    joined = {event: known.events[event] for event in own.values() if event in known.events}
    return Resolved(
        extraction=linked.extraction,
        links=linked.links,
        article=iri,
        copy_of=known.copies.get(iri),
        publisher=next((nodes[part.iri] for part in publisher_of(linked.extraction.article, minter)), None),
        own=own,
        events={name: joined[event].iri if event in joined else event for name, event in own.items()},
        shared=frozenset(cluster.iri for cluster in joined.values()),
        entities={sighting.entity.id: nodes[sighting.iri] for sighting in seen},
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


def publisher_of(article: Article, minter: Minter) -> tuple[Gathered, ...]:
    """Return what the article says of its publisher, nothing when it names none."""
    name = tidy(article.publisher or "")
    if not name:
        return ()
    iri = minter.iri(Kind.ORGANISATION, "publisher", key_of(name))
    return (Gathered(iri=iri, kind=EntityKind.ORGANISATION, named=None, counts=((name, 1),)),)
