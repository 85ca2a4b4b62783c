"""Short forms that an article explains itself: a last name after the full name, an acronym after what it stands for."""

from collections.abc import Iterable

from kg.link.evidence import Evidence
from kg.records import Entity, EntityKind, Extraction

_BODIES = frozenset({EntityKind.ORGANISATION, EntityKind.GROUP})
_SMALL = frozenset({"of", "the", "and", "for", "in"})


def long_forms(extraction: Extraction, evidence: Evidence) -> dict[str, Entity]:
    """Return the id of each entity that is named in short → the entity with the full name.

    "Putin" after "Vladimir Putin", if no other person of the article is called so; "ECOWAS" after "Economic Community of
    West African States (ECOWAS)"; "RSF" after "Rapid Support Forces".
    """
    named = [entity for entity in extraction.entities if entity.named]
    lasts = _by_key(
        (entity.name.split()[-1], entity) for entity in named if entity.kind is EntityKind.PERSON and " " in entity.name
    )
    initials = _by_key((_initials(entity.name), entity) for entity in named if entity.kind in _BODIES)
    brackets = _by_key(pair for entity in named for pair in _explained(entity, extraction.article.text, evidence))
    found: dict[str, Entity] = {}
    for entity in named:
        if " " in entity.name:
            continue
        if entity.kind is EntityKind.PERSON:
            full = lasts.get(entity.name, ())
        elif entity.kind in _BODIES and entity.name.isupper():
            full = brackets.get(entity.name, ()) or initials.get(entity.name, ())
        else:
            continue
        if len(full) == 1 and full[0].id != entity.id:
            found[entity.id] = full[0]
    return found


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word not in _SMALL)


def _explained(entity: Entity, text: str, evidence: Evidence) -> Iterable[tuple[str, Entity]]:
    """Yield the acronym in brackets behind a body's name."""
    for mention in evidence.mentions[entity.id] if entity.kind in _BODIES and " " in entity.name else ():
        acronym, closed, _ = text[mention.span.end : mention.span.end + 14].partition(")")
        if closed and acronym.startswith(" (") and acronym[2:].isupper():
            yield acronym[2:], entity


def _by_key(pairs: Iterable[tuple[str, Entity]]) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for key, entity in pairs:
        if entity not in found.setdefault(key, []):
            found[key].append(entity)
    return found
