"""Drafts in token offsets → the finished `Extraction` in code points."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.confidence import Confidence, claim_clues, event_clues, role_clues, toll_clues
from kg.extract.drafts import Draft
from kg.extract.entities import find_entities
from kg.extract.frame import Bounds, Frame, MentionBook, is_name, to_span
from kg.extract.order import find_order
from kg.extract.participants import find_parts, find_victims, role_fits
from kg.extract.places import relation
from kg.extract.speech import Speech
from kg.extract.times import find_times, nearest
from kg.records import (
    TELLING,
    Article,
    Casualty,
    Claim,
    DatePrecision,
    EntityKind,
    Event,
    Extraction,
    Location,
    Participant,
    Role,
    Span,
    Stance,
    Time,
)

DAILY_ITEM_SENTENCES = 6
"""A text of at most so many sentences is a daily item, which tells of its day of publication unless it says otherwise
(the rule of the annotation guide; longer articles without a time expression stay undated)."""


def assemble(
    article: Article, frame: Frame, drafts: Sequence[Draft], speeches: Sequence[Speech], sure: Confidence
) -> Extraction:
    """Return the extraction made of the drafts of one document; `sure` tells how probable each record is."""
    book = MentionBook(frame)
    for ent in filter(is_name, frame.doc.ents):
        book.note(ent.start, ent.end, EntityKind(ent.label_))
    drafts = [draft for draft in drafts if draft.triggers]
    for draft in drafts:
        for role in Role:
            for bounds in draft.roles(role):
                book.note(*bounds, EntityKind.WEAPON if role is Role.WEAPON else None)
        if draft.place is not None:
            book.note(*draft.place, EntityKind.PLACE)
        for toll in find_victims(frame, draft):
            book.note(*toll)
    for speech in speeches:
        book.note(*speech.source)
        if speech.target is not None:
            book.note(*speech.target)
    finished = dict(book.mentions())
    ids = {key: mention.id for key, mention in finished.items()}
    claims = tuple(_claims(frame, drafts, speeches, ids, sure))
    for draft in drafts:
        draft.keep(lambda role, bounds: role_fits(role, finished[bounds].kind))
    told = _Told(frame=frame, ids=ids, claims=claims, speeches=speeches, sure=sure)
    return Extraction(
        article=article,
        mentions=tuple(finished.values()),
        entities=tuple(find_entities(frame, finished.items())),
        events=tuple(_events(article, told, drafts)),
        claims=claims,
    )


def _claims(
    frame: Frame, drafts: Sequence[Draft], speeches: Sequence[Speech], ids: dict[Bounds, str], sure: Confidence
) -> Iterator[Claim]:
    named = sorted((trigger.span.start, number) for number, draft in enumerate(drafts) for trigger in draft.triggers)
    for number, speech in enumerate(speeches, 1):
        about = _about(drafts, named, speech)
        yield Claim(
            id=f"c{number}",
            stance=speech.stance,
            claimant=ids[speech.source],
            cue=to_span(speech.cue),
            content=frame.span(*frame.trim(*speech.content)),
            about=None if about is None else f"e{about + 1}",
            target=None if speech.target is None else ids[speech.target],
            confidence=sure.of("claim", claim_clues(frame, speech, about)),
        )


def _about(drafts: Sequence[Draft], named: Sequence[tuple[int, int]], speech: Speech) -> int | None:
    """Find the event that the words concern: named in them, else named in the same sentence, else for a bare reaction the last one.

    `named` holds the first token of each trigger with the number of its draft, in order.
    """
    start, end = speech.content
    inside = named[bisect_left(named, (start, 0)) : bisect_left(named, (end, 0))]
    if inside:
        return min(number for _, number in inside)
    sentence = speech.cue.sent
    for number, draft in enumerate(drafts):
        if any(toll.cue.sent.start == sentence.start and start <= toll.cue.start < end for toll in draft.tolls):
            return number
    if speech.stance in {Stance.DENIES, Stance.CONDEMNS, Stance.DOUBTS, Stance.CLAIMS_RESPONSIBILITY, Stance.ACCUSES}:
        earlier = [n for n, draft in enumerate(drafts) if min(draft.sentences) <= sentence.start]
        return earlier[-1] if earlier else None
    return None


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the events of a document share: its claims, the ids of its mentions, how probability is told."""

    frame: Frame
    ids: Mapping[Bounds, str]
    claims: Sequence[Claim]
    speeches: Sequence[Speech]
    sure: Confidence

    def about(self, event: str) -> list[tuple[Claim, Bounds, Bounds | None]]:
        """Return the claims about an event with the token bounds of their source and of whom they accuse."""
        pairs = zip(self.claims, self.speeches, strict=True)
        return [(claim, speech.source, speech.target) for claim, speech in pairs if claim.about == event]

    def by(self, span: Span) -> str | None:
        """Return the id of the innermost claim whose words tell the fact at `span`, `None` when the article tells it."""
        telling = [claim for claim in self.claims if claim.stance in TELLING and claim.content.covers(span)]
        return min(telling, key=lambda claim: claim.content.end - claim.content.start).id if telling else None


