"""Two graphs → the events and tolls that differ."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import LABEL, TYPE, ckg, last_part

_ABOUT, _HARM, _CATEGORY, _GROUP = (ckg(name) for name in ("about", "harm", "victimCategory", "victimGroup"))
_MIN, _MAX, _SOURCE, _REPLACES = (ckg(name) for name in ("min", "max", "attributedTo", "replaces"))
_PEOPLE = {"AnyPerson": "people"}
"""Categories of victims that are called otherwise than they are named."""


class Kind(StrEnum):
    """What happened to a thing."""

    NEW = "new"
    CHANGED = "changed"
    VANISHED = "vanished"


class Change(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One event or toll that differs.

    `thing` is "event" or "toll", `node` its IRI, `label` what it is called; for a toll that is who was harmed, how many and
    who says so. `event` is the event's IRI. `before` and `after` map the properties that differ to their values, sorted.
    `replaces` names the event of the first graph whose place this one takes.
    """

    thing: str
    kind: Kind
    label: str
    node: str
    event: str
    before: Mapping[str, tuple[str, ...]] = {}
    after: Mapping[str, tuple[str, ...]] = {}
    replaces: str | None = None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """All that differs: `changes` in order, and the quads that are only in one graph, sorted."""

    changes: tuple[Change, ...]
    removed: tuple[ox.Quad, ...]
    added: tuple[ox.Quad, ...]


Values = dict[ox.NamedNode, set[str]]


def compare(before: Iterable[ox.Quad], after: Iterable[ox.Quad]) -> Difference:
    """Return what differs between two graphs, which are both read into memory.

    What is said of the run of the software counts as a difference of triples, not of events.

    Args:
        before: the quads of the first graph.
        after: the quads of the second graph.
    """
    old, new = set(before), set(after)
    removed, added = old - new, new - old
    touched = {quad.subject for quad in removed | added}
    first, second = _View(old, touched), _View(new, touched)
    return Difference(
        changes=tuple(sorted((*_events(first, second), *_tolls(first, second)), key=_order)),
        removed=tuple(sorted(removed, key=str)),
        added=tuple(sorted(added, key=str)),
    )


class _View:
    """What a graph says of the nodes that differ, of all labels, and which nodes are events and tolls."""

    def __init__(self, quads: Iterable[ox.Quad], touched: "set[ox.NamedNode | ox.BlankNode | ox.Triple]") -> None:
        self.labels: dict[str, str] = {}
        self.events: dict[str, Values] = {}
        self.tolls: dict[str, Values] = {}
        kinds = {ckg("Event"): self.events, ckg("CasualtyClaim"): self.tolls}
        values: dict[str, Values] = {}
        for quad in quads:
            subject = _shown(quad.subject)
            if quad.predicate == LABEL:
                self.labels[subject] = _shown(quad.object)
            if quad.subject in touched:
                said = values.setdefault(subject, {})
                said.setdefault(quad.predicate, set()).add(_shown(quad.object))
                if quad.predicate == TYPE and quad.object in kinds:
                    kinds[quad.object][subject] = said  # type: ignore[index]

    def name(self, iri: str) -> str:
        """Return what `iri` is called."""
        return self.labels.get(iri, iri)

    def toll(self, said: Values) -> str:
        """Return a toll in words: "killed 21-25 people (Mayor of Goma)"."""
        low, high = (next(iter(said.get(bound, ())), "") for bound in (_MIN, _MAX))
        harm = " ".join(last_part(value).lower() for value in said.get(_HARM, ()))
        group = " ".join(sorted(said.get(_GROUP, ()))) or " ".join(
            _PEOPLE.get(name, name) for name in map(last_part, said.get(_CATEGORY, ()))
        )
        source = ", ".join(sorted(map(self.name, said.get(_SOURCE, ()))))
        return " ".join(part for part in (harm, _number(low, high), group, f"({source})") if part)


def _number(low: str, high: str) -> str:
    """Return a range in words; an open bound is empty."""
    if low and high:
        return low if low == high else f"{low}-{high}"
    return f"at least {low}" if low else f"up to {high}" if high else "unnumbered"


def _events(first: _View, second: _View) -> Iterator[Change]:
    replaced = {
        old: new for new, said in second.events.items() for old in said.get(_REPLACES, ()) if old in first.events
    }
    for iri in sorted(first.events.keys() | second.events.keys()):
        old, new = first.events.get(iri), second.events.get(iri)
        if new is None and iri in replaced:
            label = second.name(replaced[iri])
            yield Change(
                thing="event", kind=Kind.CHANGED, label=label, node=replaced[iri], event=replaced[iri], replaces=iri
            )
            continue
        view = first if new is None else second
        change = _change("event", iri, iri, view.name(iri), old, new)
        if change is not None:
            yield change


def _tolls(first: _View, second: _View) -> Iterator[Change]:
    for iri in sorted(first.tolls.keys() | second.tolls.keys()):
        old, new = first.tolls.get(iri), second.tolls.get(iri)
        view, said = (second, new) if new is not None else (first, old or {})
        event = next(iter(sorted(said.get(_ABOUT, ()))), "")
        change = _change("toll", iri, event, f"{view.toll(said)}: {view.name(event)}", old, new)
        if change is not None:
            yield change


def _change(thing: str, iri: str, event: str, label: str, old: Values | None, new: Values | None) -> Change | None:
    """Return how a node differs, `None` when nothing but the run does."""
    if old is None or new is None:
        return Change(thing=thing, kind=Kind.VANISHED if new is None else Kind.NEW, label=label, node=iri, event=event)
    differ = sorted(
        (predicate for predicate in old.keys() | new.keys() if old.get(predicate) != new.get(predicate)),
        key=lambda predicate: predicate.value,
    )
    differ = [predicate for predicate in differ if last_part(predicate.value) != "wasGeneratedBy"]
    if not differ:
        return None
    return Change(
        thing=thing,
        kind=Kind.CHANGED,
        label=label,
        node=iri,
        event=event,
        before={last_part(predicate.value): tuple(sorted(old.get(predicate, ()))) for predicate in differ},
        after={last_part(predicate.value): tuple(sorted(new.get(predicate, ()))) for predicate in differ},
    )


def _order(change: Change) -> tuple[str, int, str, str]:
    return change.thing, tuple(Kind).index(change.kind), change.label, change.node


def _shown(term: "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph") -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
