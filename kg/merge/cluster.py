"""Pairs to clusters: average linkage within each connected part, and what the user has decided.

Two clusters join while the mean score over all pairs between them is the highest and reaches `LINKAGE`. A pair that is not
there counts as 0; of clusters in one place, where so many events may be told that each is compared with some of the others only,
it does not count. In each round all groups that are each other's nearest join, so that the time does not grow with the
square of a cluster. Clusters with events of one article never join, unless the user says so. Source: Sokal and Michener, A
Statistical Method for Evaluating Systematic Relationships, 1958; rounds: Murtagh, A Survey of Recent Advances in Hierarchical
Clustering Algorithms, 1983.
"""

from collections.abc import Iterable
from zlib import crc32

import msgspec

from kg.merge.overrides import Decisions
from kg.resolved import Cluster, EventOrder, Pair

LINKAGE = 0.6
"""The least mean score at which two clusters are one event."""

_UNIT = 10_000
"""Scores count in ten-thousandths, so that sums do not depend on their order."""


def cluster(pairs: Iterable[Pair], decisions: Decisions | None = None) -> dict[str, Cluster]:
    """Return the cluster of each event that is not alone, by the event's IRI.

    Args:
        pairs: scored pairs, in any order; a pair may come twice.
        decisions: pairs of events that the user keeps together or apart.
    """
    chosen = decisions or Decisions()
    known: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        key = (pair.one, pair.other)
        if not chosen.splits(*key) and (key not in known or known[key].score < pair.score):
            known[key] = pair
    found: dict[str, Cluster] = {}
    for part in _parts(known.values()):
        for group in _Linkage(part, chosen).groups():
            joined = _cluster(group, part)
            found |= dict.fromkeys(joined.members, joined)
    return found


