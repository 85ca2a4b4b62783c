"""Mentions → entities: names of the same thing within one article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract.descriptions import Bearers
from kg.extract.frame import Frame
from kg.records import Entity, EntityKind, Mention

Key = tuple[int, int]


@dataclass
class _Group:
    kind: EntityKind
    names: dict[str, int] = field(default_factory=dict)
    mentions: list[str] = field(default_factory=list)
    named: bool = True


def find_entities(
    frame: Frame, mentions: Iterable[tuple[Key, Mention]], actors: frozenset[Key] = frozenset()
) -> Iterator[Entity]:
    """Yield the entities behind the mentions, in text order, with ids n1, n2, ….

    A mention belongs to a name when its head is that name: "Governor Vyacheslav Gladkov" and "Gladkov" are one person,
    "Czech-made Vampire rockets" and "Vampire" one weapon. Mentions without a name are entities of their own, except
    that the same words for a weapon are the same weapon, and that "the governor" is the only governor named before.
    `actors` are the keys of the mentions that act in an event.
    """
    groups: dict[tuple[EntityKind, str], _Group] = {}
    persons: dict[str, tuple[EntityKind, str]] = {}
    bearers = Bearers(frame, actors)
    for (start, end), mention in mentions:
        name, kind = _name(frame, start, end, mention)
        named = name is not None
        label = name if name is not None else frame.doc[start:end].text
        key = (kind, label.lower() if named or kind is EntityKind.WEAPON else f"{label.lower()}@{start}")
        if kind is EntityKind.PERSON and named:
            last = label.split()[-1].lower()
            if " " not in label:
                key = persons.get(last, key)
            else:
                persons.setdefault(last, key)
        meant = None if named else bearers.meant((start, end), mention)
        if meant is not None:
            groups[meant].mentions.append(mention.id)
            continue
        bearers.note((start, end), key, named=named)
        group = groups.setdefault(key, _Group(kind=kind, named=named))
        group.names[label] = group.names.get(label, 0) + 1
        group.mentions.append(mention.id)
    for number, group in enumerate(groups.values(), 1):
        best = max(group.names, key=lambda text: (len(text.split()), group.names[text], text))
        yield Entity(
            id=f"n{number}",
            kind=group.kind,
            name=" ".join(best.split()),
            named=group.named,
            mentions=tuple(group.mentions),
        )


def _name(frame: Frame, start: int, end: int, mention: Mention) -> tuple[str | None, EntityKind]:
    """Return the proper name that a mention stands for, and its kind."""
    doc = frame.doc
    head = frame.head(start, end)
    if mention.kind is EntityKind.WEAPON:
        model = next(
            (
                frame.weapons[i]
                for i in range(start, end)
                if i in frame.weapons and frame.weapons[i].kb_id_ == "" and doc[i].ent_type_ == "Weapon"
            ),
            None,
        )
        return (model.text, EntityKind.WEAPON) if model is not None else (None, EntityKind.WEAPON)
    if head.ent_type_ and head.ent_type_ == mention.kind.value:
        ent = frame.ents[head.i]
        full = doc[slice(*frame.full_name(ent.start, ent.end))] if mention.kind is EntityKind.ORGANISATION else ent
        return (full if full.root.ent_type_ == ent.label_ else ent).text, mention.kind
    place = frame.place_of(start, end)
    if place is not None:
        return place.text, mention.kind
    if head.i in frame.demonyms and end - start == 1:
        return doc[start:end].text, mention.kind
    return None, mention.kind
