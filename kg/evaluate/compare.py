"""Gold and graph side by side: one outcome for every annotated and every predicted value."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

import msgspec

from kg.evaluate.align import Pairs, agree, align_claims, align_events, match, same_dates, same_place, tolls, words
from kg.evaluate.gold import GoldClaim, GoldDocument, GoldEntity, GoldEvent
from kg.evaluate.predicted import PredictedClaim, PredictedEntity, PredictedEvent, Prediction, Toll
from kg.records import Harm, PlacePrecision, Role

ROWS = (
    *("event", "type", "status", "date", "place", "country", "perpetrator", "target", "weapon", "casualties"),
    *("claim", "stance", "entity"),
)
"""Kinds of facts that are scored, in the order of the table."""
MISSED, SPURIOUS, OTHER = "missed", "spurious", "other value"
FOLLOWING = " with its event or claim"
"""What is added to the error of a value that is missed or spurious because what it belongs to is."""
_COARSE = frozenset({PlacePrecision.COUNTRY.value, PlacePrecision.REGION.value})


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One value of the gold beside one of the graph; either may be missing, then `right` is false.

    `error` names the kind of error, it is empty when `right`.
    """

    row: str
    doc: str
    gold: str | None
    found: str | None
    error: str = ""

    @property
    def right(self) -> bool:
        """Whether the graph has what the gold has."""
        return not self.error


class Aligned(msgspec.Struct, frozen=True, kw_only=True):
    """One document: which events and claims of gold and graph are the same."""

    gold: GoldDocument
    found: Prediction
    events: Pairs[GoldEvent, PredictedEvent]
    claims: Pairs[GoldClaim, PredictedClaim]


def align(gold: GoldDocument, found: Prediction, parents: Mapping[str, str]) -> Aligned:
    """Align one document.

    Args:
        gold: the annotation.
        found: what the graph says.
        parents: event type → its family.
    """
    return Aligned(gold=gold, found=found, events=align_events(gold, found, parents), claims=align_claims(gold, found))


def compare(document: Aligned) -> Iterator[Outcome]:
    """Yield the outcomes of one document."""
    for row, gold, found, error in _document(document):
        yield Outcome(row=row, doc=document.gold.doc, gold=gold, found=found, error=error)


Values = tuple[str, str | None, str | None, str]
"""Row, gold value, value found, kind of error."""


def _document(document: Aligned) -> Iterator[Values]:
    for gold, found in document.events:
        for values in (_event, _date, _place, _roles, _casualties):
            yield from values(gold, found)
    yield from _claims(document.claims)
    yield from _entities(document.gold.entities, document.found)


def _values(row: str, gold: str | None, found: str | None, error: str, *, aligned: bool) -> Iterator[Values]:
    """Yield the two values unless both are missing; `error` is what is wrong when both are there."""
    if gold is not None and found is not None:
        yield row, gold, found, error
    elif gold is not None or found is not None:
        kind = MISSED if found is None else SPURIOUS
        yield row, gold, found, kind if aligned else kind + FOLLOWING


def _confused(row: str, gold: str | None, found: str | None, *, aligned: bool) -> Iterator[Values]:
    """Yield two values of a closed set; a wrong pair is named."""
    yield from _values(row, gold, found, "" if gold == found else f"{found} instead of {gold}", aligned=aligned)


def _event(gold: GoldEvent | None, found: PredictedEvent | None) -> Iterator[Values]:
    aligned = gold is not None and found is not None
    told = None if gold is None else f"{gold.type} “{gold.trigger}”"
    seen = None if found is None else f"{found.type} “{next(iter(found.triggers), '')}”"
    kind = "" if aligned else f"{MISSED} {gold.type}" if gold else f"{SPURIOUS} {found.type}" if found else ""
    yield "event", told, seen, kind
    yield from _confused("type", gold.type if gold else None, found.type if found else None, aligned=aligned)
    # An event without a status counts as found with a wrong one.
    status = (found.status or "none") if found else None
    yield from _confused("status", gold.status if gold else None, status, aligned=aligned)


def _date(gold: GoldEvent | None, found: PredictedEvent | None) -> Iterator[Values]:
    wanted = None if gold is None or gold.date is None else (gold.date.start.isoformat(), gold.date.end.isoformat())
    seen = None if found is None or found.dates is None else (found.dates[0], found.dates[1] or "")
    error = ""
    if wanted and seen and gold and found and not same_dates(gold, found):
        inside = wanted[0] <= seen[0] and seen[1] <= wanted[1]
        around = seen[0] <= wanted[0] and wanted[1] <= seen[1]
        error = "too narrow" if inside else "too wide" if around else "other day"
    told, said = (None if one is None else one[0] if one[0] == one[1] else "/".join(one) for one in (wanted, seen))
    yield from _values("date", told, said, error, aligned=gold is not None and found is not None)


