"""Triggers and tolls → one draft for each real-world event of the document."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from kg.extract.background import is_background
from kg.extract.casualties import Toll
from kg.extract.chunks import is_passive, subject_of
from kg.extract.frame import Bounds, Frame
from kg.extract.nesting import innermost, side_by_side
from kg.extract.reference import DEFINITE, told_before
from kg.extract.triggers import Trigger, from_harm
from kg.records import Harm, Role, Status

REMEMBERED = 50
"""How many events, latest first, a further trigger is compared with."""

_ONE_PLACE = frozenset(
    {"DiplomaticAction", "Sanction", "Agreement", "Negotiation", "Ceasefire", "LegalAction", "AidDelivery"}
)
"""Events that happen once for all the places named."""
_OF_ONE_OBJECT = frozenset({"Interception", "Arrest", "Abduction"})
"""Events that are as many as the things taken by different verbs."""
_DEEDS = frozenset({"TerritorialTakeover", "Abduction", "SexualViolence", "PropertyDestruction"})
"""What an attack leads to is another event than the attack: "captured a base in an attack"."""
_OTHER = frozenset({"another", "second", "third", "separate", "other", "also"})
REAL = frozenset({Status.OCCURRED, Status.ONGOING})
"""The status of what is no mere possibility."""
_DONE = frozenset({Harm.KILLED, Harm.INJURED})
_KILLING = frozenset(
    {"kill", "injure", "wound", "slay", "murder", "massacre", "slaughter", "behead", "execute", "hurt", "maim"}
)
_HARM_EVENTS = {Harm.CAPTURED: "Abduction", Harm.DETAINED: "Arrest", Harm.DISPLACED: "Displacement"}


@dataclass(kw_only=True)
class Draft:
    """An event while its triggers and tolls are gathered; bounds are token offsets.

    `other_places` are the ones that no trigger has itself: of its tolls, of the event told before it. `finer` is a place
    within that of the first trigger, which a later one tells.
    """

    type: str
    triggers: list[Trigger] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    other_places: list[Bounds] = field(default_factory=list)
    finer: Bounds | None = None
    sentences: set[int] = field(default_factory=set)

    def add(self, trigger: Trigger) -> None:
        """Take up a further trigger of the event."""
        self.triggers.append(trigger)
        self.sentences.add(trigger.span.sent.start)

    @property
    def main(self) -> Trigger:
        """The trigger that names the event best: the first specific one."""
        return next((trigger for trigger in self.triggers if not trigger.generic), self.triggers[0])

    @property
    def status(self) -> Status:
        """The status of the best trigger."""
        return self.main.status

    @property
    def place(self) -> Bounds | None:
        """The best place of the first trigger that has one, unless a later one is more precise."""
        if self.finer is not None:
            return self.finer
        places = [trigger.places[0] for trigger in self.triggers if trigger.places]
        return places[0] if places else next(iter(self.other_places), None)

    def roles(self, role: Role) -> Iterator[Bounds]:
        """Yield the bounds of the participants in one role, without doubles."""
        yield from dict.fromkeys(
            bounds for trigger in self.triggers for found, bounds in trigger.roles if found is role
        )

    def keep(self, fits: Callable[[Role, Bounds], bool]) -> None:
        """Drop the participants that do not fit their role."""
        self.triggers = [replace(t, roles=tuple(pair for pair in t.roles if fits(*pair))) for t in self.triggers]


def gather(frame: Frame, triggers: Sequence[Trigger], tolls: Sequence[Toll]) -> list[Draft]:
    """Merge triggers of the same event and hang each toll on the event that caused it."""
    drafts: list[Draft] = []
    recent: deque[Draft] = deque(maxlen=REMEMBERED)
    for trigger in triggers:
        if trigger.points_back:
            continue
        home = next((draft for draft in recent if _same(frame, draft, trigger)), None)
        if home is None:
            home = Draft(type=trigger.type)
            home.add(trigger)
            drafts.append(home)
        else:
            recent.remove(home)
            if _is_finer(frame, home, trigger):
                home.finer = trigger.places[0]
            home.add(trigger)
            if _is_weaker(home.type, trigger.type) and not trigger.generic:
                home.type = trigger.type
        recent.appendleft(home)
    for toll in tolls:
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
            first = told_before(frame, cause.main.span) or 0
            places = ((ent.start, ent.end) for ent in frame.places(toll.cue.sent) if ent.start >= first)
            cause.other_places += islice(places, 1)
    drafts += _point_back(frame, drafts, [trigger for trigger in triggers if trigger.points_back])
    drafts = [part for draft in drafts for part in _split(frame, draft)]
    drafts.sort(key=lambda draft: draft.triggers[0].span.start)
    _share_places(frame, drafts)
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
    head = frame.head(*bounds)
    acts = frame.is_people(*bounds) and frame.chunks[position].preposition is None and head.tag_ != "PRP"
    if acts and head.i not in frame.triggers and verb.lemma_ in _KILLING:
        first = draft.triggers[0]
        draft.triggers[0] = replace(first, roles=(*first.roles, (Role.PERPETRATOR, bounds)))


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
    return frame.is_violent(draft.type) and draft.status in REAL and _compatible_places(frame, draft, trigger)


def _share_places(frame: Frame, drafts: Sequence[Draft]) -> None:
    """Give a violent event, or an interception, without a place that of the nearest event told in its sentence."""
    placed: dict[int, list[tuple[int, Bounds]]] = {}
    for draft in drafts:
        if draft.place is not None:
            span = draft.main.span
            placed.setdefault(span.sent.start, []).append((span.start, draft.place))
    for draft in drafts:
        span = draft.main.span
        shares = frame.is_violent(draft.type) or draft.type == "Interception"
        if draft.place is not None or not shares or told_before(frame, span) is not None:
            continue
        near = min(placed.get(span.sent.start, ()), key=lambda found: abs(found[0] - span.start), default=None)
        draft.other_places += [] if near is None else [near[1]]


def _split(frame: Frame, draft: Draft) -> Iterator[Draft]:
    """Yield an event for each of the places named side by side: "shelled A and B" tells of two.

    The tolls stay with the first; people and things are the targets in all, but for places, each of which is its own.
    """
    ent = None if draft.place is None else frame.ents.get(draft.place[0])
    group = [] if ent is None or draft.type in _ONE_PLACE else side_by_side(frame, ent)
    if ent is None or len(group) < 2:
        yield draft
        return
    for place in group:
        own = (place.start, place.end)
        others = [(other.start, other.end) for other in group if other != place]
        triggers = [
            replace(trigger, places=(own,), roles=tuple(_of_place(trigger.roles, own, others)))
            for trigger in draft.triggers
        ]
        yield replace(draft, triggers=triggers, tolls=draft.tolls if place == ent else [], other_places=[], finer=None)


def _of_place(
    roles: Sequence[tuple[Role, Bounds]], own: Bounds, others: Sequence[Bounds]
) -> Iterator[tuple[Role, Bounds]]:
    """Yield the participants at one of several places: a place that acts or is aimed at does so for itself."""
    for role, (start, end) in roles:
        named = [place for place in (own, *others) if start <= place[0] and place[1] <= end]
        itself = role is Role.PERPETRATOR and named == [(start, end)]
        if itself or (role is Role.TARGET and len(named) > 1):
            yield role, own
        elif role is not Role.TARGET or not named or named == [own]:
            yield role, (start, end)


def _is_weaker(first: str, second: str) -> bool:
    return first == "Attack" and second != "Attack"


def _same(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    first, second = draft.type, trigger.type
    both_violent = frame.is_violent(first) and frame.is_violent(second)
    same_sentence = trigger.span.sent.start in draft.sentences
    if any(
        token.lower_ in _OTHER
        for token in frame.doc[max(trigger.span.sent.start, trigger.span.start - 3) : trigger.span.start]
    ):
        return False
    repeated = (
        first == second
        and (trigger.definite or trigger.span.kb_id_ == "verb")
        and any(known.span[0].lemma_ == trigger.span[0].lemma_ for known in draft.triggers)
    )
    if (
        not repeated
        and draft.main.status is not trigger.status
        and {draft.main.status, trigger.status}
        & {
            Status.PLANNED,
            Status.HYPOTHETICAL,
            Status.THREATENED,
        }
    ):
        return False
    apart = any(other(frame, draft, trigger) for other in (_other_actor, _other_day, _other_object))
    if apart or not _compatible_places(frame, draft, trigger):
        return False
    if trigger.definite and both_violent and (trigger.generic or first == second):
        return True
    if same_sentence and told_before(frame, trigger.span) is not None:
        return False
    if first == second:
        return True
    generic = trigger.generic or draft.main.generic
    return (
        both_violent
        and generic
        and _DEEDS.isdisjoint({first, second})
        and (same_sentence or ("Attack" in {first, second} and trigger.generic and not trigger.places))
    )


def _compatible_places(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    place = draft.place
    if place is None or not trigger.places:
        return True
    names = {frame.doc[slice(*found.places[0])].text for found in draft.triggers if found.places} | {
        frame.doc[slice(*place)].text
    }
    start, end = trigger.places[0]
    own = frame.doc[start:end].text
    wider = _wider(frame, trigger)
    return any(own == name or name in wider or (trigger.definite and (own in name or name in own)) for name in names)


def _wider(frame: Frame, trigger: Trigger) -> set[str]:
    """Return the places that hold the one of a trigger: Baghdad in "in the Karrada district of Baghdad"."""
    start = trigger.places[0][0]
    return {ent.text for ent in frame.places(trigger.span.sent) if ent.start != start == innermost(frame, ent).start}


def _is_finer(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger tells more precisely where the event took place."""
    place = draft.place
    return place is not None and bool(trigger.places) and frame.doc[slice(*place)].text in _wider(frame, trigger)


