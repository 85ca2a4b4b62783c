"""One event with every fact, who says it, in which words, and what stands around them in the articles."""

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import TYPE, ckg, last_part
from kg.serve.explorer import claims, quotes, read
from kg.serve.explorer.things import Article, Thing, article, thing
from kg.vocab import Vocab

LIMIT = 2_000
"""How many claims of an event, and spans of an article, are read at most."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """An article as the graph quotes it, with the words about the event marked."""

    article: Article
    passages: tuple[quotes.Passage, ...]


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """The lowest and highest count of one harm over all sources."""

    harm: str
    low: int | None
    high: int | None


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the graph tells about one event."""

    iri: str
    label: str
    type: str
    family: str
    status: str
    start: str | None
    end: str | None
    precision: str | None
    confidence: float | None
    places: tuple[Thing, ...]
    phrase: str | None
    ranges: tuple[Range, ...]
    claims: tuple[claims.Claim, ...]
    triggers: tuple[quotes.Quote, ...]
    readings: tuple[Reading, ...]
    parts: tuple[Thing, ...]
    whole: tuple[Thing, ...]
    later: tuple[Thing, ...]
    earlier: tuple[Thing, ...]


def card(store: ox.Store, vocab: Vocab, event: ox.NamedNode) -> Card | None:
    """Return what `store` tells about `event`, `None` when it is no event there."""
    if not read.exists(store, event, read.EVENT):
        return None
    kinds = {last_part(kind.value) for kind in read.nodes(store, event, TYPE)}
    leaf = next((name for name in sorted(kinds) if name in vocab.event_types), "Event")
    said = read.subjects(store, ckg("about"), event)[:LIMIT]
    triggers = [span for node in read.nodes(store, event, ckg("trigger")) if (span := quotes.span(store, node))]
    starts = quotes.beginnings(triggers)
    return Card(
        iri=event.value,
        label=read.name(store, event),
        type=leaf,
        family=vocab.parents.get(leaf, "Event"),
        status=last_part(read.first(store, event, ckg("status")) or ""),
        start=read.first(store, event, ckg("startDate")),
        end=read.first(store, event, ckg("endDate")),
        precision=read.first(store, event, ckg("datePrecision")),
        confidence=read.number(store, event, ckg("confidence")),
        places=_things(store, event, "place"),
        phrase=read.first(store, event, ckg("placePhrase")),
        ranges=tuple(_range(store, event, harm) for harm in ("Killed", "Injured")),
        claims=claims.claims(store, said),
        triggers=tuple(quotes.quote(span, starts) for span in sorted(triggers)),
        readings=_readings(store, event, [*triggers, *claims.spans(store, said)]),
        parts=tuple(thing(store, node) for node in read.subjects(store, ckg("subEventOf"), event)[:LIMIT]),
        whole=_things(store, event, "subEventOf"),
        later=_things(store, event, "before"),
        earlier=tuple(thing(store, node) for node in read.subjects(store, ckg("before"), event)[:LIMIT]),
    )


def _things(store: ox.Store, event: ox.NamedNode, name: str) -> tuple[Thing, ...]:
    return tuple(thing(store, node) for node in read.nodes(store, event, ckg(name))[:LIMIT])


def _range(store: ox.Store, event: ox.NamedNode, harm: str) -> Range:
    low, high = (read.as_integer(read.first(store, event, ckg(harm.lower() + end))) for end in ("Low", "High"))
    return Range(harm=harm, low=low, high=high)


def _readings(store: ox.Store, event: ox.NamedNode, marked: list[quotes.Span]) -> tuple[Reading, ...]:
    """Return the articles that mention `event`, in the order of their days."""
    found = []
    for node in read.nodes(store, event, ckg("mentionedIn")):
        here = [span for span in marked if span.article == node.value]
        nodes = read.subjects(store, quotes.SOURCE, node)[:LIMIT]
        every = [span for one in nodes if (span := quotes.span(store, one))]
        found.append(Reading(article=article(store, node), passages=quotes.passages(every, here)))
    return tuple(sorted(found, key=lambda reading: (reading.article.published or "", reading.article.iri)))
