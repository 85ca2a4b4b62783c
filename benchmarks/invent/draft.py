"""Sentences to an article and the extraction that a perfect reader would make of it."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from kg.records import (
    Article,
    Casualty,
    Claim,
    Entity,
    EntityKind,
    Event,
    Extraction,
    Harm,
    Location,
    Mention,
    Participant,
    Role,
    Span,
    Stance,
    Status,
    Time,
    VictimCategory,
)

_SLOT = re.compile(r"\{(\w)(\w*)(?::([^}]*))?\}")
_CONFIDENCE = 0.8
_CATEGORIES = {
    "people": VictimCategory.ANY_PERSON,
    "residents": VictimCategory.CIVILIANS,
    "civilians": VictimCategory.CIVILIANS,
}


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """So many `victims`; `least`: they may be more."""

    number: int
    victims: str
    least: bool = False

    def words(self) -> str:
        """Return it in words.

        >>> Toll(number=1, victims="people").words(), Toll(number=5, victims="soldiers", least=True).words()
        ('one person', 'at least 5 soldiers')
        """
        if self.number == 1 and self.victims == "people":
            return "one person"
        noun = self.victims if self.number > 1 else self.victims.removesuffix("s").replace("troop", "soldier")
        return f"{'at least ' if self.least else ''}{self.number} {noun}"

    def casualty(self, harm: Harm, span: Span, claim: str | None, *, revises: bool) -> Casualty:
        """Return it as a record."""
        return Casualty(
            harm=harm,
            low=self.number,
            high=None if self.least else self.number,
            group=self.victims,
            category=_CATEGORIES.get(self.victims, VictimCategory.COMBATANTS),
            span=span,
            revises=revises,
            claim=claim,
            confidence=_CONFIDENCE,
        )


class Draft:
    """An article in the making: what `add` writes can be told as facts by the spans that it returns."""

    def __init__(self) -> None:
        self.text = ""
        self._mentions: list[Mention] = []
        self._entities: dict[object, list[str]] = {}
        self._names: dict[object, tuple[EntityKind, str, bool]] = {}
        self._events: list[Event] = []
        self._claims: list[Claim] = []

    def add(self, template: str, values: Mapping[str, str]) -> dict[str, Span]:
        """Write one sentence and return the span of each slot; a slot with a capital starts with one."""
        offset = len(self.text) + bool(self.text)
        parts, spans, last = [], {}, 0
        length = 0
        for match in _SLOT.finditer(template):
            first, rest, own = match.groups()
            name = first.lower() + rest
            words = own if own is not None else values[name]
            if first.isupper():
                words = words[0].upper() + words[1:]
            parts += [template[last : match.start()], words]
            length += match.start() - last
            spans[name] = Span(start=offset + length, end=offset + length + len(words))
            length += len(words)
            last = match.end()
        parts.append(template[last:])
        self.text += (" " if self.text else "") + "".join(parts)
        return spans

    def mention(self, span: Span, kind: EntityKind, *, named: bool) -> str:
        """Tell that words name or describe something, and return the mention's id."""
        name = f"m{len(self._mentions) + 1}"
        self._mentions.append(Mention(id=name, span=span, kind=kind, head=span))
        words = span.of(self.text)
        key: object = (kind, words) if named else name
        self._entities.setdefault(key, []).append(name)
        self._names.setdefault(key, (kind, words, named))
        return name

    def claim(self, stance: Stance, source: Span, *, cue: Span, about: str, target: str | None = None) -> str:
        """Tell that a source says something, and return the claim's id."""
        name = f"c{len(self._claims) + 1}"
        claimant = self.mention(source, EntityKind.GROUP, named=False)
        sentence = Span(start=min(cue.start, source.start), end=len(self.text))
        self._claims.append(
            Claim(
                id=name,
                stance=stance,
                claimant=claimant,
                cue=cue,
                content=sentence,
                about=about,
                target=target,
                confidence=_CONFIDENCE,
            )
        )
        return name

    def next_event(self) -> str:
        """Return the id that the next event will have."""
        return f"e{len(self._events) + 1}"

    def event(
        self,
        kind: str,
        trigger: Span,
        time: Time,
        place: str | None,
        participants: tuple[tuple[Role, str, str | None], ...] = (),
        casualties: tuple[Casualty, ...] = (),
    ) -> None:
        """Tell an event; participants are role, mention and the claim that tells them."""
        self._events.append(
            Event(
                id=self.next_event(),
                type=kind,
                trigger=trigger,
                status=Status.OCCURRED,
                time=time,
                place=Location(mention=place, confidence=_CONFIDENCE) if place else None,
                participants=tuple(
                    Participant(role=role, mention=mention, claim=claim, confidence=_CONFIDENCE)
                    for role, mention, claim in participants
                ),
                casualties=casualties,
                confidence=_CONFIDENCE,
                spans=(trigger,),
            )
        )

    def extraction(self, article: Article) -> Extraction:
        """Return everything told; `article` has the text of this draft."""
        return Extraction(
            article=article,
            mentions=tuple(self._mentions),
            entities=tuple(self._made()),
            events=tuple(self._events),
            claims=tuple(self._claims),
        )

    def _made(self) -> Iterator[Entity]:
        for number, (key, mentions) in enumerate(self._entities.items(), start=1):
            kind, name, named = self._names[key]
            yield Entity(id=f"n{number}", kind=kind, name=name, named=named, mentions=tuple(mentions))
