"""Decides which records of entities are one thing, and what it is called."""

import msgspec

from kg.ids import ENTITY_KIND, Kind, Minter
from kg.merge.gather import Gathered, bare
from kg.merge.names import is_name, key_of, tidy
from kg.records import (
    Candidate,
    Entity,
    EntityKind,
    Extraction,
    LinkedExtraction,
    Span,
)
from kg.vocab import Vocab


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One record of an entity, with the IRI of the node that it belongs to; `shared` when other articles may name it too."""

    iri: str
    shared: bool
    entity: Entity
    name: str
    forms: tuple[str, ...]
    chosen: Candidate | None


def all_entities(extraction: Extraction) -> tuple[Entity, ...]:
    """Return the entities, with one more for every mention that belongs to none: words that describe something."""
    covered = {mention for entity in extraction.entities for mention in entity.mentions}
    text = extraction.article.text
    return extraction.entities + tuple(
        Entity(id=f"*{mention.id}", kind=mention.kind, name=mention.span.of(text), named=False, mentions=(mention.id,))
        for mention in extraction.mentions
        if mention.id not in covered
    )


def sightings(
    linked: LinkedExtraction, article: str, *, minter: Minter, vocab: Vocab, merge: bool
) -> tuple[Sighting, ...]:
    """Return one sighting for each of `all_entities`, in the same order.

    Args:
        linked: what one article tells.
        article: the IRI of the article.
        minter: mints the IRIs of the nodes.
        vocab: knows the weapon classes.
        merge: named entities of different articles may share a node.
    """
    chosen = {link.entity: link.chosen for link in linked.links}
    mentions = {mention.id: mention for mention in linked.extraction.mentions}
    text = linked.extraction.article.text
    found = []
    for entity in all_entities(linked.extraction):
        spans = [mentions[name].span for name in entity.mentions]
        target = chosen.get(entity.id) if entity.named else None
        forms = {tidy(span.of(text)) for span in spans} if entity.named else set()
        shared = _shared_seed(entity, target, vocab, merge=merge)
        first = min(spans, default=Span(start=0, end=0))
        found.append(
            Sighting(
                iri=minter.iri(_kind(entity), *(shared or (article, key_of(entity.name), first.start, first.end))),
                shared=bool(shared),
                entity=entity,
                name=tidy(entity.name) or entity.kind.value,
                forms=tuple(sorted(form for form in forms if is_name(form))),
                chosen=target,
            )
        )
    return tuple(found)


def _shared_seed(entity: Entity, target: Candidate | None, vocab: Vocab, *, merge: bool) -> tuple[str, ...]:
    """Return what the IRI of a node that articles share is made from; nothing when the node is of one article."""
    if entity.named:
        return (("link", target.target) if target else ("name", key_of(entity.name))) if merge else ()
    weapon = vocab.weapon_class_of(entity.name) if entity.kind is EntityKind.WEAPON else None
    return ("class", weapon.name) if weapon else ()


def _kind(entity: Entity) -> Kind:
    return ENTITY_KIND[entity.kind if entity.named else _described(entity.kind)]


def _described(kind: EntityKind) -> EntityKind:
    """Return the kind of what only words describe: people and bodies are groups."""
    return kind if kind in (EntityKind.PLACE, EntityKind.WEAPON) else EntityKind.GROUP


def part_of(sighting: Sighting) -> Gathered:
    """Return what one record says of its node."""
    entity = sighting.entity
    return Gathered(
        iri=sighting.iri,
        kind=entity.kind if entity.named else _described(entity.kind),
        named=entity.named,
        counts=((sighting.name, 1),),
        forms=sighting.forms,
        chosen=bare(sighting.chosen),
    )
