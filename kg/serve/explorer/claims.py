"""What a graph holds of who says what: one record a claim, with its words."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import DCT, ckg, last_part
from kg.serve.explorer import quotes, read
from kg.serve.explorer.things import Thing, thing

ALLEGED = "alleged"
"""What the names of properties that only quoted sources support begin with."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says; what a kind of claim does not have is `None`.

    `kind` is "role", "casualty" or "speech". `own` marks the article's own voice, `alleged` a role that only quoted
    sources give. `rivals` are claims that contradict this one, `replaced` tells that the same source corrected it.
    """

    iri: str
    kind: str
    stance: str
    source: Thing
    own: bool
    confidence: float | None
    quote: quotes.Quote | None
    event: Thing | None = None
    role: str | None = None
    value: Thing | None = None
    alleged: bool = False
    accused: Thing | None = None
    content: str | None = None
    harm: str | None = None
    low: int | None = None
    high: int | None = None
    group: str | None = None
    category: str | None = None
    rivals: tuple[str, ...] = ()
    replaced: bool = False


_KINDS = (("RoleClaim", "role"), ("CasualtyClaim", "casualty"), ("EventClaim", "speech"))


def claims(store: ox.Store, nodes: Iterable[ox.NamedNode]) -> tuple[Claim, ...]:
    """Return the claims `nodes` in the order in which the articles make them."""
    known = {node: _spans(store, node) for node in nodes}
    starts = quotes.beginnings(span for spans in known.values() for span in spans)
    found = [_claim(store, node, spans, starts) for node, spans in known.items()]
    return tuple(sorted((claim for claim in found if claim), key=_order))


def spans(store: ox.Store, nodes: Iterable[ox.NamedNode]) -> Iterator[quotes.Span]:
    """Yield the words of the claims `nodes`."""
    for node in nodes:
        yield from _spans(store, node)


def _order(claim: Claim) -> tuple[str, int, str]:
    return (claim.quote.article, claim.quote.at, claim.iri) if claim.quote else ("", 0, claim.iri)


def _spans(store: ox.Store, claim: ox.NamedNode) -> list[quotes.Span]:
    """Return the words of a claim: its own ones first, then all that show it."""
    found = [
        quotes.span(store, node) for name in ("mention", "evidence") for node in read.nodes(store, claim, ckg(name))
    ]
    return [span for span in found if span is not None]


def _claim(
    store: ox.Store, node: ox.NamedNode, spans: list[quotes.Span], starts: Mapping[tuple[str, str], int]
) -> Claim | None:
    kind = next((kind for name, kind in _KINDS if read.exists(store, node, ckg(name))), None)
    source = next(iter(read.nodes(store, node, ckg("attributedTo"))), None)
    if kind is None or source is None:
        return None
    article = next(iter(read.nodes(store, node, ckg("reportedIn"))), None)
    publisher = read.nodes(store, article, ox.NamedNode(DCT + "publisher")) if article else []
    shown = spans[-1:] if kind == "speech" else spans[:1]
    about = next(iter(read.nodes(store, node, ckg("about"))), None)
    role, value, accused = (next(iter(read.nodes(store, node, ckg(n))), None) for n in ("role", "value", "accused"))
    return Claim(
        iri=node.value,
        kind=kind,
        stance=_term(store, node, "stance") or "Asserts",
        source=thing(store, source),
        own=source == article or source in publisher,
        confidence=read.number(store, node, ckg("confidence")),
        quote=next((quotes.quote(span, starts) for span in shown), None),
        event=thing(store, about) if about else None,
        role=last_part(role.value) if role else None,
        value=thing(store, value) if value else None,
        alleged=about is not None and _is_alleged(store, about, role, value),
        accused=thing(store, accused) if accused else None,
        content=read.first(store, node, ckg("content")),
        harm=_term(store, node, "harm"),
        low=read.as_integer(read.first(store, node, ckg("min"))),
        high=read.as_integer(read.first(store, node, ckg("max"))),
        group=read.first(store, node, ckg("victimGroup")),
        category=_term(store, node, "victimCategory"),
        rivals=tuple(rival.value for rival in read.nodes(store, node, ckg("conflictsWith"))),
        replaced=bool(read.subjects(store, ckg("replaces"), node)),
    )


def _is_alleged(store: ox.Store, event: ox.NamedNode, role: ox.NamedNode | None, value: ox.NamedNode | None) -> bool:
    if role is None or value is None:
        return False
    name = last_part(role.value)
    alleged = ckg(f"{ALLEGED}{name[:1].upper()}{name[1:]}")
    return next(store.quads_for_pattern(event, alleged, value, None), None) is not None


def _term(store: ox.Store, node: ox.NamedNode, name: str) -> str | None:
    found = read.first(store, node, ckg(name))
    return last_part(found) if found else None
