"""Casualty claims and what follows from them: the bounds over all sources, and which claims contradict each other."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kg.ids import Kind
from kg.rdf.ntriples import ckg, integer, named, text, triple
from kg.rdf.scope import Scope
from kg.records import UNSAID, Casualty, Event, Harm, Stance, VictimCategory

_ABOUT, _HARM, _CATEGORY = ckg("about"), ckg("harm"), ckg("victimCategory")

Bounds = tuple[int | None, int | None]
"""Least and greatest number, `None` where open."""

_DERIVED = ((Harm.KILLED, "killedLow", "killedHigh"), (Harm.INJURED, "injuredLow", "injuredHigh"))
_ALL_PAIRS = 64
"""So many claims are compared with each other; of more, each is compared with the first of every number."""


_PARTS = frozenset({VictimCategory.CHILDREN, VictimCategory.WOMEN})
"""Categories that are a part of civilians, as far as nothing else is told."""
_KINDS = frozenset(VictimCategory) - {VictimCategory.ANY_PERSON}
"""Categories of which some people are and some are not."""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A casualty record with the IRIs of its claim, its source and its article, and the article's day."""

    node: str
    source: str
    article: str
    published: dt.date | None
    record: Casualty
    stance: Stance


def casualty_triples(scope: Scope, event: Event, node: str) -> Iterator[str]:
    """Yield the casualty claims about `event`, whose node is `node`; their IRIs stay when the event joins another one."""
    for count in counts_of(scope, event):
        yield from _claim(scope, count, node)


def derived_triples(counts: Sequence[Count], node: str) -> Iterator[str]:
    """Yield what follows from all counts of an event: which replaces which, contradictions, and the bounds.

    Args:
        counts: of all articles, in any order.
        node: the event.
    """
    if not counts:
        return
    ordered = sorted(counts, key=lambda count: count.node)
    former = dict([*_revised(ordered), *_updated(ordered)])
    yield from (triple(named(new), ckg("replaces"), named(old)) for old, new in former.items())
    current = [count for count in ordered if count.node not in former]
    yield from _conflicts(current)
    for harm, low_name, high_name in _DERIVED:
        said = [count for count in current if count.record.harm is harm and count.stance not in UNSAID]
        low, high = bounds(said)
        if low is not None:
            yield triple(node, ckg(low_name), integer(low))
        if high is not None:
            yield triple(node, ckg(high_name), integer(high))


def counts_of(scope: Scope, event: Event) -> tuple[Count, ...]:
    """Return the counts by node; of two records that differ in confidence alone the surer one."""
    found: dict[str, Count] = {}
    article = scope.resolved.extraction.article
    for casualty in sorted(event.casualties, key=lambda one: one.confidence):
        source, stance = scope.source(casualty.claim), scope.stance(casualty.claim)
        said = (casualty.group or "", casualty.category, source, stance)
        seed = (casualty.harm, casualty.span.start, casualty.span.end, casualty.low, casualty.high, *said)
        claim = scope.minter.iri(Kind.CASUALTY, scope.resolved.own[event.id], *seed)
        found[claim] = Count(
            node=claim,
            source=source,
            article=scope.resolved.article,
            published=article.published,
            record=casualty,
            stance=stance,
        )
    return tuple(found[iri] for iri in sorted(found))


def _revised(counts: Sequence[Count]) -> Iterator[tuple[str, str]]:
    """Yield old and new claim where one article tells a number and the one that takes its place."""
    for new in counts:
        if new.record.revises:
            for old in counts:
                if old.article == new.article and _is_former(old, new):
                    yield old.node, new.node


def _updated(counts: Iterable[Count]) -> Iterator[tuple[str, str]]:
    """Yield old and new claim where a source tells of the same people in a later article: its last word counts."""
    told: dict[tuple[str, ...], list[Count]] = {}
    for count in counts:
        if count.published and (count.record.low, count.record.high) != (None, None) and count.stance not in UNSAID:
            told.setdefault((count.source, *_people(count.record)), []).append(count)
    for claims in told.values():
        last = max(claims, key=lambda count: (count.published, count.record.revises, count.node))
        for old in claims:
            if old.published != last.published and _bounds(old) != _bounds(last):
                yield old.node, last.node


