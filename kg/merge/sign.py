"""Articles to signatures."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kg.ids import Kind, Minter
from kg.merge.copies import minhash
from kg.merge.names import key_of
from kg.merge.signature import EventSignature, Level, Print, Signature, Site, Toll
from kg.records import Entity, EntityKind, Event, Extraction, Link, LinkedExtraction, PlacePrecision, Role, Status
from kg.vocab import Vocab

LONGEST = 14
"""Events whose interval has more days are dated too roughly to be told from others."""

_REACH = 160
"""How far around a trigger words count, in code points."""
_WORD = re.compile(r"[^\W\d_]{5,}")
_MOST_WORDS = 40
_MOST_FACTS = 24
"""The most participants of one role, and tolls, that are compared."""
_UNREAL = frozenset({Status.PLANNED, Status.THREATENED, Status.HYPOTHETICAL})
_LEVELS: Mapping[PlacePrecision | None, Level] = MappingProxyType(
    {PlacePrecision.REGION: Level.REGION, PlacePrecision.COUNTRY: Level.COUNTRY}
)


def sign(linked: LinkedExtraction, *, minter: Minter, vocab: Vocab) -> Signature:
    """Return the signature of an article.

    Args:
        linked: what the article tells.
        minter: mints the IRIs.
        vocab: knows the weapon classes.
    """
    article = linked.extraction.article
    iri = minter.article(article)
    reader = _Reader(linked, vocab)
    own = event_iris(linked.extraction, iri, minter)
    day = article.published
    shown = day.isoformat() if day else "9999"
    number = day.toordinal() if day else 0
    return Signature(
        print=Print(article=iri, order=(shown, article.id), day=number, minhash=minhash(article.text)),
        events=tuple(reader.events(iri, own, shown, number)),
    )


def event_iris(extraction: Extraction, article: str, minter: Minter) -> dict[str, str]:
    """Return the IRI of every event by its id; two events of a type with one trigger ("shelling of A and B") are numbered."""
    seen: Counter[tuple[object, ...]] = Counter()
    iris = {}
    for event in extraction.events:
        seed = (event.type, event.trigger.start, event.trigger.end)
        number = (seen[seed],) if seen[seed] else ()
        seen[seed] += 1
        iris[event.id] = minter.iri(Kind.EVENT, article, *seed, *number)
    return iris


def actor_key(entity: Entity | None, link: Link | None, words: str) -> str:
    """Return what actors are compared by: "=" and the IRI linked to, "~" and the folded name, or "-" and the head noun."""
    if entity is None or not entity.named:
        return f"-{key_of(words).rpartition(' ')[2]}"
    if link is not None and link.target is not None:
        return f"={link.acts_for.target if link.acts_for else link.target}"
    return f"~{key_of(entity.name)}"


class _Reader:
    """One article with its mentions at hand."""

    def __init__(self, linked: LinkedExtraction, vocab: Vocab) -> None:
        self._article, self._vocab = linked.extraction.article, vocab
        self._events = linked.extraction.events
        self._mentions = {mention.id: mention for mention in linked.extraction.mentions}
        self._entities = {name: entity for entity in linked.extraction.entities for name in entity.mentions}
        self._links = {link.entity: link for link in linked.links}

    def events(self, article: str, own: dict[str, str], shown: str, published: int) -> Iterator[EventSignature]:
        for event in self._events:
            time = event.time if event.time and (event.time.end - event.time.start).days < LONGEST else None
            iri = own[event.id]
            yield EventSignature(
                event=iri,
                article=article,
                order=(shown, self._article.id, event.trigger.start, event.trigger.end, iri),
                published=published,
                type=event.type,
                real=event.status not in _UNREAL,
                start=time.start.toordinal() if time else 0,
                end=time.end.toordinal() if time else 0,
                told=time is not None and time.span is not None,
                site=self._site(event),
                perpetrators=self._actors(event, Role.PERPETRATOR),
                targets=self._actors(event, Role.TARGET),
                weapons=self._weapons(event),
                tolls=_tolls(event),
                words=self._words(event),
            )

    def _site(self, event: Event) -> Site | None:
        entity = self._entities.get(event.place.mention) if event.place else None
        if entity is None or not entity.named or entity.kind is not EntityKind.PLACE:
            return None
        link = self._links.get(entity.id)
        chosen = link.chosen if link else None
        if chosen is None:
            return Site(key_of(entity.name), Level.SETTLEMENT, link.country if link else None, None, None)
        level = _LEVELS.get(chosen.precision, Level.SETTLEMENT)
        return Site(chosen.target, level, chosen.country, chosen.latitude, chosen.longitude)

    def _actors(self, event: Event, role: Role) -> tuple[str, ...]:
        found = set()
        for one in event.participants:
            if one.role is role:
                entity = self._entities.get(one.mention)
                link = self._links.get(entity.id) if entity else None
                found.add(actor_key(entity, link, self._mentions[one.mention].head.of(self._article.text)))
        return tuple(sorted(found)[:_MOST_FACTS])

    def _weapons(self, event: Event) -> tuple[str, ...]:
        words = {
            self._mentions[one.mention].span.of(self._article.text)
            for one in event.participants
            if one.role is Role.WEAPON
        }
        classes = {found.name for name in words if (found := self._vocab.weapon_class_of(name)) is not None}
        return tuple(sorted(classes)[:_MOST_FACTS])

    def _words(self, event: Event) -> tuple[str, ...]:
        start, end = max(0, event.trigger.start - _REACH), event.trigger.end + _REACH
        words = {word.lower() for word in _WORD.findall(self._article.text[start:end])}
        return tuple(sorted(words)[:_MOST_WORDS])


def _tolls(event: Event) -> tuple[Toll, ...]:
    told = {
        (one.harm.value, one.category.value, one.low or 0, one.low, one.high)
        for one in event.casualties
        if one.low is not None or one.high is not None
    }
    return tuple(
        Toll(harm, category, low, high) for harm, category, _, low, high in sorted(told, key=str)[:_MOST_FACTS]
    )
