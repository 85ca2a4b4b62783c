"""Casualty claims and what follows from them: the bounds over all sources, and which claims contradict each other."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import pyoxigraph as ox

from kg.ids import Kind
from kg.rdf import literals
from kg.rdf.namespaces import ckg
from kg.rdf.scope import Scope, Statement
from kg.records import Casualty, Event, Harm, Stance, VictimCategory

Bounds = tuple[int | None, int | None]
"""Least and greatest number, `None` where open."""

_DERIVED = ((Harm.KILLED, "killedLow", "killedHigh"), (Harm.INJURED, "injuredLow", "injuredHigh"))
_UNSAID = frozenset({Stance.DENIES, Stance.DOUBTS})
"""Stances of a source that does not stand for the number."""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A casualty record with its node and the IRI of its source."""

    node: ox.NamedNode
    source: str
    record: Casualty
    stance: Stance


def casualty_triples(scope: Scope, event: Event, node: ox.NamedNode) -> Iterator[Statement]:
    """Yield the casualty claims about `event`, whose node is `node`, and the bounds derived from them."""
    counts = _counts(scope, event, node)
    for count in counts:
        yield from _claim(scope, count, node)
    former = {old.node: new.node for new in counts for old in counts if new.record.revises and _is_former(old, new)}
    yield from ((new, ckg("replaces"), old) for old, new in former.items())
    current = [count for count in counts if count.node not in former]
    yield from _conflicts(current)
    for harm, low_name, high_name in _DERIVED:
        said = [count for count in current if count.record.harm is harm and count.stance not in _UNSAID]
        low, high = bounds(said)
        if low is not None:
            yield node, ckg(low_name), literals.integer(low)
        if high is not None:
            yield node, ckg(high_name), literals.integer(high)


def _counts(scope: Scope, event: Event, node: ox.NamedNode) -> tuple[Count, ...]:
    """Return the counts by node; of two records that differ in confidence alone the surer one."""
    found: dict[str, Count] = {}
    for casualty in sorted(event.casualties, key=lambda one: one.confidence):
        source = scope.source(casualty.claim).value
        said = (casualty.group or "", casualty.category, source, scope.stance(casualty.claim))
        seed = (casualty.harm, casualty.span.start, casualty.span.end, casualty.low, casualty.high, *said)
        claim = scope.mint(Kind.CASUALTY, node.value, *seed)
        found[claim.value] = Count(node=claim, source=source, record=casualty, stance=scope.stance(casualty.claim))
    return tuple(found[iri] for iri in sorted(found))


def _claim(scope: Scope, count: Count, event: ox.NamedNode) -> Iterator[Statement]:
    node, casualty = count.node, count.record
    yield from scope.claim(
        node, "CasualtyClaim", said=casualty.claim, evidence=casualty.span, confidence=casualty.confidence
    )
    yield node, ckg("about"), event
    yield from scope.quote(node, "mention", casualty.span)
    yield node, ckg("harm"), ckg(casualty.harm)
    yield node, ckg("victimCategory"), ckg(casualty.category)
    if casualty.low is not None:
        yield node, ckg("min"), literals.integer(casualty.low)
    if casualty.high is not None:
        yield node, ckg("max"), literals.integer(casualty.high)
    if casualty.group:
        yield node, ckg("victimGroup"), literals.text(casualty.group)


def _conflicts(counts: Sequence[Count]) -> Iterator[Statement]:
    """Yield both directions of every contradiction: other source, same people, numbers that cannot both be true."""
    for one in counts:
        for other in counts:
            a, b = one.record, other.record
            if one.source != other.source and (a.harm, a.category) == (b.harm, b.category) and _apart(a, b):
                yield one.node, ckg("conflictsWith"), other.node


def _is_former(old: Count, new: Count) -> bool:
    """Tell whether `new`, a number that takes the place of others, cannot be true of the same people together with `old`."""
    one, other = old.record, new.record
    return not one.revises and (one.harm, one.category) == (other.harm, other.category) and _apart(one, other)


def _apart(one: Casualty, other: Casualty) -> bool:
    def below(a: Casualty, b: Casualty) -> bool:
        return a.high is not None and b.low is not None and a.high < b.low

    return below(one, other) or below(other, one)


def bounds(counts: Iterable[Count]) -> Bounds:
    """Return the least low and the greatest high over all sources; a bound that one source leaves open stays open.

    Per source it is the number of all people if told, otherwise the sum over the categories: "21 people, including
    three children" are 21, "three soldiers and two civilians" are 5. Where one source tells all, those that tell only a
    part ("a girl was among the dead") bound nothing.
    """
    sources: dict[str, list[Casualty]] = {}
    for count in counts:
        sources.setdefault(count.source, []).append(count.record)
    whole = {s: r for s, r in sources.items() if any(x.category is VictimCategory.ANY_PERSON for x in r)}
    sources = whole or sources
    return _hull([_total(records) for _, records in sorted(sources.items())])


def _total(records: Iterable[Casualty]) -> Bounds:
    """Return what one source says in all."""
    categories: dict[VictimCategory, list[Bounds]] = {}
    for record in records:
        categories.setdefault(record.category, []).append((record.low, record.high))
    hulls = {category: _hull(found) for category, found in categories.items()}
    if VictimCategory.ANY_PERSON in hulls:
        return hulls[VictimCategory.ANY_PERSON]
    lows, highs = ([hull[side] for hull in hulls.values()] for side in (0, 1))
    return _sum(lows), _sum(highs)


def _hull(all_bounds: Sequence[Bounds]) -> Bounds:
    """Return the interval that holds all the others."""
    lows = [low for low, _ in all_bounds if low is not None]
    highs = [high for _, high in all_bounds if high is not None]
    complete = len(all_bounds) > 0
    return (
        min(lows) if complete and len(lows) == len(all_bounds) else None,
        max(highs) if complete and len(highs) == len(all_bounds) else None,
    )


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
