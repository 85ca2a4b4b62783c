"""Whom a place speaks for: a capital or a seat of power that says or does something stands for a government."""

from kg.gazetteer import Entry, Gazetteer
from kg.link.evidence import Evidence
from kg.records import Candidate, Entity, EntityKind


def acts_for(entity: Entity, entry: Entry | None, gazetteer: Gazetteer, evidence: Evidence) -> Candidate | None:
    """Return the body that `entity`, which stands for `entry`, speaks or acts for in the article, if any.

    "Kyiv said" is Ukraine's government, "in Kyiv" the city; both may be meant in one article.
    """
    if entry is None or entry.acts_for is None:
        return None
    if entity.kind is EntityKind.PLACE and evidence.acting.isdisjoint(entity.mentions):
        return None
    body = gazetteer.by_target(entry.acts_for)
    if body is None or body.target is None:
        return None
    return Candidate(
        target=body.target, name=body.name, score=1.0, reasons=(f"{entry.name} stands for it",), source=body.source
    )
