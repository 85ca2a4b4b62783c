"""Decides which records of entities are one thing, and what it is called."""

from collections.abc import Iterable

import msgspec

from kg.ids import ENTITY_KIND, Kind, Minter
from kg.merge.names import best, fold, is_name, tidy
from kg.records import (
    Candidate,
    Entity,
    EntityKind,
    Extraction,
    LinkedExtraction,
    Mention,
    ResolvedEntity,
    Span,
)
from kg.vocab import Vocab


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One record of an entity, with the IRI of the node that it belongs to."""

    iri: str
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


def sightings(linked: LinkedExtraction, article: str, *, minter: Minter, vocab: Vocab, merge: bool) -> tuple[Sighting, ...]:
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
        own = [mentions[name] for name in entity.mentions]
        target = chosen.get(entity.id) if entity.named else None
        forms = {tidy(mention.span.of(text)) for mention in own} if entity.named else set()
        found.append(
            Sighting(
                iri=minter.iri(*_seed(entity, own, article, target, vocab=vocab, merge=merge)),
                entity=entity,
                name=tidy(entity.name) or entity.kind.value,
                forms=tuple(sorted(form for form in forms if is_name(form))),
                chosen=target,
            )
        )
    return tuple(found)


def _seed(
    entity: Entity, mentions: list[Mention], article: str, target: Candidate | None, *, vocab: Vocab, merge: bool
) -> tuple[Kind, *tuple[object, ...]]:
    """Return what the IRI of `entity` is made from: equal seeds are the same thing."""
    kind = ENTITY_KIND[entity.kind]
    if not entity.named:
        weapon = vocab.weapon_class_of(entity.name) if entity.kind is EntityKind.WEAPON else None
        if weapon is not None:
            return (kind, "class", weapon.name)
        if entity.kind in (EntityKind.PERSON, EntityKind.ORGANISATION):
            kind = Kind.GROUP
    elif merge:
        return (kind, "link", target.target) if target else (kind, "name", fold(entity.name))
    first = min((mention.span for mention in mentions), default=Span(start=0, end=0))
    return (kind, article, fold(entity.name), first.start, first.end)


def resolve(group: Iterable[Sighting], *, vocab: Vocab, merge: bool) -> ResolvedEntity:
    """Return the node for all sightings that share an IRI; their order does not matter.

    Args:
        group: the sightings, at least one.
        vocab: knows the weapon classes.
        merge: a linked node is called by the knowledge base's name, else by its fullest name in the text.
    """
    ordered = sorted(group, key=msgspec.json.encode)
    entity = ordered[0].entity
    label = best(sighting.name for sighting in ordered)
    weapon = vocab.weapon_class_of(label) if entity.kind is EntityKind.WEAPON else None
    if not entity.named and weapon is not None:
        return ResolvedEntity(iri=ordered[0].iri, kind=entity.kind, label=weapon.label, weapon_class=weapon.name)
    chosen = next((sighting.chosen for sighting in ordered if sighting.chosen), None)
    names = {name for sighting in ordered for name in (sighting.name, *sighting.forms)}
    if chosen is not None:
        names.add(chosen.name)
        label = chosen.name if merge else label
    described_kind = entity.kind if entity.kind in (EntityKind.PLACE, EntityKind.WEAPON) else EntityKind.GROUP
    return ResolvedEntity(
        iri=ordered[0].iri,
        kind=entity.kind if entity.named else described_kind,
        label=label,
        names=tuple(sorted(names - {label})) if entity.named else (),
        named=entity.named,
        described=not entity.named,
        chosen=chosen,
        weapon_class=weapon.name if weapon else None,
    )