def _parts(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Return the pairs by connected part; pairs too weak to join anything connect nothing."""
    parents: dict[str, str] = {}

    def root(event: str) -> str:
        while (above := parents.setdefault(event, event)) != event:
            parents[event] = parents[above]
            event = above
        return event

    ordered = sorted(pairs, key=lambda pair: pair.orders)
    for pair in ordered:
        if pair.score >= LINKAGE:
            first, other = sorted((root(pair.one), root(pair.other)))
            parents[other] = first
    parts: dict[str, list[Pair]] = {}
    for pair in ordered:
        if root(pair.one) == root(pair.other):
            parts.setdefault(root(pair.one), []).append(pair)
    return list(parts.values())


Rank = tuple[float, int, EventOrder, EventOrder, int]
"""Minus the mean score, the chance, the orders of both groups, the number of the other group."""


class _Group(msgspec.Struct):
    """A cluster in the making: `ties` holds the sum of scores to each other group and how many they are."""

    order: EventOrder
    place: str | None
    events: list[str]
    articles: set[str]
    ties: dict[int, tuple[int, int]]


class _Linkage:
    """Average linkage of one connected part."""

    def __init__(self, part: list[Pair], decisions: Decisions) -> None:
        self._decisions = decisions
        self._groups: dict[int, _Group] = {}
        numbers: dict[str, int] = {}
        events = {
            event: (order, article)
            for pair in part
            for event, order, article in zip((pair.one, pair.other), pair.orders, pair.articles, strict=True)
        }
        places = {event: pair.place for pair in part if pair.place for event in (pair.one, pair.other)}
        for number, (event, (order, article)) in enumerate(sorted(events.items(), key=lambda item: item[1])):
            numbers[event] = number
            place = places.get(event)
            self._groups[number] = _Group(order=order, place=place, events=[event], articles={article}, ties={})
        self._next = len(numbers)
        for pair in part:
            one, other = numbers[pair.one], numbers[pair.other]
            score = round(pair.score * _UNIT)
            self._groups[one].ties[other] = self._groups[other].ties[one] = (score, 1)
        kept = [(numbers[pair.one], numbers[pair.other]) for pair in part if decisions.keeps(pair.one, pair.other)]
        self._keep(kept)

    def groups(self) -> list[list[str]]:
        """Return the groups with more than one event."""
        changed = set(self._groups)
        best: dict[int, Rank] = {}
        while changed:
            for number in changed:
                best.pop(number, None)
                found = self._best(number)
                if found is not None:
                    best[number] = found
            mutual = [(one, rank[-1]) for one, rank in sorted(best.items()) if self._is_mutual(one, rank, best)]
            changed = set()
            for one, other in mutual:
                best.pop(one)
                best.pop(other)
                new = self._join(one, other)
                changed |= {new, *self._groups[new].ties}
            changed &= self._groups.keys()
        return [group.events for group in self._groups.values() if len(group.events) > 1]

    def _best(self, number: int) -> Rank | None:
        """Return the rank of the group that `number` is most like and may join, if any."""
        best: Rank | None = None
        for other in self._groups[number].ties:
            rank = self._rank(number, other)
            if rank[0] <= -LINKAGE * _UNIT and (best is None or rank < best) and self._may_join(number, other):
                best = rank
        return best

    @staticmethod
    def _is_mutual(one: int, rank: Rank, best: dict[int, Rank]) -> bool:
        other = rank[-1]
        return one < other and other in best and best[other][-1] == one

    def _rank(self, one: int, other: int) -> Rank:
        """Return what sorts the neighbours of a group: the highest mean first, then by chance that is always the same."""
        a, b = self._groups[one], self._groups[other]
        total, count = a.ties[other]
        mean = total / (count if a.place and a.place == b.place else len(a.events) * len(b.events))
        first, second = (a, b) if a.order < b.order else (b, a)
        return -mean, crc32(f"{first.order[-1]} {second.order[-1]}".encode()), first.order, second.order, other

    def _may_join(self, one: int, other: int) -> bool:
        a, b = self._groups[one], self._groups[other]
        return a.articles.isdisjoint(b.articles) and not self._decisions.part(a.events, b.events)

    def _join(self, one: int, other: int) -> int:
        """Put two groups in the place of which a new one comes, and return its number."""
        a, b = self._groups.pop(one), self._groups.pop(other)
        if len(a.events) < len(b.events):
            a, b = b, a
        new, self._next = self._next, self._next + 1
        for third, (total, count) in b.ties.items():
            ours, number = a.ties.get(third, (0, 0))
            a.ties[third] = (ours + total, number + count)
        for gone in (one, other):
            a.ties.pop(gone, None)
        for third, tie in a.ties.items():
            ties = self._groups[third].ties
            ties.pop(one, None)
            ties.pop(other, None)
            ties[new] = tie
        a.place = a.place if a.place == b.place else None
        a.events.extend(b.events)
        a.articles |= b.articles
        a.order = min(a.order, b.order)
        self._groups[new] = a
        return new

    def _keep(self, pairs: list[tuple[int, int]]) -> None:
        """Join what the user keeps together."""
        stands = {number: number for number in self._groups}
        for pair in sorted(pairs):
            one, other = (self._stand(stands, number) for number in pair)
            if one != other:
                new = self._join(one, other)
                stands[one] = stands[other] = stands[new] = new

    @staticmethod
    def _stand(stands: dict[int, int], number: int) -> int:
        while stands[number] != number:
            number = stands[number]
        return number


def _cluster(group: list[str], part: list[Pair]) -> Cluster:
    """Return the cluster of `group`; its reasons are the best pair of each member but the first with an earlier one."""
    inside = set(group)
    orders: dict[str, EventOrder] = {}
    best: dict[str, Pair] = {}
    for pair in part:
        if pair.one in inside and pair.other in inside:
            orders |= {pair.one: pair.orders[0], pair.other: pair.orders[1]}
            rival = best.get(pair.other)
            if rival is None or (-pair.score, pair.orders) < (-rival.score, rival.orders):
                best[pair.other] = pair
    members = tuple(sorted(group, key=lambda event: orders[event]))
    return Cluster(iri=members[0], members=members, reasons=tuple(_reason(best[one]) for one in members if one in best))


def _reason(pair: Pair) -> str:
    """Return why the later event of a pair belongs where the earlier one does: the ends of their IRIs, score, reasons."""
    return f"{_local(pair.other)} like {_local(pair.one)}, {pair.score:.2f}: {', '.join(pair.reasons)}"


def _local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]
