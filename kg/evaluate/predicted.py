"""What a graph says about each article, in the shape of the gold annotation.

Nothing is sorted: where two pairs are equally good the order of the graph decides, as in the project's outside scorer.
"""

from collections.abc import Iterator, Mapping

import msgspec
import pyoxigraph as ox

from kg import resources
from kg.evaluate.gold import snake
from kg.rdf.namespaces import local
from kg.records import Role
from kg.vocab import Vocab

PLACE = "place"
"""The role of a place in role claims."""
_ROLES = {role.value: role.value for role in Role} | {
    PLACE: PLACE,
    "allegedPerpetrator": Role.PERPETRATOR.value,
    "allegedWeapon": Role.WEAPON.value,
}

Toll = tuple[str, int | None, int | None]
"""Kind of harm, least and greatest number."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One role claim: the part played, the words or names for who plays it, how sure the extractor is (0 to 1)."""

    role: str
    names: tuple[str, ...]
    confidence: float | None


class TollClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One casualty claim."""

    toll: Toll
    confidence: float | None


class PredictedEvent(msgspec.Struct, kw_only=True):
    """One event of the graph; `dates` are the ISO days of its interval, `precision` is that of its place."""

    type: str
    status: str | None
    dates: tuple[str, str | None] | None
    confidence: float | None
    triggers: list[str] = []
    places: list[str] = []
    countries: list[str] = []
    precision: str | None = None
    facts: dict[str, Fact] = {}
    tolls: list[TollClaim] = []

    def values(self, role: str) -> list[str]:
        """Return the words of all that play `role`, each once."""
        return list(dict.fromkeys(fact.names[0] for fact in self.facts.values() if fact.role == role))

    @property
    def toll_set(self) -> frozenset[Toll]:
        """What is said of victims, each number once."""
        return frozenset(claim.toll for claim in self.tolls)


class PredictedClaim(msgspec.Struct, kw_only=True):
    """What a source says; `sources` are its names and the words for it."""

    stance: str
    sources: set[str]
    content: str
    confidence: float | None


class PredictedEntity(msgspec.Struct, kw_only=True):
    """A named entity with all its names in lower case."""

    type: str
    names: set[str]


class Prediction(msgspec.Struct, kw_only=True):
    """What the graph says about one article; keys are IRIs."""

    events: dict[str, PredictedEvent] = {}
    claims: dict[str, PredictedClaim] = {}
    entities: dict[tuple[str, str], PredictedEntity] = {}


def read_predictions(store: ox.Store, vocab: Vocab) -> dict[str, Prediction]:
    """Return the predictions of all articles of the graph by `dct:identifier`.

    Args:
        store: the graph; named graphs count as one with the default graph.
        vocab: knows which classes are event types.
    """
    articles = {row["article"]: row["id"] for row in _rows(store, "articles")}
    found = {name: Prediction() for name in articles.values()}
    of_article = {iri: found[name] for iri, name in articles.items()}
    _read_events(store, vocab, of_article)
    for row in _rows(store, "claims"):
        article = of_article.get(row["article"])
        if article is not None:
            claim = article.claims.setdefault(
                row["claim"],
                PredictedClaim(
                    stance=snake(local(row["stance"])),
                    sources=set(),
                    content=row.get("content", ""),
                    confidence=_confidence(row),
                ),
            )
            claim.sources |= {row[key] for key in ("label", "mention") if row.get(key)}
    for row in _rows(store, "entities"):
        article = of_article.get(row["article"])
        if article is not None:
            kind = local(row["kind"])
            entity = article.entities.setdefault((row["entity"], kind), PredictedEntity(type=kind, names=set()))
            entity.names |= {row[key].lower() for key in ("label", "other") if row.get(key)}
    return found


def _read_events(store: ox.Store, vocab: Vocab, of_article: Mapping[str, Prediction]) -> None:
    events: dict[str, PredictedEvent] = {}
    for row in _rows(store, "events"):
        kind = local(row["type"])
        if kind not in vocab.parents or row["article"] not in of_article:
            continue
        event = events.get(row["event"])
        if event is None:
            dates = (row["start"], row.get("end")) if "start" in row else None
            status = snake(local(row["status"])) if "status" in row else None
            event = PredictedEvent(type=kind, status=status, dates=dates, confidence=_confidence(row))
            events[row["event"]] = event
        of_article[row["article"]].events.setdefault(row["event"], event)
    for name, add in (("triggers", _trigger), ("roles", _role), ("places", _place), ("casualties", _casualty)):
        for row in _rows(store, name):
            if row["event"] in events:
                add(events[row["event"]], row)


def _trigger(event: PredictedEvent, row: Mapping[str, str]) -> None:
    event.triggers.append(row["text"])


def _role(event: PredictedEvent, row: Mapping[str, str]) -> None:
    role = _ROLES.get(local(row["role"]))
    if role is None:
        return
    names = tuple(row[key] for key in ("text", "label") if row.get(key))
    event.facts.setdefault(row["claim"], Fact(role=role, names=names, confidence=_confidence(row)))
    if role == PLACE:
        event.places.append(row["text"])


def _place(event: PredictedEvent, row: Mapping[str, str]) -> None:
    event.places.append(row["label"])
    event.precision = row.get("precision")
    if "country" in row:
        event.countries.append(row["country"])


def _casualty(event: PredictedEvent, row: Mapping[str, str]) -> None:
    low, high = (int(row[key]) if key in row else None for key in ("low", "high"))
    event.tolls.append(TollClaim(toll=(snake(local(row["harm"])), low, high), confidence=_confidence(row)))


def _rows(store: ox.Store, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of `queries/evaluate/NAME.rq`; a value that is not bound has no key."""
    text = (resources.folder("queries") / "evaluate" / f"{name}.rq").read_text(encoding="utf-8")
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - all of them are SELECT queries
    columns = [variable.value for variable in found.variables]
    for row in found:
        pairs = ((column, row[column]) for column in columns)
        yield {column: term.value for column, term in pairs if isinstance(term, ox.NamedNode | ox.Literal)}


def _confidence(row: Mapping[str, str]) -> float | None:
    return float(row["confidence"]) if "confidence" in row else None