def _events(article: Article, told: _Told, drafts: Sequence[Draft]) -> Iterator[Event]:
    frame = told.frame
    times = list(find_times(article.text, article.published))
    short = sum(1 for _ in frame.doc.sents) <= DAILY_ITEM_SENTENCES
    default = None
    if article.published is not None and short:
        default = Time(start=article.published, end=article.published, precision=DatePrecision.DAY)
    order = set(find_order(frame, drafts))
    order -= {(later, first) for first, later in order}
    for number, draft in enumerate(drafts, 1):
        name, main = f"e{number}", draft.main
        sentence = main.span.sent
        time = nearest(times, (sentence.start_char, sentence.end_char), main.span.start_char) or default
        confidence = told.sure.of("event", event_clues(frame, draft))
        yield Event(
            id=name,
            type=draft.type,
            trigger=to_span(main.span),
            status=draft.status,
            time=time,
            place=_location(told, draft, confidence),
            participants=tuple(_participants(told, draft, name, confidence)),
            casualties=tuple(_casualties(told, draft, confidence)),
            confidence=confidence,
            spans=tuple(sorted({to_span(trigger.span) for trigger in draft.triggers})),
            before=tuple(f"e{later + 1}" for first, later in sorted(order) if first == number - 1),
        )


def _location(told: _Told, draft: Draft, event: float) -> Location | None:
    if draft.place is None:
        return None
    clues = role_clues(told.frame, draft, "place", draft.place, event)
    return Location(
        mention=told.ids[draft.place],
        phrase=relation(told.frame, draft.place),
        claim=told.by(told.frame.span(*draft.place)),
        confidence=told.sure.of("place", clues),
    )


def _participants(told: _Told, draft: Draft, name: str, event: float) -> Iterator[Participant]:
    for role, bounds, claim in find_parts(told.frame, draft, told.about(name)):
        yield Participant(
            role=role,
            mention=told.ids[bounds],
            claim=claim.id if claim is not None else told.by(told.frame.span(*bounds)),
            confidence=told.sure.of(role.value, role_clues(told.frame, draft, role.value, bounds, event)),
        )


def _casualties(told: _Told, draft: Draft, event: float) -> Iterator[Casualty]:
    for number, toll in enumerate(draft.tolls):
        span = told.frame.span(*toll.bounds)
        yield Casualty(
            harm=toll.harm,
            low=toll.low,
            high=toll.high,
            group=None if toll.group is None else told.frame.doc[slice(*toll.group)].text,
            category=toll.category,
            span=span,
            revises=toll.revises,
            claim=told.by(span),
            confidence=told.sure.of("casualties", toll_clues(told.frame, draft, number, event)),
        )
