"""Drafts in token offsets → the finished `Extraction` in code points."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.entities import find_entities
from kg.extract.events import Draft
from kg.extract.frame import Bounds, Frame, MentionBook, is_name, to_span
from kg.extract.speech import Speech
from kg.extract.times import find_times, nearest
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
    Span,
    Stance,
    Time,
)

DAILY_ITEM_SENTENCES = 6
"""A text of at most so many sentences is a daily item, which tells of its day of publication unless it says otherwise
(the rule of the annotation guide; longer articles without a time expression stay undated)."""

_TELLING = frozenset({Stance.ASSERTS, Stance.ACCUSES, Stance.CLAIMS_RESPONSIBILITY})
_SPECIFIC, _GENERIC = 0.7, 0.5
_ROLE, _SPEECH, _TOLL = 0.6, 0.6, 0.8


def assemble(article: Article, frame: Frame, drafts: Sequence[Draft], speeches: Sequence[Speech]) -> Extraction:
    """Return the extraction made of the drafts of one document."""
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
        for toll in _victims(frame, draft):
            book.note(*toll)
    for speech in speeches:
        book.note(*speech.source)
        if speech.target is not None:
            book.note(*speech.target)
    finished = dict(book.mentions())
    ids = {key: mention.id for key, mention in finished.items()}
    claims = tuple(_claims(frame, drafts, speeches, ids))
    for draft in drafts:
        draft.keep(lambda role, bounds: _role_fits(role, finished[bounds].kind))
    events = tuple(_events(article, frame, drafts, claims, ids))
    return Extraction(
        article=article,
        mentions=tuple(finished.values()),
        entities=tuple(find_entities(frame, finished.items())),
        events=events,
        claims=claims,
    )


def _role_fits(role: Role, kind: EntityKind) -> bool:
    """Tell whether something of `kind` can play `role`: only weapons are weapons, and they do not act."""
    return (
        kind is EntityKind.WEAPON
        if role is Role.WEAPON
        else not (role is Role.PERPETRATOR and kind is EntityKind.WEAPON)
    )


def _victims(frame: Frame, draft: Draft) -> Iterator[Bounds]:
    """Yield the groups of victims, who are targets of the event as well; bare counts ("21 lives") name no group."""
    bare = frame.words("CountNouns")
    targets = set(draft.roles(Role.TARGET))
    for toll in draft.tolls:
        if (
            toll.group is not None
            and toll.low != 0
            and frame.doc[slice(*toll.group)].text.lower() not in bare
            and not any(start < toll.group[1] and toll.group[0] < end for start, end in targets)
        ):
            yield toll.group


def _claims(
    frame: Frame, drafts: Sequence[Draft], speeches: Sequence[Speech], ids: dict[Bounds, str]
) -> Iterator[Claim]:
    for number, speech in enumerate(speeches, 1):
        about = _about(drafts, speech)
        yield Claim(
            id=f"c{number}",
            stance=speech.stance,
            claimant=ids[speech.source],
            cue=to_span(speech.cue),
            content=frame.span(*frame.trim(*speech.content)),
            about=None if about is None else f"e{about + 1}",
            target=None if speech.target is None else ids[speech.target],
            confidence=_SPEECH,
        )


def _about(drafts: Sequence[Draft], speech: Speech) -> int | None:
    """Find the event that the words concern: named in them, else named in the same sentence, else for a bare reaction the last one."""
    start, end = speech.content
    for number, draft in enumerate(drafts):
        if any(start <= trigger.span.start < end for trigger in draft.triggers):
            return number
    sentence = speech.cue.sent
    for number, draft in enumerate(drafts):
        if any(toll.cue.sent.start == sentence.start and start <= toll.cue.start < end for toll in draft.tolls):
            return number
    if speech.stance in {Stance.DENIES, Stance.CONDEMNS, Stance.DOUBTS, Stance.CLAIMS_RESPONSIBILITY, Stance.ACCUSES}:
        earlier = [n for n, draft in enumerate(drafts) if min(draft.sentences) <= sentence.start]
        return earlier[-1] if earlier else None
    return None


def _events(
    article: Article, frame: Frame, drafts: Sequence[Draft], claims: Sequence[Claim], ids: dict[Bounds, str]
) -> Iterator[Event]:
    times = {time.span.start: time for time in find_times(article.text, article.published) if time.span}
    short = sum(1 for _ in frame.doc.sents) <= DAILY_ITEM_SENTENCES
    default = None
    if article.published is not None and short:
        default = Time(start=article.published, end=article.published, precision=DatePrecision.DAY)
    for number, draft in enumerate(drafts, 1):
        spans = sorted({to_span(trigger.span) for trigger in draft.triggers})
        main = draft.main
        sentence = main.span.sent
        time = nearest(times, (sentence.start_char, sentence.end_char), main.span.start_char) or default
        yield Event(
            id=f"e{number}",
            type=draft.type,
            trigger=to_span(main.span),
            status=draft.status,
            time=time,
            place=_location(frame, draft, claims, ids),
            participants=tuple(_participants(frame, draft, number, claims, ids)),
            casualties=tuple(_casualties(frame, draft, claims)),
            confidence=_GENERIC if main.generic else _SPECIFIC,
            spans=tuple(spans),
        )


def _location(frame: Frame, draft: Draft, claims: Sequence[Claim], ids: dict[Bounds, str]) -> Location | None:
    if draft.place is None:
        return None
    return Location(mention=ids[draft.place], claim=_told_by(frame.span(*draft.place), claims), confidence=_ROLE)


def _participants(
    frame: Frame, draft: Draft, number: int, claims: Sequence[Claim], ids: dict[Bounds, str]
) -> Iterator[Participant]:
    for role in Role:
        kept = _without_nested(list(draft.roles(role)))
        for bounds in kept:
            yield Participant(
                role=role, mention=ids[bounds], claim=_told_by(frame.span(*bounds), claims), confidence=_ROLE
            )
    named = {bounds for role in Role for bounds in draft.roles(role)}
    for claim, target in _accused(frame, claims, number, ids):
        if target not in named:
            yield Participant(role=Role.PERPETRATOR, mention=ids[target], claim=claim.id, confidence=_ROLE)
    for bounds in dict.fromkeys(_victims(frame, draft)):
        yield Participant(
            role=Role.TARGET, mention=ids[bounds], claim=_told_by(frame.span(*bounds), claims), confidence=_ROLE
        )


def _accused(
    frame: Frame, claims: Sequence[Claim], number: int, ids: dict[Bounds, str]
) -> Iterator[tuple[Claim, Bounds]]:
    """Yield who is accused of event `number` itself, not of something beside it ("accused X of encouraging Y")."""
    bounds = {mention: key for key, mention in ids.items()}
    for claim in claims:
        if claim.stance is not Stance.ACCUSES or claim.about != f"e{number}" or claim.target is None:
            continue
        target = bounds[claim.target]
        after = frame.doc[target[1] : target[1] + 2]
        beside = (
            len(after) == 2
            and after[0].lower_ in {"of", "for"}
            and after[1].tag_ == "VBG"
            and after[1].i not in frame.triggers
        )
        if not beside:
            yield claim, target


def _without_nested(bounds: Sequence[Bounds]) -> list[Bounds]:
    """Drop phrases that lie within, or overlap, an earlier one."""
    ordered = sorted(bounds, key=lambda pair: (pair[0], -pair[1]))
    kept: list[Bounds] = ordered[:1]
    for _, second in pairwise(ordered):
        if second[0] >= kept[-1][1]:
            kept.append(second)
    return kept


def _casualties(frame: Frame, draft: Draft, claims: Sequence[Claim]) -> Iterator[Casualty]:
    for toll in draft.tolls:
        span = frame.span(*toll.bounds)
        yield Casualty(
            harm=toll.harm,
            low=toll.low,
            high=toll.high,
            group=None if toll.group is None else frame.doc[slice(*toll.group)].text,
            category=toll.category,
            span=span,
            claim=_told_by(span, claims),
            confidence=_TOLL,
        )


def _told_by(span: Span, claims: Sequence[Claim]) -> str | None:
    """Return the id of the innermost claim whose words tell the fact at `span`, `None` when the article tells it."""
    telling = [claim for claim in claims if claim.stance in _TELLING and claim.content.covers(span)]
    return min(telling, key=lambda claim: claim.content.end - claim.content.start).id if telling else None
