"""Linking: for each named entity the entry of the knowledge base that it stands for, or the reasons for none."""

from kg.config import LinkConfig
from kg.gazetteer import Gazetteer
from kg.link.candidates import find_matches, find_wholes
from kg.link.coarsen import coarsen
from kg.link.container import containers, parts
from kg.link.country import in_country
from kg.link.decide import decide, decide_part
from kg.link.evidence import Evidence, gather, mentions_of
from kg.link.overrides import Overrides
from kg.link.score import Surroundings, score
from kg.records import Entity, EntityKind, Extraction, Link, LinkedExtraction

__all__ = ["coarsen", "link"]


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
    decided = overrides or Overrides()
    links = tuple(
        decided.decide(entity, evidence, gazetteer)
        or in_country(
            _link_entity(entity, extraction, gazetteer, evidence, config), entity, extraction, gazetteer, evidence
        )
        for entity in extraction.entities
        if entity.named
    )
    return LinkedExtraction(extraction=extraction, links=links)


def _link_entity(
    entity: Entity, extraction: Extraction, gazetteer: Gazetteer, evidence: Evidence, config: LinkConfig
) -> Link:
    matches = find_matches(entity, gazetteer)
    if matches:
        near = Surroundings(entity=entity.id)
        if entity.kind is EntityKind.PLACE and len(matches) > 1:
            mentions, text = mentions_of(entity, extraction), extraction.article.text
            near = Surroundings(
                entity=entity.id,
                containers=tuple(containers(mentions, text, gazetteer)),
                parts=tuple(parts(mentions, text, gazetteer)),
            )
        return decide(entity, score(matches, evidence, near), config)
    wholes = find_wholes(entity, gazetteer, evidence)
    if wholes:
        return decide_part(entity, score(wholes, evidence, Surroundings(entity=entity.id)))
    return decide(entity, [], config)
