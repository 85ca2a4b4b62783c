"""Drafts in token offsets → the finished `Extraction` in code points."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.claims import Voices, make_claims
from kg.extract.confidence import Confidence, event_clues, role_clues, toll_clues
from kg.extract.drafts import Draft
from kg.extract.entities import find_entities
from kg.extract.frame import Bounds, Frame, MentionBook, is_name, to_span
from kg.extract.order import find_order
from kg.extract.participants import find_parts, find_victims, role_fits
from kg.extract.places import relation
from kg.extract.reference import told_before
from kg.extract.speech import Speech
from kg.extract.standing import cause_after
from kg.extract.times import find_times, nearest, within
from kg.extract.tokens import Span, Token
from kg.records import (
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
    Time,
)

DAILY_ITEM_SENTENCES = 6
"""A text of at most so many sentences is a daily item, which tells of its day of publication unless it says otherwise
(the rule of the annotation guide; longer articles without a time expression stay undated)."""

_YEAR = re.compile(r"\b\d{4}\b")
_COUNTED = frozenset({"earlier", "later", "before", "after"})
_FEW_DAYS = 3
"""A longer time, which words of an event other than its best tell, says little of when it was."""


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
    claims = tuple(make_claims(frame, drafts, speeches, ids, sure))
    for draft in drafts:
        draft.keep(lambda role, bounds: role_fits(role, finished[bounds].kind))
    actors = frozenset(bounds for draft in drafts for bounds in draft.roles(Role.PERPETRATOR))
    told = _Told(frame=frame, ids=ids, voices=Voices(frame, claims, speeches), sure=sure)
    return Extraction(
        article=article,
        mentions=tuple(finished.values()),
        entities=tuple(find_entities(frame, finished.items(), actors)),
        events=tuple(_events(article, told, drafts)),
        claims=claims,
    )


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the events of a document share: the ids of its mentions, whose words tell what, how probability is told."""

    frame: Frame
    ids: Mapping[Bounds, str]
    voices: Voices
    sure: Confidence


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
        time = _time(frame, times, main.span) or _day(frame, times, draft) or default
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


def _time(frame: Frame, times: Sequence[Time], span: Span) -> Time | None:
    """Return the time nearest to a trigger: in its own part of the sentence, "on Friday after an ambush on Tuesday", else in all of it."""
    sentence, start = span.sent, told_before(frame, span)
    own = frame.doc[sentence.start if start is None else start : cause_after(frame, span)]
    sentences = (sentence.start_char, sentence.end_char)
    fitting = [
        time
        for time in within(times, sentences)
        if not _is_of_noun(frame, time, span) and not _is_of_clause(frame, time, span.root)
    ]
    if len(fitting) > 1:
        verb = _verb_above(span.root)
        fitting = [time for time in fitting if _verb_above(_last(frame, time)) is verb] or fitting
    found = (nearest(fitting, (words.start_char, words.end_char), span.start_char) for words in (own, sentence))
    return next((time for time in found if time is not None), None)


def _last(frame: Frame, time: Time) -> Token:
    """Return the last word of a time expression."""
    end = time.span.end if time.span else 0
    return frame.tokens[bisect_left(frame.tokens, end, key=lambda token: token.idx) - 1]


def _verb_above(word: Token) -> Token | None:
    """Return the verb that a word is, or hangs on."""
    return next((token for token in (word, *word.ancestors) if token.tag_[:2] == "VB"), None)


def _is_of_clause(frame: Frame, time: Time, word: Token) -> bool:
    """Tell whether a day is told of another noun than `word`: "in response to a strike that killed 60 a day earlier"."""
    last = _last(frame, time)
    own = _verb_above(last)
    beside = own is not None and own.dep_ == "acl:relcl" and word not in {own, own.head}
    return last.lower_ in _COUNTED and beside


def _is_of_noun(frame: Frame, time: Time, span: Span) -> bool:
    """Tell whether a date with its year belongs to a noun other than a trigger: "under the December 25, 2011 agreement"."""
    if time.span is None or _YEAR.search(time.span.of(frame.text)) is None:
        return False
    last = _last(frame, time).i
    position = frame.chunk_at(last)
    head = last if position is None else frame.chunks[position].head
    return head > last and not span.start <= head < span.end


def _day(frame: Frame, times: Sequence[Time], draft: Draft) -> Time | None:
    """Return the days that a further trigger tells: "an attack on a convoy on Monday … the convoy was attacked from the air"."""
    found = (_time(frame, times, trigger.span) for trigger in draft.compared)
    return next((time for time in found if time is not None and (time.end - time.start).days <= _FEW_DAYS), None)


def _location(told: _Told, draft: Draft, event: float) -> Location | None:
    if draft.place is None:
        return None
    clues = role_clues(told.frame, draft, "place", draft.place, event)
    return Location(
        mention=told.ids[draft.place],
        phrase=relation(told.frame, draft.place),
        claim=_id(told.voices.of_place(draft.place)),
        confidence=told.sure.of("place", clues),
    )


def _participants(told: _Told, draft: Draft, name: str, event: float) -> Iterator[Participant]:
    for role, bounds, claim in find_parts(told.frame, draft, told.voices.about(name)):
        teller = claim if claim is not None else told.voices.of_role(draft, role, bounds)
        if role is Role.PERPETRATOR and told.voices.is_ruled_out(draft, teller, bounds):
            continue
        yield Participant(
            role=role,
            mention=told.ids[bounds],
            claim=_id(teller),
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
            claim=_id(told.voices.of(toll.bounds)),
            confidence=told.sure.of("casualties", toll_clues(told.frame, draft, number, event)),
        )


def _id(claim: Claim | None) -> str | None:
    return None if claim is None else claim.id