def _place(gold: GoldEvent | None, found: PredictedEvent | None) -> Iterator[Values]:
    aligned = gold is not None and found is not None
    wanted = None if gold is None else gold.place
    seen = [] if found is None else found.places
    error = ""
    if gold is not None and found is not None and not same_place(gold, found):
        error = "too coarse" if found.precision in _COARSE else OTHER
    yield from _values("place", wanted.name if wanted else None, next(iter(seen), None), error, aligned=aligned)
    country = (wanted.country if wanted else None) or None
    others = [] if found is None else found.countries
    other = country if country in others else next(iter(others), None)
    yield from _confused("country", country, other, aligned=aligned)


def _roles(gold: GoldEvent | None, found: PredictedEvent | None) -> Iterator[Values]:
    for role in Role:
        wanted = () if gold is None else gold.values(role)
        seen = [] if found is None else found.values(role)
        aligned = gold is not None and found is not None
        yield from _lists(role, match(wanted, seen, agree), aligned=aligned)


def _casualties(gold: GoldEvent | None, found: PredictedEvent | None) -> Iterator[Values]:
    wanted = sorted(map(_toll, frozenset() if gold is None else tolls(gold)))
    seen = sorted(map(_toll, frozenset() if found is None else found.toll_set))
    pairs = match(wanted, seen, lambda one, other: one == other)
    yield from _lists("casualties", pairs, aligned=gold is not None and found is not None)


def _lists(row: str, pairs: Pairs[str, str], *, aligned: bool) -> Iterator[Values]:
    """Yield paired values; those left over on both sides of one event are wrong pairs.

    A value alone is told apart by whether its event has other ones: where it has none, nothing was looked for, or all made up.
    """
    missed = [gold for gold, found in pairs if gold is not None and found is None]
    spurious = [found for gold, found in pairs if found is not None and gold is None]
    yield from ((row, gold, found, "") for gold, found in pairs if gold is not None and found is not None)
    others = any(gold is not None for gold, _ in pairs), any(found is not None for _, found in pairs)
    for gold, found in zip_longest(missed, spurious):
        if not aligned or (gold is not None and found is not None):
            yield from _values(row, gold, found, _difference(gold or "", found or ""), aligned=aligned)
        elif gold is not None:
            yield row, gold, None, f"{MISSED} beside others" if others[1] else f"{MISSED}, none found"
        else:
            yield row, None, found, f"{SPURIOUS} beside others" if others[0] else f"{SPURIOUS}, none told"


def _difference(gold: str, found: str) -> str:
    """Name how two values differ: in a part of the phrase ("other words"), in the number of one harm, or wholly.

    >>> _difference("killed 2", "killed 3"), _difference("Goma", "Bukavu")
    ('other number of killed', 'other value')
    """
    harm, other = gold.split(" ", maxsplit=1)[0], found.split(" ", maxsplit=1)[0]
    if harm.capitalize() in set(Harm):
        return f"other number of {harm}" if harm == other else "other harm"
    return "other words" if set(words(gold)) & set(words(found)) else OTHER


def _claims(pairs: Pairs[GoldClaim, PredictedClaim]) -> Iterator[Values]:
    for gold, found in pairs:
        aligned = gold is not None and found is not None
        told = None if gold is None else f"{gold.claimant}: {gold.content}"
        seen = None if found is None else f"{min(found.sources, default='')}: {found.content}"
        kind = "" if aligned else f"{MISSED} {gold.stance}" if gold else f"{SPURIOUS} {found.stance}" if found else ""
        yield "claim", told, seen, kind
        yield from _confused("stance", gold.stance if gold else None, found.stance if found else None, aligned=aligned)


def _entities(gold: Iterable[GoldEntity], prediction: Prediction) -> Iterator[Values]:
    def same(one: GoldEntity, other: PredictedEntity) -> bool:
        return one.type == other.type and bool(one.names & other.names)

    pairs = match(tuple(gold), list(prediction.entities.values()), same)
    free = [found for known, found in pairs if known is None and found is not None]
    for known, found in pairs:
        if known is not None and found is not None:
            yield "entity", known.name, min(found.names, default=""), ""
        elif known is not None:
            twin = next((one for one in free if known.names & one.names), None)
            yield (
                "entity",
                known.name,
                None,
                f"{twin.type} instead of {known.type}" if twin else f"{MISSED} {known.type}",
            )
        elif found is not None:
            yield "entity", None, min(found.names, default=""), f"{SPURIOUS} {found.type}"


def _toll(toll: Toll) -> str:
    """Return a casualty number in words.

    >>> _toll(("killed", 41, None))
    'killed 41-'
    """
    kind, low, high = toll
    if low is None and high is None:
        return f"{kind} ?"
    return f"{kind} {low}" if low == high else f"{kind} {'' if low is None else low}-{'' if high is None else high}"
