"""What many records of one entity have in common, in a form that can be added up part by part."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from kg.merge.names import best
from kg.records import Candidate, EntityKind
from kg.resolved import ResolvedEntity
from kg.vocab import Vocab


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """All records of one node that were seen so far.

    `named` is as in `Entity`, and `None` for a publisher, which no article mentions. `counts` tells how often the node has
    each name, sorted; `forms` are other words for it, sorted. `chosen` is what it is linked to, without how sure that is.
    """

    iri: str
    kind: EntityKind
    named: bool | None
    counts: tuple[tuple[str, int], ...]
    forms: tuple[str, ...] = ()
    chosen: Candidate | None = None


def bare(candidate: Candidate | None) -> Candidate | None:
    """Return what `candidate` says of the thing itself, without what one article says for it."""
    return None if candidate is None else msgspec.structs.replace(candidate, score=0.0, reasons=())


def gather(parts: Iterable[Gathered]) -> Gathered:
    """Return the sum of parts that have one IRI, at least one; their order does not matter."""
    ordered = list(parts)
    if len(ordered) == 1:
        return ordered[0]
    counts: Counter[str] = Counter()
    for part in ordered:
        counts.update(dict(part.counts))
    chosen = {part.chosen for part in ordered if part.chosen is not None}
    return msgspec.structs.replace(
        ordered[0],
        counts=tuple(sorted(counts.items())),
        forms=tuple(sorted({form for part in ordered for form in part.forms})),
        chosen=min(chosen, key=msgspec.json.encode, default=None),
    )


def node(gathered: Gathered, *, vocab: Vocab, merge: bool) -> ResolvedEntity:
    """Return the node of all records.

    Args:
        gathered: the sum of all records of one node.
        vocab: knows the weapon classes.
        merge: a linked node is called by the knowledge base's name, else by its most frequent name in the texts.
    """
    label = best(dict(gathered.counts))
    kind, chosen = gathered.kind, gathered.chosen
    weapon = vocab.weapon_class_of(label) if kind is EntityKind.WEAPON else None
    if gathered.named is False and weapon is not None:
        return ResolvedEntity(iri=gathered.iri, kind=kind, label=weapon.label, weapon_class=weapon.name)
    names = {name for name, _ in gathered.counts} | set(gathered.forms)
    if chosen is not None:
        names.add(chosen.name)
        label = chosen.name if merge else label
    return ResolvedEntity(
        iri=gathered.iri,
        kind=kind,
        label=label,
        names=tuple(sorted(names - {label})) if gathered.named else (),
        named=bool(gathered.named),
        described=gathered.named is False,
        chosen=chosen,
        weapon_class=weapon.name if weapon else None,
    )
