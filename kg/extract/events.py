"""Triggers and tolls → one draft for each real-world event of the document."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extract.background import is_background
from kg.extract.frame import Bounds, Frame
from kg.extract.nesting import side_by_side
from kg.extract.toll import Toll
from kg.extract.triggers import Trigger, from_harm
from kg.records import Harm, Role, Status

REMEMBERED = 50
"""How many events, latest first, a further trigger is compared with."""

_ONE_PLACE = frozenset(
    {"DiplomaticAction", "Sanction", "Agreement", "Negotiation", "Ceasefire", "LegalAction", "AidDelivery"}
)
"""Events that happen once for all the places named."""
_OTHER = frozenset({"another", "second", "third", "separate", "other", "also"})
_HARM_EVENTS = {Harm.CAPTURED: "Abduction", Harm.DETAINED: "Arrest", Harm.DISPLACED: "Displacement"}


@dataclass(kw_only=True)
class Draft:
    """An event while its triggers and tolls are gathered; bounds are token offsets.

    `other_places` are the ones that no trigger has itself: of its tolls, of the event told before it.
    """

    type: str
    triggers: list[Trigger] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    other_places: list[Bounds] = field(default_factory=list)
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
        """The best place of the first trigger that has one."""
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
        home = next((draft for draft in recent if _same(frame, draft, trigger)), None)
        if home is None:
            home = Draft(type=trigger.type)
            home.add(trigger)
            drafts.append(home)
        else:
            recent.remove(home)
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
            cause.other_places += [(ent.start, ent.end) for ent in frame.places(toll.cue.sent)][:1]
    drafts = [part for draft in drafts for part in _split(frame, draft)]
    drafts.sort(key=lambda draft: draft.triggers[0].span.start)
    _share_places(frame, drafts)
    return drafts


def _share_places(frame: Frame, drafts: Sequence[Draft]) -> None:
    """Give a violent event without a place the place of the nearest event told in its sentence."""
    placed: dict[int, list[tuple[int, Bounds]]] = {}
    for draft in drafts:
        if draft.place is not None:
            span = draft.main.span
            placed.setdefault(span.sent.start, []).append((span.start, draft.place))
    for draft in drafts:
        if draft.place is not None or not frame.is_violent(draft.type):
            continue
        span = draft.main.span
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
        yield replace(draft, triggers=triggers, tolls=draft.tolls if place == ent else [], other_places=[])


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
    repeated = first == second and any(known.span[0].lemma_ == trigger.span[0].lemma_ for known in draft.triggers)
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
    if not _compatible_places(frame, draft, trigger) or _other_actor(frame, draft, trigger):
        return False
    if trigger.definite and both_violent and (trigger.generic or first == second):
        return True
    if first == second:
        return True
    generic = trigger.generic or draft.main.generic
    return (
        both_violent
        and generic
        and (same_sentence or ("Attack" in {first, second} and trigger.generic and not trigger.places))
    )


def _compatible_places(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    place = draft.place
    if place is None or not trigger.places:
        return True
    names = {frame.doc[slice(*found.places[0])].text for found in draft.triggers if found.places} | {
        frame.doc[slice(*place)].text
    }
    own = frame.doc[slice(*trigger.places[0])].text
    return any(own == name or (trigger.definite and (own in name or name in own)) for name in names)


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
