"""Who speaks of whom: how often each source accuses, condemns or threatens each actor, and in which words."""

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import TYPE, ckg, last_part
from kg.serve.explorer import read
from kg.serve.explorer.claims import Claim, claims
from kg.serve.explorer.things import Thing, thing

LIMIT = 200
"""How many speeches are shown at most."""


class Pair(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """So many times `source` takes a stance towards `accused`; both are row numbers of the actors."""

    source: int
    accused: int
    stance: str
    count: int


class Relations(msgspec.Struct, frozen=True, kw_only=True):
    """All actors of whom somebody speaks or who speak of somebody, and how often."""

    actors: tuple[Thing, ...]
    pairs: tuple[Pair, ...]


class Speeches(msgspec.Struct, frozen=True, kw_only=True):
    """What is said; `total` counts also what is left out, of the first `read.MOST` claims of a source."""

    total: int
    claims: tuple[Claim, ...]


def relations(store: ox.Store) -> Relations:
    """Return who speaks of whom in all of `store`."""
    counts = {
        (found["source"], found["accused"], last_part(found.get("stance", "Asserts"))): int(found["claims"])
        for found in read.ask(store, "relations")
    }
    iris = sorted({iri for source, actor, _ in counts for iri in (source, actor)})
    row = {iri: number for number, iri in enumerate(iris)}
    pairs = (
        Pair(source=row[a], accused=row[b], stance=stance, count=count) for (a, b, stance), count in counts.items()
    )
    return Relations(actors=tuple(thing(store, ox.NamedNode(iri)) for iri in iris), pairs=tuple(sorted(pairs)))


def speeches(store: ox.Store, source: ox.NamedNode | None, accused: ox.NamedNode | None) -> Speeches:
    """Return what `source` says of `accused`; of anybody, or by anybody, when one of them is `None`."""
    found = set(read.subjects(store, ckg("accused"), accused)) if accused else None
    if source:
        said = {node for node in read.subjects(store, ckg("attributedTo"), source) if _speech(store, node)}
        found = said if found is None else found & said
    nodes = sorted(found or (), key=read.value)
    return Speeches(total=len(nodes), claims=claims(store, nodes[:LIMIT]))


def actor(store: ox.Store, node: ox.NamedNode) -> Thing | None:
    """Return the actor `node`, `None` when the graph does not know it."""
    return thing(store, node) if next(store.quads_for_pattern(node, TYPE, None, None), None) else None


def _speech(store: ox.Store, node: ox.NamedNode) -> bool:
    return read.exists(store, node, ckg("EventClaim"))
