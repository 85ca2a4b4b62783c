"""An event while it is gathered."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from kg.extract.frame import Bounds
from kg.extract.toll import Toll
from kg.extract.triggers import Trigger
from kg.records import Role, Status

REAL = frozenset({Status.OCCURRED, Status.ONGOING})
"""The status of what is no mere possibility."""
_COMPARED = 20


@dataclass(kw_only=True)
class Draft:
    """An event while its triggers and tolls are gathered; bounds are token offsets.

    `other_places` are the ones that no trigger has itself: of its tolls, of the event told before it. `finer` is a place
    within that of the first trigger, which a later one tells. `sentences`: first token of a sentence → triggers in it.
    """

    type: str
    triggers: list[Trigger] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    other_places: list[Bounds] = field(default_factory=list)
    finer: Bounds | None = None
    sentences: dict[int, list[Trigger]] = field(default_factory=dict)

    def add(self, trigger: Trigger) -> None:
        """Take up a further trigger of the event."""
        self.triggers.append(trigger)
        self.sentences.setdefault(trigger.span.sent.start, []).append(trigger)

    def leave(self, starts: AbstractSet[int]) -> list[Toll]:
        """Drop the triggers that begin at tokens `starts`; return the tolls, dropped too, of sentences where none is left."""
        self.triggers = [trigger for trigger in self.triggers if trigger.span.start not in starts]
        sentences = self.sentences
        self.sentences = {}
        for trigger in self.triggers:
            self.sentences.setdefault(trigger.span.sent.start, []).append(trigger)
        lost = sentences.keys() - self.sentences.keys()
        left = [toll for toll in self.tolls if toll.cue.sent.start in lost]
        self.tolls = [toll for toll in self.tolls if toll.cue.sent.start not in lost]
        return left

    @property
    def compared(self) -> list[Trigger]:
        """The triggers that a further one is compared with: the first and the latest, so that a long text costs no more."""
        return [*self.triggers[:1], *self.triggers[max(1, len(self.triggers) - _COMPARED) :]]

    @property
    def main(self) -> Trigger:
        """The trigger that names the event best: the first specific one of its type."""
        named = [trigger for trigger in self.triggers if trigger.type == self.type] or self.triggers
        return next((trigger for trigger in named if not trigger.generic), named[0])

    @property
    def status(self) -> Status:
        """The status of the best trigger."""
        return self.main.status

    @property
    def place(self) -> Bounds | None:
        """The best place of the first trigger that has one, unless a later one is more precise."""
        if self.finer is not None:
            return self.finer
        places = (trigger.places[0] for trigger in self.triggers if trigger.places)
        return next(places, next(iter(self.other_places), None))

    def roles(self, role: Role) -> Iterator[Bounds]:
        """Yield the bounds of the participants in one role, without doubles."""
        yield from dict.fromkeys(
            [bounds for trigger in self.triggers for found, bounds in trigger.roles if found is role]
        )

    def keep(self, fits: Callable[[Role, Bounds], bool]) -> None:
        """Drop the participants that do not fit their role."""
        self.triggers = [replace(t, roles=tuple(pair for pair in t.roles if fits(*pair))) for t in self.triggers]
