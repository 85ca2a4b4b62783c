"""From scores to a decision: linked, not in the knowledge base, or ambiguous."""

from collections.abc import Sequence

from kg.config import LinkConfig
from kg.link.score import Scored
from kg.records import Candidate, Entity, EntityKind, Link, Outcome

MAX_CANDIDATES = 5
_PART_SCORE = 0.3
_LEAST_SCORE = 0.01


def decide(entity: Entity, scored: Sequence[Scored], config: LinkConfig) -> Link:
    """Return the decision for `entity`; `scored` is sorted best first."""
    if not scored:
        return Link(entity=entity.id, outcome=Outcome.NIL, reasons=("no entry has this name",))
    best = scored[0]
    candidates = tuple(
        _candidate(one) for one in scored if one.entry.target and (one is best or one.score >= _LEAST_SCORE)
    )[:MAX_CANDIDATES]
    if best.entry.target is None:
        reason = f"known as {best.entry.name} ({best.entry.type}, {best.entry.source}), which no source gives an identifier for"
        return Link(
            entity=entity.id,
            outcome=Outcome.NIL,
            candidates=candidates,
            reasons=(reason,),
            country=best.entry.country if entity.kind is EntityKind.PLACE else None,
        )
    lead = best.score - (scored[1].score if len(scored) > 1 else 0.0)
    if best.score >= config.threshold and lead >= config.margin:
        return Link(
            entity=entity.id,
            outcome=Outcome.LINKED,
            target=best.entry.target,
            score=best.score,
            candidates=candidates,
            reasons=best.reasons,
        )
    if len(scored) > 1 and scored[1].score > 0 and lead < max(config.margin, best.score / 2):
        reason = f"{best.entry.name} leads by {lead:.2f} only"
        return Link(
            entity=entity.id, outcome=Outcome.AMBIGUOUS, score=best.score, candidates=candidates, reasons=(reason,)
        )
    reason = f"the best score {best.score:.2f} is below {config.threshold:.2f}"
    return Link(entity=entity.id, outcome=Outcome.NIL, score=best.score, candidates=candidates, reasons=(reason,))


def decide_part(entity: Entity, scored: Sequence[Scored]) -> Link:
    """Return the decision for a place that is unknown itself; `scored` are places that it is part of or named after."""
    names = " or ".join(dict.fromkeys(one.entry.name for one in scored[:MAX_CANDIDATES]))
    candidates = tuple(_candidate(one, factor=_PART_SCORE) for one in scored if one.entry.target)[:MAX_CANDIDATES]
    return Link(
        entity=entity.id,
        outcome=Outcome.NIL,
        candidates=candidates,
        reasons=(f"no entry has this name; it is part of {names} or named after it",),
    )


def _candidate(scored: Scored, *, factor: float = 1.0) -> Candidate:
    entry = scored.entry
    return Candidate(
        target=entry.target or "",
        name=entry.name,
        score=round(scored.score * factor, 4),
        reasons=scored.reasons,
        country=entry.country,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=entry.precision,
        geonames=entry.geonames,
        source=entry.source,
    )