def _bounds(count: Count) -> Bounds:
    return count.record.low, count.record.high


def _claim(scope: Scope, count: Count, event: str) -> Iterator[str]:
    node, casualty = named(count.node), count.record
    yield scope.claim(
        node, "CasualtyClaim", said=casualty.claim, evidence=casualty.span, confidence=casualty.confidence
    )
    yield scope.quote(node, "mention", casualty.span)
    yield (
        f"{node} {_ABOUT} {event} .\n"
        f"{node} {_HARM} {ckg(casualty.harm)} .\n"
        f"{node} {_CATEGORY} {ckg(casualty.category)} .\n"
    )
    if casualty.low is not None:
        yield triple(node, ckg("min"), integer(casualty.low))
    if casualty.high is not None:
        yield triple(node, ckg("max"), integer(casualty.high))
    if casualty.group:
        yield triple(node, ckg("victimGroup"), text(casualty.group))


def _conflicts(counts: Sequence[Count]) -> Iterator[str]:
    """Yield both directions of every contradiction: other source, same people, numbers that cannot both be true."""
    people: dict[tuple[str, ...], list[Count]] = {}
    for count in counts:
        people.setdefault(_people(count.record), []).append(count)
    for told in people.values():
        rivals = told if len(told) <= _ALL_PAIRS else _first_of_each_number(told)
        for one in told:
            for other in rivals:
                if one.source != other.source and _apart(one.record, other.record):
                    a, b = named(one.node), named(other.node)
                    yield triple(a, ckg("conflictsWith"), b)
                    yield triple(b, ckg("conflictsWith"), a)


def _first_of_each_number(counts: Iterable[Count]) -> list[Count]:
    """Return the first claim of each number, of the most frequent numbers."""
    votes = Counter(_bounds(count) for count in counts)
    first = {_bounds(count): count for count in sorted(counts, key=lambda one: one.node, reverse=True)}
    return [first[number] for number, _ in votes.most_common(_ALL_PAIRS)]


def _is_former(old: Count, new: Count) -> bool:
    """Tell whether `new`, a number that takes the place of others, cannot be true of the same people together with `old`."""
    one, other = old.record, new.record
    return not one.revises and _people(one) == _people(other) and _apart(one, other)


def _people(count: Casualty) -> tuple[str, ...]:
    """Return what two numbers must share to be of the same people and harm; of armed people each side counts its own."""
    armed = count.category is VictimCategory.COMBATANTS
    return count.harm, count.category, (count.group or "").lower() if armed else ""


def _apart(one: Casualty, other: Casualty) -> bool:
    def below(a: Casualty, b: Casualty) -> bool:
        return a.high is not None and b.low is not None and a.high < b.low

    return below(one, other) or below(other, one)


def bounds(counts: Iterable[Count]) -> Bounds:
    """Return the least low and the greatest high over all sources; a bound that one source leaves open stays open.

    Per source it is the number of all people if told, otherwise the sum over the categories: "21 people, including
    three children" are 21, "three soldiers and two civilians" are 5. Where one source tells all, those that tell only a
    part ("a girl was among the dead") bound nothing; nor do children and women where civilians are counted.
    """
    sources: dict[str, list[Casualty]] = {}
    for count in counts:
        sources.setdefault(count.source, []).append(count.record)
    for known, parts in ((VictimCategory.ANY_PERSON, _KINDS), (VictimCategory.CIVILIANS, _PARTS)):
        if any(x.category is known for records in sources.values() for x in records):
            sources = {s: r for s, r in sources.items() if any(x.category not in parts for x in r)}
    return _hull([_total(records) for _, records in sorted(sources.items())])


def _total(records: Iterable[Casualty]) -> Bounds:
    """Return what one source says in all."""
    categories: dict[VictimCategory, list[Bounds]] = {}
    for record in records:
        categories.setdefault(record.category, []).append((record.low, record.high))
    hulls = {category: _hull(found) for category, found in categories.items()}
    if VictimCategory.ANY_PERSON in hulls:
        return hulls[VictimCategory.ANY_PERSON]
    if VictimCategory.CIVILIANS in hulls:
        hulls = {category: hull for category, hull in hulls.items() if category not in _PARTS}
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
