"""Links from live Wikidata for what the tables do not know, or know several of."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from kg.config import LinkConfig
from kg.gazetteer import GEONAMES, WIKIDATA, Gazetteer, fold
from kg.gazetteer.fold import strip_the
from kg.link.decide import decide
from kg.link.evidence import gather
from kg.link.overrides import OVERRIDDEN
from kg.link.score import Scored
from kg.link.wikidata.items import Hit, Item, Items
from kg.records import Entity, EntityKind, Link, LinkedExtraction, Outcome

_REST = 2.0
"""What weighs against every item: the things of its name that Wikidata does not list, in articles of Wikipedia."""
_BY_ALIAS = 0.95


class Live:
    """Asks Wikidata for names that have no link, or rivals.

    Args:
        items: asks and keeps.
        gazetteer: what is known without asking.
        config: the least score and the least lead of a link.
    """

    def __init__(self, items: Items, gazetteer: Gazetteer, config: LinkConfig) -> None:
        self._items, self._gazetteer, self._config = items, gazetteer, config

    def link(self, linked: LinkedExtraction) -> LinkedExtraction:
        """Return `linked` with links for names that had none or rivals, and QIDs in the place of GeoNames numbers.

        An item is taken only when it bears the very name and is of the right kind: a weapon must be a weapon. What the
        user's overrides decide stays.
        """
        entities = {entity.id: entity for entity in linked.extraction.entities}
        open_ = {link.entity for link in linked.links if link.outcome is not Outcome.LINKED and not _is_decided(link)}
        hits = {name: self._bearers(entities[name].name) for name in sorted(open_)}
        items = self._items.describe(qid for found in hits.values() for qid in found)
        evidence = gather(linked.extraction, self._gazetteer)
        links = []
        for link in linked.links:
            entity = entities[link.entity]
            kind = _kind(entity)
            found = [items[qid] for qid in hits.get(link.entity, ()) if qid in items and kind in items[qid][0].kinds]
            boosts = [evidence.boost(item.country, without=entity.id) for item, _ in found]
            decided = decide(entity, _score(found, boosts, kind, entity.name), self._config)
            links.append(link if not found or decided.outcome is Outcome.NIL else decided)
        return msgspec.structs.replace(linked, links=tuple(self._with_qids(links)))

    def _bearers(self, name: str) -> list[str]:
        """Return the items that bear the very name."""
        return list(dict.fromkeys(hit.qid for hit in self._items.search(name) if _key(hit.text) == _key(name)))

    def _with_qids(self, links: Sequence[Link]) -> list[Link]:
        """Give links to GeoNames the QID of the one item that bears the number."""
        numbers = {
            link.entity: link.target[len(GEONAMES) : -1]
            for link in links
            if link.target and link.target.startswith(GEONAMES) and not _is_decided(link)
        }
        known = self._items.by_geonames(numbers.values())
        return [
            _with_qid(link, *known[numbers[link.entity]]) if numbers.get(link.entity) in known else link
            for link in links
        ]


def _is_decided(link: Link) -> bool:
    """Tell whether the user decided the link."""
    return any(reason.endswith(OVERRIDDEN) for reason in link.reasons)


def _kind(entity: Entity) -> EntityKind:
    return EntityKind.ORGANISATION if entity.kind is EntityKind.GROUP else entity.kind


def _key(name: str) -> str:
    return strip_the(fold(name))


def _score(found: Sequence[tuple[Item, dt.date]], boosts: Sequence[float], kind: EntityKind, name: str) -> list[Scored]:
    """Score the items of one name, best first: by how many Wikipedias tell of them, and whether the article speaks of their country."""
    weights = [(1 + item.sitelinks) * boost for (item, _), boost in zip(found, boosts, strict=True)]
    total = sum(weights) + _REST
    scored = []
    for (item, day), weight, boost in zip(found, weights, boosts, strict=True):
        exact = _key(item.label) == _key(name)
        reasons = [
            f"Wikidata of {day.isoformat()}: {'name' if exact else 'alias of'} {item.label}, a {kind.value.lower()}",
            f"{item.sitelinks} Wikipedias tell of it",
        ]
        if boost > 1.5:
            reasons.append(f"the article speaks of {item.country}")
        fit = 1.0 if exact else _BY_ALIAS
        scored.append(Scored(entry=item.entry(kind, day), score=round(fit * weight / total, 4), reasons=tuple(reasons)))
    return sorted(scored, key=lambda one: (-one.score, one.entry.target or ""))


def _with_qid(link: Link, hit: Hit, day: dt.date) -> Link:
    reason = f"Wikidata of {day.isoformat()}: the item with this GeoNames number"
    best = link.candidates[0]
    best = msgspec.structs.replace(
        best, target=WIKIDATA + hit.qid, geonames=best.geonames or best.target, reasons=(*best.reasons, reason)
    )
    return msgspec.structs.replace(
        link, target=best.target, candidates=(best, *link.candidates[1:]), reasons=(*link.reasons, reason)
    )
