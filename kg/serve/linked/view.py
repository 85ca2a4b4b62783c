"""What a page shows: records made of the triples about one IRI."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
import pyoxigraph as ox

from kg.query.names import compact
from kg.rdf.namespaces import DCT, LABEL, OA, TYPE, ckg
from kg.serve.linked.describe import MOST
from kg.serve.linked.words import inverse, label, rank
from kg.terms import NAMESPACE

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_TITLE, _IDENTIFIER, _PUBLISHER = (ox.NamedNode(DCT + name) for name in ("title", "identifier", "publisher"))
_EVIDENCE = ckg("evidence")
_EXACT = ox.NamedNode(OA + "exact")


_FACT, _TOLL, _SPEECH, _OTHER = range(4)
"""The kinds of groups in their order on a page."""


class Ref(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Something to read, and where it leads: an address, or nowhere."""

    text: str
    href: str = ""


class Statement(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One claim: who says what of which event, in which article; `before`, `words` and `after` make up the sentence.

    `own`: the article speaks in its own voice.
    """

    article: Ref
    before: str
    words: str
    after: str
    text: str
    source: Ref
    own: bool
    event: Ref
    claim: Ref


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Statements about one thing: a role and who fills it, a harm, a way to speak."""

    heading: str
    value: Ref
    note: str
    statements: tuple[Statement, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Values of one property; `more` when there are others that are not shown."""

    name: Ref
    refs: tuple[Ref, ...]
    more: bool = False


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """All that is shown of one IRI."""

    title: str
    kinds: tuple[Ref, ...]
    iri: str
    short: str
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    backlinks: tuple[Row, ...]


class View:
    """Reads the triples about `iri`.

    Args:
        triples: what `kg.serve.linked.describe` found.
        iri: what the page is about.
        base: what the IRIs of the data start with.
    """

    def __init__(self, triples: Iterable[ox.Triple], iri: ox.NamedNode, base: str) -> None:
        self._triples = sorted(triples, key=str)
        self._objects: dict[tuple[Node, ox.NamedNode], list[Node]] = {}
        self._links: dict[Node, list[ox.NamedNode]] = {}
        for triple in self._triples:
            self._objects.setdefault((triple.subject, triple.predicate), []).append(triple.object)
            if triple.object == iri:
                self._links.setdefault(triple.subject, []).append(triple.predicate)
        self._iri = iri
        self._base = base

    def page(self) -> Page:
        """Return the page."""
        claims = self._claims()
        return Page(
            title=self._name(self._iri),
            kinds=tuple(sorted(self._ref(kind) for kind in self._all(self._iri, TYPE))),
            iri=self._iri.value,
            short=compact(self._iri.value),
            rows=tuple(self._rows()),
            groups=tuple(self._groups(claims)),
            backlinks=tuple(self._backlinks(set(claims))),
        )

    def _rows(self) -> Iterator[Row]:
        own = (t for t in self._triples if t.subject == self._iri)
        facts = {(rank(t.predicate.value), t.predicate.value, self._ref(t.object)) for t in own}
        for (_, iri), items in groupby(sorted(facts), lambda item: item[:2]):
            if iri not in {TYPE.value, LABEL.value}:
                refs = tuple(ref for *_, ref in items)
                yield Row(name=self._term(label(iri), iri), refs=refs[:MOST], more=len(refs) > MOST)

    def _backlinks(self, claims: set[ox.NamedNode]) -> Iterator[Row]:
        others = (
            (link, self._ref(node)) for node, links in self._links.items() if node not in claims for link in links
        )
        named = sorted((inverse(link.value), link.value, ref) for link, ref in others)
        for (name, iri), items in groupby(named, lambda item: item[:2]):
            refs = tuple(ref for *_, ref in items)
            yield Row(name=self._term(name, iri), refs=refs, more=len(refs) >= MOST)

    def _claims(self) -> list[ox.NamedNode]:
        """The claims that have their words here, the page's own IRI among them."""
        return [t.subject for t in self._triples if t.predicate == _EVIDENCE and isinstance(t.subject, ox.NamedNode)]

    def _groups(self, claims: Iterable[ox.NamedNode]) -> Iterator[Group]:
        keyed = ((self._key(claim), claim) for claim in claims)
        ordered = sorted((key, self._statement(claim, alone=key[0] == _OTHER)) for key, claim in keyed)
        for (_, heading, value, note), items in groupby(ordered, lambda item: item[0]):
            yield Group(heading=heading, value=value, note=note, statements=tuple(item for _, item in items))

    def _key(self, claim: ox.NamedNode) -> tuple[int, str, Ref, str]:
        """Where a claim stands: facts, then casualties, then speech; on the page of an actor all that it says at the end."""
        about = ckg("about") if self._is_event() else ckg("value")
        if self._iri not in {claim, *self._all(claim, about)}:
            heading = min((inverse(link.value) for link in self._links.get(claim, ())), default="statements")
            return _OTHER, heading, Ref(text=""), ""
        role, harm = self._one(claim, "role"), self._one(claim, "harm")
        if role is not None:
            value = self._one(claim, "value")
            return _FACT, self._show(role), self._ref(value), self._alleged(role, value)
        if harm is not None:
            return _TOLL, self._show(harm), Ref(text=self._range(harm)), ""
        return _SPEECH, "said about it", Ref(text=""), ""

    def _is_event(self) -> bool:
        return ckg("Event") in self._all(self._iri, TYPE)

    def _alleged(self, role: Node, value: Node | None) -> str:
        name = f"alleged{_local(role).capitalize()}"
        return "alleged" if value is not None and value in self._all(self._iri, ckg(name)) else ""

    def _range(self, harm: Node) -> str:
        low, high = (self._one(self._iri, f"{_local(harm).lower()}{bound}") for bound in ("Low", "High"))
        return "" if low is None and high is None else _span(self._show(low), self._show(high))

    def _statement(self, claim: ox.NamedNode, *, alone: bool) -> Statement:
        span, article, source = (self._one(claim, name) for name in ("evidence", "reportedIn", "attributedTo"))
        before, words, after = self._quote(span)
        return Statement(
            article=self._ref(article),
            before=before,
            words=words,
            after=after,
            text=self._told(claim, alone=alone),
            source=self._ref(source),
            own=source is not None and source in {article, *self._all(article, _PUBLISHER)},
            event=self._ref(self._one(claim, "about")),
            claim=Ref(text=compact(claim.value), href=self._href(claim.value)),
        )

    def _told(self, claim: ox.NamedNode, *, alone: bool) -> str:
        """The claim in a few words: a count with its group, the stance and whom it is turned against, or when it stands
        `alone` its role and who fills it.
        """  # noqa: D205 - one sentence
        if self._one(claim, "harm") is not None:
            low, high = (self._show(self._one(claim, bound)) for bound in ("min", "max"))
            group, category = (self._show(self._one(claim, name)) for name in ("victimGroup", "victimCategory"))
            return " ".join(part for part in (_span(low, high), group or category) if part)
        if alone and self._one(claim, "role") is not None:
            return f"{self._show(self._one(claim, 'role'))}: {self._show(self._one(claim, 'value'))}"
        accused = self._one(claim, "accused")
        return " ".join(part for part in (self._show(self._one(claim, "stance")), self._ref(accused).text) if part)

    def _quote(self, span: Node | None) -> tuple[str, str, str]:
        words = self._show(next(iter(self._all(span, _EXACT)), None))
        sentence = self._show(self._one(span, "sentence"))
        before, found, after = sentence.partition(words) if words else ("", "", "")
        return (before, words, after) if found else ("", words or sentence, "")

    def _all(self, node: Node | None, predicate: ox.NamedNode) -> list[Node]:
        return [] if node is None else self._objects.get((node, predicate), [])

    def _one(self, node: Node | None, name: str) -> Node | None:
        return next(iter(self._all(node, ckg(name))), None)

    def _name(self, node: ox.NamedNode | ox.BlankNode) -> str:
        names = (next(iter(self._all(node, name)), None) for name in (LABEL, _TITLE, _EXACT, _IDENTIFIER))
        found = next((name.value for name in names if isinstance(name, ox.Literal) and name.value.strip()), None)
        return found or (label(node.value) if node.value.startswith(NAMESPACE) else compact(node.value))

    def _show(self, term: Node | None) -> str:
        if term is None or isinstance(term, ox.Triple):
            return "" if term is None else str(term)
        return term.value if isinstance(term, ox.Literal) else self._name(term)

    def _ref(self, term: Node | None) -> Ref:
        if isinstance(term, ox.BlankNode | ox.Triple):
            return Ref(text=str(term))
        return Ref(text=self._show(term), href=self._href(term.value) if isinstance(term, ox.NamedNode) else "")

    def _term(self, name: str, iri: str) -> Ref:
        return Ref(text=name, href=self._href(iri) if iri.startswith(NAMESPACE) else "")

    def _href(self, iri: str) -> str:
        return link(iri, self._base)


def link(iri: str, base: str) -> str:
    """Return the address that a link to `iri` leads to; empty when it is none of the web.

    >>> link("https://w3id.org/conflict-kg/id/event/a1", "https://w3id.org/conflict-kg/id/")
    '/id/event/a1'
    """
    if iri.startswith(base):
        return "/id/" + iri.removeprefix(base)
    if iri.startswith(NAMESPACE):
        return "/ontology#" + iri.removeprefix(NAMESPACE)
    return iri if iri.startswith(("http://", "https://")) else ""


def _local(term: Node) -> str:
    return term.value.removeprefix(NAMESPACE) if isinstance(term, ox.NamedNode) else ""


def _span(low: str, high: str) -> str:
    return low or "?" if low == high else f"{low or '?'} to {high or '?'}"
