"""The entities of an answer and the words of the text that stand for them."""

from collections.abc import Iterable, Iterator

from kg.llm.answer import AnswerEntity
from kg.llm.dropped import Dropped, Reason
from kg.llm.quotes import Quotes
from kg.records import Entity, EntityKind, Mention, Span


class Book:
    """Collects mentions; the same words at the same place are one mention, of the entity that was noted first."""

    def __init__(self, entities: Iterable[AnswerEntity], quotes: Quotes, dropped: Dropped) -> None:
        self._quotes = quotes
        self._entities: dict[str, AnswerEntity] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._owners: dict[Span, str] = {}
        for entity in entities:
            if entity.id in self._entities:
                dropped["entity", Reason.UNFIT] += 1
                continue
            self._entities[entity.id] = entity
            self._names[entity.id] = tuple(name.strip() for name in entity.names if quotes.find(name))
            dropped["name", Reason.NOT_LITERAL] += len(entity.names) - len(self._names[entity.id])

    def note(self, entity: str, quote: str, near: Span | None) -> Span | Reason:
        """Return the place of `quote`, the words for the entity with the id `entity`, that is nearest to `near`.

        Nothing is remembered when it is no mention; the reason is returned then.
        """
        if entity not in self._entities:
            return Reason.UNFIT
        span = self._quotes.nearest(quote, near)
        if span is None:
            return Reason.NOT_LITERAL
        self._owners.setdefault(span, entity)
        return span

    def kind(self, span: Span) -> EntityKind:
        """Return the kind of the entity that the noted words at `span` stand for."""
        return self._entities[self._owners[span]].kind

    def add_names(self) -> None:
        """Note every place of every name, so that linking sees all that the text says of an entity.

        A name within a longer one ("Belgorod" in "Belgorod Region") is noted only where that leaves it no place at all.
        """
        named = [
            (name, entity.id)
            for entity in self._entities.values()
            if entity.named
            for name in dict.fromkeys(self._names[entity.id])
        ]
        covered = bytearray(len(self._quotes.text))
        for name, entity in sorted(named, key=lambda pair: (-len(pair[0]), pair)):
            spans = self._quotes.find(name)
            free = [span for span in spans if not any(covered[span.start : span.end])]
            for span in free or spans[:1]:
                self._owners.setdefault(span, entity)
                covered[span.start : span.end] = b"\1" * (span.end - span.start)

    def mentions(self) -> dict[Span, Mention]:
        """Return the finished mentions in text order, with ids m1, m2, …; no grammar is at hand: the last word is the head."""
        return {
            span: Mention(id=f"m{number}", span=span, kind=self.kind(span), head=self._last_word(span))
            for number, span in enumerate(sorted(self._owners), 1)
        }

    def entities(self, mentions: dict[Span, Mention]) -> Iterator[Entity]:
        """Yield the entities that have mentions, in the order of their first ones, with ids n1, n2, …."""
        of: dict[str, list[Span]] = {}
        for span in mentions:
            of.setdefault(self._owners[span], []).append(span)
        for number, (name, spans) in enumerate(of.items(), 1):
            entity, names = self._entities[name], self._names[name]
            words = names[0] if names else spans[0].of(self._quotes.text)
            yield Entity(
                id=f"n{number}",
                kind=entity.kind,
                name=" ".join(words.split()),
                named=entity.named and bool(names),
                mentions=tuple(mentions[span].id for span in spans),
            )

    def _last_word(self, span: Span) -> Span:
        return Span(start=span.end - len(span.of(self._quotes.text).split()[-1]), end=span.end)
