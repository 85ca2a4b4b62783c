"""Everything that a graph tells about one event: each fact, who says it, and in which words."""

import difflib
from collections.abc import Iterator
from types import MappingProxyType

import msgspec
import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.names import compact, expand
from kg.rdf.namespaces import DCT, LABEL, OA, TYPE, ckg

_TITLE = ox.NamedNode(DCT + "title")
_IDENTIFIER = ox.NamedNode(DCT + "identifier")
_EXACT = ox.NamedNode(OA + "exact")

_SUMMARIES = MappingProxyType({"Killed": ("killedLow", "killedHigh"), "Injured": ("injuredLow", "injuredHigh")})
"""Harm → the properties of an event with its lowest and highest count."""


class Said(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Who says something: `words` of the article within `sentence`; `own` when it is the article's own voice."""

    article: str
    source: str
    stance: str
    words: str
    sentence: str
    own: bool


class Fact(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Somebody or something in a role; `alleged` when only quoted sources say so."""

    role: str
    value: str
    alleged: bool
    said: Said


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A number of casualties; an open bound is `None`; `former`: another claim takes its place."""

    harm: str
    category: str
    group: str
    low: str | None
    high: str | None
    former: bool
    said: Said


class Speech(msgspec.Struct, frozen=True, kw_only=True):
    """What a quoted source says about the event, and whom it accuses, condemns or urges."""

    said: Said
    accused: str | None


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """One event; `properties` are its single values by name, `ranges` the lowest and highest count by harm.

    `merged` tells why what several articles tell is taken for one; `copies` are articles with the words of another one.
    """

    iri: str
    label: str
    properties: tuple[tuple[str, str], ...]
    articles: tuple[str, ...]
    facts: tuple[Fact, ...]
    counts: tuple[Count, ...]
    ranges: tuple[tuple[str, str, str], ...]
    speeches: tuple[Speech, ...]
    merged: tuple[str, ...]
    copies: tuple[tuple[str, str], ...]


def find_event(store: ox.Store, written: str) -> ox.NamedNode:
    """Return the event that `written` means: a full IRI, a prefixed one, or the unique beginning of its last part.

    The IRI of an event that another one replaces means that one.

    Raises:
        QueryError: none or several fit; the text names close ones.
    """
    events = {
        quad.subject.value: quad.subject
        for quad in store.quads_for_pattern(None, TYPE, ckg("Event"), None)
        if isinstance(quad.subject, ox.NamedNode)
    }
    for quad in store.quads_for_pattern(None, ckg("replaces"), None, None):
        old, new = quad.object, quad.subject
        if isinstance(old, ox.NamedNode) and isinstance(new, ox.NamedNode) and new.value in events:
            events.setdefault(old.value, new)
    if written.startswith(("<", "http:", "https:", "urn:")) or ":" in written:
        iri = expand(written).value
        if iri in events:
            return events[iri]
        start = iri
        fitting = sorted({events[other].value for other in events if other.startswith(iri)})
    else:
        start = written
        fitting = sorted({events[other].value for other in events if _local(other).startswith(written)})
    if len(fitting) == 1:
        return events[fitting[0]]
    if fitting:
        some = ", ".join(compact(iri) for iri in fitting[:5])
        msg = f"{written!r} is the beginning of {len(fitting)} events ({some}): write more of it"
        raise QueryError(msg)
    msg = f"there is no event {written!r} in the graph: {_hint(store, events, start)}"
    raise QueryError(msg)


def _hint(store: ox.Store, events: dict[str, ox.NamedNode], written: str) -> str:
    names = {_local(iri): iri for iri in events}
    close = difflib.get_close_matches(_local(written), names, n=1, cutoff=0.5)
    if close:
        return f"the closest is {compact(names[close[0]])}"
    labelled = [iri for iri, node in sorted(events.items()) if written.lower() in _text(store, node, LABEL).lower()]
    if labelled:
        return f"{compact(labelled[0])} is {_text(store, events[labelled[0]], LABEL)!r}"
    return f"`kg query events` lists all {len(set(events.values()))}"


def explain(store: ox.Store, event: ox.NamedNode) -> Explanation:
    """Return everything that `store` tells about `event`."""
    told = _all(store, event, "mentionedIn")
    claims = [
        quad.subject
        for quad in store.quads_for_pattern(None, ckg("about"), event, None)
        if isinstance(quad.subject, ox.NamedNode)
    ]
    return Explanation(
        iri=event.value,
        label=_text(store, event, LABEL),
        properties=tuple(_properties(store, event)),
        articles=tuple(sorted(_name(store, article) for article in told)),
        facts=tuple(sorted({fact for claim in claims for fact in _facts(store, event, claim)})),
        counts=tuple(sorted({c for claim in claims for c in _counts(store, claim)}, key=_count_key)),
        ranges=tuple(_ranges(store, event)),
        speeches=tuple(sorted({speech for claim in claims for speech in _speeches(store, claim)}, key=_speech_key)),
        merged=tuple(_show(reason) for reason in _all(store, event, "mergedBecause")),
        copies=tuple(sorted(pair for article in told for pair in _copies(store, article))),
    )


def _copies(store: ox.Store, article: "Node") -> Iterator[tuple[str, str]]:
    if isinstance(article, ox.NamedNode):
        yield from ((_name(store, article), _name(store, first)) for first in _all(store, article, "copyOf"))


def _properties(store: ox.Store, event: ox.NamedNode) -> Iterator[tuple[str, str]]:
    classes = sorted(_show(quad.object) for quad in store.quads_for_pattern(event, TYPE, None, None))
    yield "class", ", ".join(name for name in classes if name != "Event")
    for name in ("status", "startDate", "endDate", "datePrecision", "placePrecision", "confidence"):
        values = sorted(_show(value) for value in _all(store, event, name))
        if values:
            yield name, ", ".join(values)


def _facts(store: ox.Store, event: ox.NamedNode, claim: ox.NamedNode) -> Iterator[Fact]:
    for role in _all(store, claim, "role"):
        name = _show(role)
        alleged = set(_all(store, event, f"alleged{name.capitalize()}"))
        for value in _all(store, claim, "value"):
            yield Fact(role=name, value=_name(store, value), alleged=value in alleged, said=_said(store, claim))


def _counts(store: ox.Store, claim: ox.NamedNode) -> Iterator[Count]:
    for harm in _all(store, claim, "harm"):
        low, high = (next((_show(value) for value in _all(store, claim, bound)), None) for bound in ("min", "max"))
        group, category = (_first(store, claim, name) for name in ("victimGroup", "victimCategory"))
        said = _said(store, claim)
        former = any(store.quads_for_pattern(None, ckg("replaces"), claim, None))
        yield Count(harm=_show(harm), category=category, group=group, low=low, high=high, former=former, said=said)


def _count_key(count: Count) -> tuple[str, str, int, Said]:
    return count.harm, count.category, int(count.low or count.high or 0), count.said


def _speech_key(speech: Speech) -> tuple[Said, str]:
    return speech.said, speech.accused or ""


def _ranges(store: ox.Store, event: ox.NamedNode) -> Iterator[tuple[str, str, str]]:
    for harm, bounds in _SUMMARIES.items():
        low, high = (_first(store, event, bound) for bound in bounds)
        if low or high:
            yield harm, low, high


def _speeches(store: ox.Store, claim: ox.NamedNode) -> Iterator[Speech]:
    if any(store.quads_for_pattern(claim, TYPE, ckg("EventClaim"), None)):
        accused = next((_name(store, actor) for actor in _all(store, claim, "accused")), None)
        said = _said(store, claim)
        content = _first(store, claim, "content") if said.stance == "Asserts" else ""
        yield Speech(said=msgspec.structs.replace(said, words=content or said.words), accused=accused)


def _said(store: ox.Store, claim: ox.NamedNode) -> Said:
    span = next((node for node in _all(store, claim, "evidence") if isinstance(node, ox.NamedNode)), None)
    article = next(iter(_all(store, claim, "reportedIn")), None)
    source = next(iter(_all(store, claim, "attributedTo")), None)
    publishers = {article}
    if isinstance(article, ox.NamedNode):
        publishers |= {q.object for q in store.quads_for_pattern(article, ox.NamedNode(DCT + "publisher"), None, None)}
    return Said(
        article=_name(store, article),
        source=_name(store, source),
        stance=_first(store, claim, "stance"),
        words=_text(store, span, _EXACT) if span else "",
        sentence=_first(store, span, "sentence") if span else "",
        own=source in publishers,
    )


Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def _all(store: ox.Store, node: ox.NamedNode, name: str) -> list[Node]:
    return sorted((quad.object for quad in store.quads_for_pattern(node, ckg(name), None, None)), key=str)


def _first(store: ox.Store, node: ox.NamedNode, name: str) -> str:
    return next((_show(value) for value in _all(store, node, name)), "")


def _text(store: ox.Store, node: ox.NamedNode, name: ox.NamedNode) -> str:
    return min((_show(quad.object) for quad in store.quads_for_pattern(node, name, None, None)), default="")


def _name(store: ox.Store, node: Node | None) -> str:
    if not isinstance(node, ox.NamedNode):
        return _show(node) if node is not None else "unknown"
    names = (_text(store, node, name) for name in (LABEL, _TITLE, _IDENTIFIER))
    return next((name for name in names if name), compact(node.value))


def _show(term: Node) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    return compact(term.value).removeprefix("ckg:") if isinstance(term, ox.NamedNode) else str(term)


def _local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition(":")[2]
