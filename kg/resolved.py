"""What passes from merging to the graph: articles whose events and entities have their places in it."""

from collections.abc import Mapping
from types import MappingProxyType

from kg.records import Candidate, EntityKind, Extraction, Link, Record

EventOrder = tuple[str, str, int, int, str]
"""Sorts events: day of publication ("9999" when unknown), id of the article, start and end of the trigger, IRI."""


class ResolvedEntity(Record, frozen=True, kw_only=True):
    """An entity as the graph has it: one node for all the records that mean the same thing.

    `kind` names its class. `named` is true for things with a name of their own; `described` is true for the ones that
    only words of one article stand for ("two gunmen"); both are false for nodes that many articles share without
    mentioning them, as publishers and common weapons. `names` are its other names. `chosen` is what it is linked to.
    """

    iri: str
    kind: EntityKind
    label: str
    names: tuple[str, ...] = ()
    named: bool = False
    described: bool = False
    chosen: Candidate | None = None
    weapon_class: str | None = None


class Pair(Record, frozen=True, kw_only=True):
    """Two events of different articles that may be one.

    `one` and `other` are IRIs, the earlier event first; `score` is a probability; `orders` sort the two, `articles` are
    the IRIs of their articles; `place` is the key of the place of both, `None` unless it is the same.
    """

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]
    orders: tuple[EventOrder, EventOrder]
    articles: tuple[str, str]
    place: str | None = None


class Cluster(Record, frozen=True, kw_only=True):
    """Events of several articles that are one.

    `iri` is the IRI of the first one by day of publication; `members` holds the IRIs of all, the first one first;
    `reasons` tells for each of the others that is like an earlier one, in words, with which score and why.
    """

    iri: str
    members: tuple[str, ...]
    reasons: tuple[str, ...]


class Clusters(Record, frozen=True, kw_only=True):
    """What is one across articles.

    `events` maps the IRI of each event that is not alone to its cluster; `copies` maps the IRI of each article that is a
    near-duplicate to the IRI of the first article with those words.
    """

    events: Mapping[str, Cluster] = MappingProxyType({})
    copies: Mapping[str, str] = MappingProxyType({})


class Resolved(Record, frozen=True, kw_only=True):
    """An extraction whose article, events and entities have their places in the graph.

    `article` is the article's IRI, `copy_of` that of the first article with the same words, if this is not the first.
    `own` maps event ids to the IRIs that they have by themselves, `events` to those of their clusters, and
    `shared` holds the IRIs of events that are not alone. `entities` maps entity ids, and `mentions` mention ids, to
    nodes; `links` is as in `LinkedExtraction`.
    """

    extraction: Extraction
    links: tuple[Link, ...] = ()
    article: str
    publisher: ResolvedEntity | None = None
    copy_of: str | None = None
    own: dict[str, str]
    events: dict[str, str]
    shared: frozenset[str]
    entities: dict[str, ResolvedEntity]
    mentions: dict[str, ResolvedEntity]
