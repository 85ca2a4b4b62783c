"""What happens in the invented world: stories on real towns, with neighbours that are easily taken for them."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from random import Random

import msgspec

from benchmarks.invent.words import StoryType, Words
from kg.gazetteer import Entry, Gazetteer

FIRST_DAY = dt.date(2020, 1, 6)
STORIES_A_DAY = 30
"""Stories of their own a day, neighbours not counted: a larger corpus lasts longer, it does not grow denser."""

_TOWNS = 40
"""How many towns of a country are in the news."""
_NEIGHBOURS = 0.4
"""Share of stories with a neighbour: the same town another day, or the next town the same day."""
_KM_PER_DEGREE = 111.2


class Town(msgspec.Struct, frozen=True, kw_only=True):
    """A town; `next` is the number of the nearest other town of the country."""

    name: str
    country: str
    next: int


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One event and its truth."""

    id: str
    type: StoryType
    town: Town
    day: dt.date
    killed: int
    injured: int
    victims: str
    actor: str
    rival: str


class World:
    """All stories, without end.

    Args:
        words: names and sentences.
        gazetteer: knows the towns.
        random: chance, seeded by the caller.
    """

    def __init__(self, words: Words, gazetteer: Gazetteer, random: Random) -> None:
        self._words, self._random = words, random
        self._towns = _towns(words.countries, gazetteer)
        self._types = [kind for kind in words.types for _ in range(kind.share)]
        self._made = 0

    def days(self) -> Iterator[list[Story]]:
        """Yield the stories of one day after another."""
        later: dict[dt.date, list[Story]] = {}
        day = FIRST_DAY
        while True:
            today = later.pop(day, [])
            for _ in range(STORIES_A_DAY):
                story = self._story(day)
                today.append(story)
                if self._random.random() < _NEIGHBOURS:
                    other = self._neighbour(story)
                    (today if other.day == day else later.setdefault(other.day, [])).append(other)
            yield today
            day += dt.timedelta(days=1)

    def _story(self, day: dt.date) -> Story:
        random, words = self._random, self._words
        kind = random.choice(self._types)
        self._made += 1
        return Story(
            id=f"s{self._made}",
            type=kind,
            town=random.choice(self._towns[random.choice(words.countries)]),
            day=day,
            killed=min(1 + int(random.expovariate(0.12)), 150),
            injured=int(random.expovariate(0.07)),
            victims=random.choice(words.soldiers if random.random() < 0.25 else words.civilians),
            actor=random.choice(words.actors),
            rival=random.choice(words.forces),
        )

    def _neighbour(self, story: Story) -> Story:
        """Return another event that is easily taken for `story`: same type, in the same or the nearest town."""
        other = self._story(story.day)
        if self._random.random() < 0.5:
            changes = {"town": story.town, "day": story.day + dt.timedelta(days=self._random.randint(1, 6))}
        else:
            changes = {"town": self._towns[story.town.country][story.town.next]}
        kept = {"type": story.type, "actor": story.actor, "rival": story.rival, "victims": story.victims}
        return msgspec.structs.replace(other, **kept, **changes)


def _towns(countries: Sequence[str], gazetteer: Gazetteer) -> dict[str, list[Town]]:
    """Return the largest towns by country: names that stand for nothing else."""
    known: dict[str, list[Entry]] = {country: [] for country in countries}
    for entry in gazetteer:
        if entry.country in known and entry.type == "city" and entry.latitude is not None and entry.name.isascii():
            known[entry.country].append(entry)
    found = {}
    for country, entries in known.items():
        entries.sort(key=lambda one: (-(one.population or 0), one.name))
        clear = (one for one in entries if one.name.isalpha() and len(gazetteer.lookup(one.name)) == 1)
        largest = [entry for entry, _ in zip(clear, range(_TOWNS), strict=False)]
        found[country] = [
            Town(name=one.name, country=country, next=_nearest(number, largest)) for number, one in enumerate(largest)
        ]
    return found


def _nearest(number: int, towns: Sequence[Entry]) -> int:
    def apart(other: int) -> float:
        one, two = towns[number], towns[other]
        east = ((one.longitude or 0) - (two.longitude or 0)) * math.cos(math.radians(one.latitude or 0))
        return math.hypot((one.latitude or 0) - (two.latitude or 0), east) * _KM_PER_DEGREE

    return min((other for other in range(len(towns)) if other != number), key=apart)
