"""Triggers and tolls → one draft for each real-world event of the document."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extract.casualties import Toll
from kg.extract.frame import Bounds, Frame
from kg.extract.triggers import Trigger, from_harm, is_background
from kg.records import Harm, Role, Status

REMEMBERED = 50
"""How many events, latest first, a further trigger is compared with."""

_VIOLENT = frozenset({"Battle", "RemoteViolence", "DirectViolence"})
_OTHER = frozenset({"another", "second", "third", "separate", "other", "also"})
_HARM_EVENTS = {Harm.CAPTURED: "Abduction", Harm.DETAINED: "Arrest", Harm.DISPLACED: "Displacement"}


@dataclass(kw_only=True)
class Draft:
    """An event while its triggers and tolls are gathered; bounds are token offsets."""

    type: str
    triggers: list[Trigger] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    toll_places: list[Bounds] = field(default_factory=list)
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
        return places[0] if places else next(iter(self.toll_places), None)

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
            cause.toll_places += [(ent.start, ent.end) for ent in frame.places(toll.cue.sent)][:1]
    return sorted(drafts, key=lambda draft: draft.triggers[0].span.start)


def _is_weaker(first: str, second: str) -> bool:
    return first == "Attack" and second != "Attack"


def _same(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    vocab = frame.vocab
    first, second = vocab.event_types[draft.type], vocab.event_types[trigger.type]
    both_violent = first.parent in _VIOLENT and second.parent in _VIOLENT
    same_sentence = trigger.span.sent.start in draft.sentences
    if any(
        token.lower_ in _OTHER
        for token in frame.doc[max(trigger.span.sent.start, trigger.span.start - 3) : trigger.span.start]
    ):
        return False
    if draft.main.status is not trigger.status and {draft.main.status, trigger.status} & {
        Status.PLANNED,
        Status.HYPOTHETICAL,
        Status.THREATENED,
    }:
        return False
    if not _compatible_places(frame, draft, trigger):
        return False
    if trigger.definite and both_violent and (trigger.generic or first.name == second.name):
        return True
    if first.name == second.name:
        return True
    generic = trigger.generic or draft.main.generic
    return (
        both_violent
        and generic
        and (same_sentence or ("Attack" in {first.name, second.name} and trigger.generic and not trigger.places))
    )


def _compatible_places(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    place = draft.place
    if place is None or not trigger.places:
        return True
    names = {frame.doc[slice(*found.places[0])].text for found in draft.triggers if found.places} | {
        frame.doc[slice(*place)].text
    }
    return frame.doc[slice(*trigger.places[0])].text in names


def _cause(frame: Frame, drafts: Sequence[Draft], toll: Toll) -> Draft | None:
    """Find the event that caused a toll: the nearest fitting one in its sentence, else the latest violent one before."""
    sentence = toll.cue.sent.start
    kinds = frame.vocab.event_types

    def fits(draft: Draft) -> bool:
        wanted = _HARM_EVENTS.get(toll.harm)
        return (
            draft.type == wanted
            or (kinds[draft.type].parent in _VIOLENT if wanted is None else False)
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
