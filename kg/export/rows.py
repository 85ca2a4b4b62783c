"""Reads the rows of a graph, by the queries in `queries/export/`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
import pyoxigraph as ox

from kg import resources
from kg.export.row import Article, Count, Place, Row
from kg.rdf.namespaces import local
from kg.records import PlacePrecision
from kg.vocab import Vocab

Found = Mapping[str, str]
"""One row of a query: column → value; columns without a value are left out."""

_PRECISIONS = tuple(PlacePrecision)
"""The finest first."""


def rows(store: ox.Store, vocab: Vocab) -> list[Row]:
    """Return all events of the graph, by first day, label and IRI; those without a date come last.

    Args:
        store: the graph; its named graphs count as one with the default graph.
        vocab: knows which classes are event types.
    """
    places = defaultdict[str, set[Place]](set)
    counts = defaultdict[str, set[Count]](set)
    articles = defaultdict[str, set[Article]](set)
    roles = defaultdict[tuple[str, str], set[str]](set)
    for one in ask(store, "places"):
        places[one["event"]].add(_place(one))
    for one in ask(store, "counts"):
        counts[one["event"]].add(_count(one))
    for one in ask(store, "articles"):
        articles[one["event"]].add(_article(one))
    for one in ask(store, "participants"):
        roles[one["event"], local(one["role"])].add(one["label"])
    sentences = _sentences(store)

    def names(event: str, role: str) -> tuple[str, ...]:
        return tuple(sorted(roles.get((event, role), ())))

    found: dict[str, Row] = {}
    for one in ask(store, "events"):
        kind = vocab.event_types.get(local(one["type"]))
        if kind is None:
            continue
        event = one["event"]
        row = Row(
            iri=event,
            label=one["label"],
            type=kind.name,
            parent=kind.parent,
            status=local(one["status"]) if "status" in one else None,
            confidence=_float(one, "confidence"),
            start=one.get("start"),
            end=one.get("end"),
            precision=one.get("precision"),
            phrase=one.get("phrase"),
            place=min(places[event], key=_coarseness) if event in places else None,
            perpetrators=names(event, "perpetrator"),
            alleged_perpetrators=names(event, "allegedPerpetrator"),
            targets=names(event, "target"),
            weapons=names(event, "weapon"),
            alleged_weapons=names(event, "allegedWeapon"),
            killed_low=_int(one, "killed_low"),
            killed_high=_int(one, "killed_high"),
            injured_low=_int(one, "injured_low"),
            injured_high=_int(one, "injured_high"),
            counts=tuple(sorted(counts.get(event, ()), key=msgspec.json.encode)),
            articles=tuple(sorted(articles.get(event, ()), key=lambda a: (a.issued or "", a.id, a.iri))),
            sentence=sentences.get(event),
        )
        rival = found.setdefault(event, row)
        found[event] = min(rival, row, key=msgspec.json.encode)
    return sorted(found.values(), key=lambda row: (row.start or "9999", row.label, row.iri))


def ask(store: ox.Store, name: str) -> Iterator[Found]:
    """Yield the rows of `queries/export/NAME.rq`; IRIs and literals as plain strings."""
    text = (resources.folder("queries") / "export" / f"{name}.rq").read_text("utf-8")
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - the queries are our own
    columns = [variable.value for variable in found.variables]
    for row in found:
        yield {name: value.value for name in columns if isinstance(value := row[name], ox.NamedNode | ox.Literal)}


def _int(found: Found, name: str) -> int | None:
    return int(found[name]) if name in found else None


def _float(found: Found, name: str) -> float | None:
    return float(found[name]) if name in found else None


def _place(found: Found) -> Place:
    return Place(
        name=found["label"],
        iri=found["place"],
        precision=found.get("precision"),
        country=found.get("country"),
        lat=_float(found, "lat"),
        long=_float(found, "long"),
    )


def _coarseness(place: Place) -> tuple[bool, int, str, str]:
    rank = _PRECISIONS.index(PlacePrecision(place.precision)) if place.precision in _PRECISIONS else len(_PRECISIONS)
    return place.lat is None, rank, place.name, place.iri


def _article(found: Found) -> Article:
    return Article(
        id=found["id"],
        iri=found["article"],
        title=found.get("title"),
        issued=found.get("issued", "")[:10] or None,
        publisher=found.get("publisher"),
        url=found.get("url"),
    )


def _count(found: Found) -> Count:
    return Count(
        harm=local(found["harm"]),
        category=local(found.get("category", "")),
        group=found.get("group", ""),
        low=_int(found, "low"),
        high=_int(found, "high"),
        stance=local(found.get("stance", "")),
        source=found.get("name") or found.get("id") or found["source"],
    )


class _First(NamedTuple):
    article: str
    start: int
    sentence: str


def _sentences(store: ox.Store) -> dict[str, str]:
    """Return the first sentence of the first article that names each event."""
    found: dict[str, _First] = {}
    for one in ask(store, "sentences"):
        named = _First(one["article"], int(one["from"]), one["sentence"])
        found[one["event"]] = min(found.get(one["event"], named), named)
    return {event: first.sentence for event, first in found.items()}
