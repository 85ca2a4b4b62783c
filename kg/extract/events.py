"""Triggers and tolls → one draft for each real-world event of the document."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from kg.extract.actors import as_actor
from kg.extract.background import is_background
from kg.extract.chunks import is_passive, subject_of
from kg.extract.descriptive import follow_descriptions
from kg.extract.drafts import REAL, Draft
from kg.extract.frame import Bounds, Frame
from kg.extract.nesting import lie_between, side_by_side
from kg.extract.reference import after_clause, is_answered, told_before
from kg.extract.sameness import fits_place, is_finer, is_same, may_be_same
from kg.extract.sharing import share_places
from kg.extract.standing import accusing, is_agent, is_elsewhere
from kg.extract.toll import Toll
from kg.extract.triggers import Trigger, from_harm
from kg.records import Harm, Role

_TRIED = 5
"""How many of the latest events are compared with harm that is told in a sentence of its own."""
REMEMBERED = 50
"""How many events, latest first, a further trigger is compared with."""

_ONE_PLACE = frozenset(
    {"DiplomaticAction", "Sanction", "Agreement", "Negotiation", "Ceasefire", "LegalAction", "AidDelivery"}
)
"""Events that happen once for all the places named."""
_DONE = frozenset({Harm.KILLED, Harm.INJURED})
_BESIDE = frozenset({"Abduction", "PropertyDestruction"})
"""What is done beside killing, and kills nobody itself."""
_KILLING = frozenset(
    {"kill", "injure", "wound", "slay", "murder", "massacre", "slaughter", "behead", "execute", "hurt", "maim"}
)
_HARM_EVENTS = {Harm.CAPTURED: "Abduction", Harm.DETAINED: "Arrest", Harm.DISPLACED: "Displacement"}


def gather(frame: Frame, triggers: Sequence[Trigger], tolls: Sequence[Toll]) -> list[Draft]:
    """Merge triggers of the same event and hang each toll on the event that caused it."""
    drafts: list[Draft] = []
    recent: deque[Draft] = deque(maxlen=REMEMBERED)
    for trigger in triggers:
        if trigger.points_back:
            continue
        home = next((draft for draft in recent if is_same(frame, draft, trigger)), None)
        if home is None:
            home = Draft(type=trigger.type)
            home.add(trigger)
            drafts.append(home)
        else:
            recent.remove(home)
            if is_finer(frame, home, trigger):
                home.finer = trigger.places[0]
            home.add(trigger)
            if _is_weaker(home.type, trigger.type) and not trigger.generic:
                home.type = trigger.type
        recent.appendleft(home)
    kept = {start for draft in drafts if draft.type in _HARM_EVENTS.values() for start in draft.sentences}
    freed = {start for draft in drafts if draft.type == "PrisonerRelease" for start in draft.sentences} - kept
    for toll in tolls:
        if toll.harm in {Harm.CAPTURED, Harm.DETAINED} and toll.cue.sent.start in freed:
            continue  # "freed six hostages"
        cause = _cause(frame, drafts, toll)
        told = toll.harm in {Harm.KILLED, Harm.INJURED} and toll.cue.kb_id_ == "verb" and toll.low != 0
        if cause is None and told and not is_background(frame, toll.cue):
            trigger = from_harm(frame, toll.cue)
            cause = Draft(type=trigger.type)
            cause.add(trigger)
            drafts.append(cause)
        if cause is not None:
            cause.tolls.append(toll)
            _note_killer(frame, cause, toll)
            first = told_before(frame, cause.main.span) or accusing(frame, cause.main.span) or 0
            talks = {
                draft.place for draft in drafts if toll.cue.sent.start in draft.sentences and draft.type in _ONE_PLACE
            }
            named = (ent for ent in frame.places(toll.cue.sent) if ent.start >= first and not is_agent(frame, ent))
            scenes = (
                ent for ent in named if ent.start != ent.sent.start + 1 or not is_elsewhere(frame, cause.main.span, ent)
            )
            places = ((ent.start, ent.end) for ent in scenes if (ent.start, ent.end) not in talks)
            cause.other_places += islice(places, 1)
    drafts = follow_descriptions(frame, drafts)
    drafts += _point_back(frame, drafts, [trigger for trigger in triggers if trigger.points_back])
    drafts = [part for draft in drafts for part in _split(frame, draft)]
    drafts.sort(key=lambda draft: draft.triggers[0].span.start)
    share_places(frame, drafts)
    return drafts


def _note_killer(frame: Frame, draft: Draft, toll: Toll) -> None:
    """Make who killed the perpetrator of an event that has none: "rebels killed nine soldiers in an attack"."""
    verb = toll.cue[0]
    if toll.cue.kb_id_ != "verb" or is_passive(verb) or next(draft.roles(Role.PERPETRATOR), None) is not None:
        return
    position = subject_of(verb, frame.chunks)
    if position is None or toll.harm not in _DONE:
        return
    bounds = frame.phrase(position)
    if bounds in {toll.bounds, toll.group}:
        return
    spoken = any(
        i in frame.cue_tokens for i in range(frame.chunks[position].end, verb.i)
    )  # "the mayor said shells killed"
    acts = frame.is_people(*bounds) and frame.chunks[position].preposition is None and not spoken
    if acts and frame.head(*bounds).i not in frame.triggers and verb.lemma_ in _KILLING:
        first = draft.triggers[0]
        draft.triggers[0] = replace(first, roles=(*first.roles, *as_actor(frame, position, Role.PERPETRATOR)))


def _point_back(frame: Frame, drafts: Sequence[Draft], triggers: Sequence[Trigger]) -> Iterator[Draft]:
    """Add triggers that point back to the event told last before them; yield an event for those that find none.

    Words that the ontology does not know tell of nothing by themselves: "this crime".
    """
    told = sorted((trigger.span.start, number) for number, draft in enumerate(drafts) for trigger in draft.triggers)
    recent: deque[Draft] = deque(maxlen=REMEMBERED)
    position = 0
    for trigger in triggers:
        while position < len(told) and told[position][0] < trigger.span.start:
            recent.appendleft(drafts[told[position][1]])
            position += 1
        home = next((draft for draft in recent if _is_meant(frame, draft, trigger)), None)
        if home is not None:
            home.add(trigger)
        elif trigger.span.start in frame.known:
            found = Draft(type=trigger.type)
            found.add(trigger)
            yield found


def _is_meant(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    return frame.is_violent(draft.type) and draft.status in REAL and fits_place(frame, draft, trigger)


def _split(frame: Frame, draft: Draft) -> Iterator[Draft]:
    """Yield an event for each of the places named side by side: "shelled A and B" tells of two.

    The tolls stay with the first; people and things are the targets in all, but for places, each of which is its own.
    """
    ent = None if draft.place is None else frame.ents.get(draft.place[0])
    group = [] if ent is None or draft.type in _ONE_PLACE else side_by_side(frame, ent)
    group = [] if any(lie_between(place) for place in group) else group
    if ent is None or len(group) < 2:
        yield draft
        return
    for place in group:
        own = (place.start, place.end)
        others = [(other.start, other.end) for other in group if other != place]
        triggers = [
            replace(trigger, places=(own,), roles=tuple(dict.fromkeys(_of_place(trigger.roles, own, others))))
            for trigger in draft.triggers
        ]
        yield replace(draft, triggers=triggers, tolls=draft.tolls if place == ent else [], other_places=[], finer=None)


def _of_place(
    roles: Sequence[tuple[Role, Bounds]], own: Bounds, others: Sequence[Bounds]
) -> Iterator[tuple[Role, Bounds]]:
    """Yield the participants at one of several places: a place that acts or is aimed at does so for itself."""
    aimed = any(role is Role.TARGET and start <= own[0] and own[1] <= end for role, (start, end) in roles)
    for role, (start, end) in roles:
        named = [place for place in (own, *others) if start <= place[0] and place[1] <= end]
        itself = role is Role.PERPETRATOR and named == [(start, end)]
        alone = not named or named == [own]
        if itself or (role is Role.TARGET and (len(named) > 1 or not (alone or aimed))):
            yield role, own  # "shelled the city of A and B" aims at B as well
        elif role is not Role.TARGET or alone:
            yield role, (start, end)


def _cause(frame: Frame, drafts: Sequence[Draft], toll: Toll) -> Draft | None:
    """Find the event that caused a toll: the nearest fitting one in its sentence, else the latest violent one before."""
    sentence = toll.cue.sent.start
    kinds = frame.vocab.event_types

    def fits(draft: Draft) -> bool:
        wanted = _HARM_EVENTS.get(toll.harm)
        return (
            draft.type == wanted
            or (frame.is_violent(draft.type) if wanted is None else False)
            or (toll.harm is Harm.CAPTURED and kinds[draft.type].parent == "Battle")
        )

    near = [draft for draft in drafts if sentence in draft.sentences and fits(draft)]
    doer = _doer(frame, toll)
    told = None if doer is None else frame.triggers.get(doer)
    if told is not None:  # "strikes killed nine people and injured dozens as fighting went on"
        named = (draft for draft in near if any(one.span.start == told.start for one in draft.sentences[sentence]))
        if (home := next(named, None)) is not None:
            return home
    if doer is not None and near and all(draft.type in _BESIDE for draft in near):
        return None  # "killed 14 farmers and burned a health centre"
    first = None if doer is None else after_clause(toll.cue[0])
    if first is not None:  # "strikes on nine sites, two weeks after gunmen killed 26 people"
        near = [draft for draft in near if any(one.span.start > first for one in draft.sentences[sentence])]
        if not near:
            return None
    near = near or [draft for draft in drafts if sentence in draft.sentences and draft.type == "Interception"]
    if toll.harm in _DONE:
        near = [draft for draft in near if draft.type != "Abduction"] or near
    if near:
        return min(near, key=lambda draft: min(_distance(trigger, toll) for trigger in draft.sentences[sentence]))
    fitting = [draft for draft in drafts if fits(draft)]
    lately = {id(draft): _last_told(draft, sentence) for draft in fitting}
    earlier = sorted((draft for draft in fitting if lately[id(draft)] >= 0), key=lambda draft: lately[id(draft)])
    lately_told = earlier[-_TRIED:]
    earlier = [draft for draft in lately_told if not _is_only_answered(frame, draft)] or lately_told
    own = from_harm(frame, toll.cue) if toll.cue.kb_id_ == "verb" else None
    if own is not None and not own.definite:
        downed = [draft for draft in drafts if draft.type == "Interception" and min(draft.sentences) < sentence]
        tried = (*reversed(earlier), *downed[-1:])
        return next((draft for draft in tried if may_be_same(frame, draft, own)), None)
    if earlier:
        return earlier[-1]
    later = fitting
    return later[0] if later and later[0].triggers[0].span.start - toll.cue.end < 60 else None


def _is_only_answered(frame: Frame, draft: Draft) -> bool:
    """Tell whether an event is only told as what others answer: "in retaliation for attacks on ships"."""
    return all(is_answered(frame, trigger.span) for trigger in draft.compared)


def _last_told(draft: Draft, sentence: int) -> int:
    """Return the first token of the last sentence before `sentence` that tells of an event, -1 if none does.

    Of ground that is taken the first one counts: what harms people is the fighting.
    """
    before = [start for start in draft.sentences if start < sentence]
    choose = min if draft.type == "TerritorialTakeover" else max
    return choose(before, default=-1)


def _doer(frame: Frame, toll: Toll) -> int | None:
    """Return the head of the subject of a verb that tells of killing in a clause of its own: "rebels killed nine people"."""
    verb = toll.cue[0]
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VBD":
        verb = verb.head  # "killed nine people and injured dozens", whose second verb the tagger misjudges
    finite = toll.cue.kb_id_ == "verb" and verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.lemma_ in _KILLING
    position = subject_of(verb, frame.chunks) if finite and not is_passive(verb) else None
    return None if position is None else frame.head(*frame.phrase(position)).i


def _distance(trigger: Trigger, toll: Toll) -> int:
    return max(trigger.span.start - toll.cue.end, toll.cue.start - trigger.span.end, 0)


def _is_weaker(first: str, second: str) -> bool:
    return (first == "Attack" and second != "Attack") or (first, second) == ("ArmedClash", "TerritorialTakeover")
