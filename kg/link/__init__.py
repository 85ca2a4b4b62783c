"""Linking: for each named entity the entry of the knowledge base that it stands for, or the reasons for none."""

import msgspec

from kg.config import LinkConfig
from kg.gazetteer import Gazetteer
from kg.link.beside import containers, parts
from kg.link.candidates import find_matches, find_wholes
from kg.link.coarsen import coarsen
from kg.link.country import in_country
from kg.link.decide import decide, decide_part
from kg.link.evidence import Evidence, gather
from kg.link.overrides import Overrides
from kg.link.prominence import SETTLED, prominence
from kg.link.score import Surroundings, score
from kg.link.short import long_forms
from kg.link.stand import acts_for
from kg.records import Entity, EntityKind, Extraction, Link, LinkedExtraction, Outcome

__all__ = ["coarsen", "link"]

_TITLE_REACH = 60


def link(
    extraction: Extraction, gazetteer: Gazetteer, config: LinkConfig, overrides: Overrides | None = None
) -> LinkedExtraction:
    """Decide for each named entity of `extraction` what it stands for.

    Args:
        extraction: what one article tells.
        gazetteer: the names that are known.
        config: the least score and the least lead of a link.
        overrides: what the user has decided; it wins always.

    Returns:
        The extraction with one link for each named entity, in the order of the entities.
    """
    evidence = gather(extraction, gazetteer)
    text = extraction.article.text
    named = [entity for entity in extraction.entities if entity.named]
    decided = overrides or Overrides()
    own = {entity.id: one for entity in named if (one := decided.decide(entity, evidence, gazetteer)) is not None}
    found = {
        entity.id: in_country(
            own.get(entity.id) or _link_entity(entity, extraction, gazetteer, evidence, config),
            entity,
            text,
            gazetteer,
            evidence,
        )
        for entity in named
    }
    for short, full in long_forms(extraction, evidence).items():
        if short in own:
            continue
        reasons = (*found[full.id].reasons, f"short for {full.name}")
        if found[full.id].outcome is Outcome.LINKED or found[short].outcome is Outcome.LINKED:
            found[short] = msgspec.structs.replace(found[full.id], entity=short, reasons=reasons)
    return LinkedExtraction(extraction=extraction, links=tuple(found[entity.id] for entity in named))


def _link_entity(
    entity: Entity, extraction: Extraction, gazetteer: Gazetteer, evidence: Evidence, config: LinkConfig
) -> Link:
    text = extraction.article.text
    matches = find_matches(entity, text, gazetteer, evidence)
    if matches:
        sure = entity.kind is EntityKind.PLACE and len(matches) == 1 and prominence(matches[0].entry) > SETTLED
        around = Surroundings(entity=entity.id) if sure else _surroundings(entity, extraction, gazetteer, evidence)
        scored = score(matches, evidence, around)
        decision = decide(entity, scored, config)
        meant = scored[0].entry if decision.target in {None, scored[0].entry.target} else None
        body = acts_for(entity, meant, gazetteer, evidence) if decision.outcome is not Outcome.AMBIGUOUS else None
        return decision if body is None else msgspec.structs.replace(decision, acts_for=body)
    wholes = find_wholes(entity, gazetteer, evidence)
    if wholes:
        return decide_part(entity, score(wholes, evidence, Surroundings(entity=entity.id)))
    return decide(entity, [], config)


def _surroundings(entity: Entity, extraction: Extraction, gazetteer: Gazetteer, evidence: Evidence) -> Surroundings:
    mentions, text = evidence.mentions[entity.id], extraction.article.text
    if entity.kind is EntityKind.PERSON:
        start = mentions[0].head.start if mentions else 0
        return Surroundings(
            entity=entity.id, before=text[max(0, start - _TITLE_REACH) : start], published=extraction.article.published
        )
    if entity.kind is not EntityKind.PLACE:
        return Surroundings(entity=entity.id)
    return Surroundings(
        entity=entity.id,
        containers=tuple(containers(mentions, text, gazetteer)),
        parts=tuple(parts(mentions, text, gazetteer)),
        near=tuple(evidence.near.get(entity.id, ())),
    )