def _other_day(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger that does not point back is told of another day: "On Monday, attacks … Today, more attacks"."""
    if trigger.definite:
        return False
    first = {day for known in draft.triggers for day in _days(frame, known)}
    second = set(_days(frame, trigger))
    return bool(first and second) and first.isdisjoint(second)


def _other_object(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a verb tells of another thing taken or shot down: "shot down two drones … a missile was shot down".

    What is definite may be the same, "shot down a jet … the plane was shot down".
    """
    known = [found for found in draft.triggers if found.span.kb_id_ == "verb"]
    if trigger.type not in _OF_ONE_OBJECT or trigger.span.kb_id_ != "verb" or not known:
        return False
    second = [bounds for role, bounds in trigger.roles if role is Role.TARGET]
    first = [bounds for found in known for role, bounds in found.roles if role is Role.TARGET]
    if not first or not second or any(_is_definite(frame, bounds) for bounds in second):
        return False
    heads = {frame.head(*bounds).lemma_.lower() for bounds in first}
    names = {frame.doc[slice(*bounds)].text for bounds in first}
    return all(frame.head(*b).lemma_.lower() not in heads and frame.doc[slice(*b)].text not in names for b in second)


def _is_definite(frame: Frame, bounds: Bounds) -> bool:
    """Tell whether a phrase points back: "the town", "its base", "them"; a name with "the" does not."""
    start, head = bounds[0], frame.head(*bounds)
    before = frame.doc[start - 1].lower_ if start else ""
    pointing = before in DEFINITE or before in {"its", "their", "his", "her"}
    return head.tag_ == "PRP" or (pointing and head.ent_type_ == "")


def _days(frame: Frame, trigger: Trigger) -> Iterator[str]:
    """Yield the words for days in the sentence of a trigger, but for those of other people's speech: "said on Monday"."""
    own = trigger.span.root.head.i
    for token in trigger.span.sent:
        if token.lower_ in frame.words("DayWords") and (token.head.i == own or token.head.i not in frame.cue_tokens):
            yield token.lower_


def _other_actor(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger names another nation or body as its actor than the event does."""
    first = _names(frame, draft.roles(Role.PERPETRATOR))
    second = _names(frame, (bounds for role, bounds in trigger.roles if role is Role.PERPETRATOR))
    return bool(first and second) and first.isdisjoint(second)


def _names(frame: Frame, phrases: Iterable[Bounds]) -> set[str]:
    """Return the words that name nations and bodies; initials are left out, which may stand for any, and words like "forces"."""
    common = frame.words("GroupHeads") | frame.words("OrganisationHeads")
    return {
        token.lower_.replace("’", "").replace("'", "")
        for bounds in phrases
        for token in frame.doc[slice(*bounds)]
        if (token.i in frame.demonyms or token.ent_type_ == "Organisation")
        and not token.is_upper
        and token.lower_ not in common
    }


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
    near = near or [draft for draft in drafts if sentence in draft.sentences and draft.type == "Interception"]
    if near:
        return min(
            near,
            key=lambda draft: min(
                _distance(trigger, toll) for trigger in draft.triggers if trigger.span.sent.start == sentence
            ),
        )
    earlier = [draft for draft in drafts if fits(draft) and min(draft.sentences) < sentence]
    later = [draft for draft in drafts if fits(draft)]
    if earlier:
        return earlier[-1]
    return later[0] if later and later[0].triggers[0].span.start - toll.cue.end < 60 else None


def _distance(trigger: Trigger, toll: Toll) -> int:
    return max(trigger.span.start - toll.cue.end, toll.cue.start - trigger.span.end, 0)
