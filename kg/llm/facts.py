"""What an answer tells of one event: when, where, who, with what, how many."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from kg.llm.answer import AnswerCasualty, AnswerEvent
from kg.llm.book import Book
from kg.llm.claims import Voices
from kg.llm.dropped import Dropped, Reason
from kg.llm.quotes import Quotes
from kg.llm.times import read_time
from kg.records import Casualty, EntityKind, Record, Role, Span, Time

CONFIDENCE = 0.5
"""The confidence of everything that a model says: no measurement stands behind a model that the user chooses."""

MOST = 10**9
"""The greatest number of people that a casualty may count."""


class Found(Record, frozen=True, kw_only=True):
    """Words that stand for a participant or a place; `claim` is the final id of the claim that tells it."""

    span: Span
    claim: str | None


class Facts(Record, frozen=True, kw_only=True):
    """The facts about one event whose words were found."""

    time: Time | None
    place: Found | None
    participants: tuple[tuple[Role, Found], ...]
    casualties: tuple[Casualty, ...]


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What the facts of one article are read with; `published` is its day of publication, if known."""

    quotes: Quotes
    book: Book
    voices: Voices
    dropped: Dropped
    published: dt.date | None


def read_facts(event: AnswerEvent, trigger: Span, desk: Desk) -> Facts:
    """Return the facts about `event`, looked for near `trigger`; what is left out is counted."""
    return Facts(
        time=_time(event, trigger, desk),
        place=_place(event, trigger, desk),
        participants=tuple(dict.fromkeys(_participants(event, trigger, desk))),
        casualties=tuple(dict.fromkeys(_casualties(event, trigger, desk))),
    )


def _time(event: AnswerEvent, trigger: Span, desk: Desk) -> Time | None:
    if event.time is None:
        return None
    time = read_time(event.time, desk.published, desk.quotes, trigger)
    if isinstance(time, Reason):
        desk.dropped["time", time] += 1
        return None
    return time


def _place(event: AnswerEvent, trigger: Span, desk: Desk) -> Found | None:
    if event.place is None:
        return None
    span = desk.book.note(event.place.entity, event.place.quote, trigger)
    if isinstance(span, Span) and desk.book.kind(span) is not EntityKind.PLACE:
        span = Reason.UNFIT
    return _found("place", event, span, event.place.claim, desk)


def _participants(event: AnswerEvent, trigger: Span, desk: Desk) -> Iterator[tuple[Role, Found]]:
    for part in event.participants:
        span = desk.book.note(part.entity, part.quote, trigger)
        if isinstance(span, Span) and not _role_fits(part.role, desk.book.kind(span)):
            span = Reason.UNFIT
        found = _found("participant", event, span, part.claim, desk)
        if found is not None:
            yield part.role, found


def _role_fits(role: Role, kind: EntityKind) -> bool:
    """Tell whether something of `kind` can play `role`: only weapons are weapons, and they do not act."""
    return (kind is EntityKind.WEAPON) if role is Role.WEAPON else (role, kind) != (Role.PERPETRATOR, EntityKind.WEAPON)


def _found(kind: str, event: AnswerEvent, span: Span | Reason, claim: str | None, desk: Desk) -> Found | None:
    """Return the words at `span` with the claim that tells them, or count why they are left out."""
    teller = span if isinstance(span, Reason) else desk.voices.teller(claim, event.id, span)
    if isinstance(span, Reason) or isinstance(teller, Reason):
        desk.dropped[kind, Reason.UNFIT if isinstance(span, Span) else span] += 1
        return None
    return Found(span=span, claim=teller)


def _casualties(event: AnswerEvent, trigger: Span, desk: Desk) -> Iterator[Casualty]:
    for toll in event.casualties:
        span = desk.quotes.nearest(toll.quote, trigger) or Reason.NOT_LITERAL
        if isinstance(span, Span) and not _bounded(toll):
            span = Reason.UNFIT
        found = _found("casualty", event, span, toll.claim, desk)
        if found is None:
            continue
        group = toll.group and toll.group.strip()
        if group and not desk.quotes.find(group):
            desk.dropped["group of a casualty", Reason.NOT_LITERAL] += 1
            group = None
        yield Casualty(
            harm=toll.harm,
            low=toll.low,
            high=toll.high,
            group=group or None,
            category=toll.category,
            span=found.span,
            claim=found.claim,
            confidence=CONFIDENCE,
        )


def _bounded(toll: AnswerCasualty) -> bool:
    """Tell whether the bounds are possible numbers of people, at least one of them given."""
    given = [bound for bound in (toll.low, toll.high) if bound is not None]
    return bool(given) and given == sorted(given) and all(0 <= bound <= MOST for bound in given)
