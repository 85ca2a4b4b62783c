"""Two events that may be one, as a record."""

from kg.merge.signature import EventSignature
from kg.resolved import Pair


def pair_of(one: EventSignature, other: EventSignature, score: float, reasons: tuple[str, ...]) -> Pair:
    """Return the pair, the earlier event first."""
    first, second = (one, other) if one.order < other.order else (other, one)
    return Pair(
        one=first.event,
        other=second.event,
        score=score,
        reasons=reasons,
        orders=(first.order, second.order),
        articles=(first.article, second.article),
        place=place_of(one, other),
    )


def place_of(one: EventSignature, other: EventSignature) -> str | None:
    """Return the key of the place of both events, `None` when they have different ones, or none."""
    return one.site.key if one.site is not None and other.site is not None and one.site.key == other.site.key else None
