"""Stories to articles: outlets that differ in tolls, places, days and words, wire copies, updates and corrections."""

import datetime as dt
from collections import deque
from collections.abc import Iterator, Sequence
from random import Random

import msgspec

from benchmarks.invent.draft import Draft, Toll
from benchmarks.invent.stories import Story
from benchmarks.invent.words import Words
from kg.records import Article, Casualty, DatePrecision, EntityKind, Extraction, Harm, Role, Span, Stance, Time

_COPIES = 0.3
"""Share of reports that another outlet copies, and of copies that are not the last one."""
_UPDATES = 0.35
_CORRECTIONS = 0.08
_SIBLING = 0.12
"""Share of reports that tell another type of event."""
_UNDATED = 0.06
"""Share of reports whose day is not told: they seem to speak of the day of publication."""
_OFF_BY_ONE = 0.03
_NO_PLACE = 0.04
"""Share of reports that name the country alone."""
_BACKGROUND = 0.12
_REMEMBERED = 60
"""How many of the last stories an article may look back on."""
_MOST_REPORTS = 20


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The truth of one event in one article: which story it tells, and where its trigger stands."""

    story: str
    start: int
    end: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One article with its truth; articles with one `wire` are copies of each other."""

    extraction: Extraction
    told: tuple[Told, ...]
    wire: str


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A story as one outlet tells it; `values` fill the slots of sentences."""

    story: Story
    type: str
    day: dt.date
    toll: Toll
    values: dict[str, str]


class Newsroom:
    """Writes the articles on stories, one story after another.

    Args:
        words: names and sentences.
        countries: name by country code.
        random: chance, seeded by the caller.
    """

    def __init__(self, words: Words, countries: dict[str, str], random: Random) -> None:
        self._words, self._countries, self._random = words, countries, random
        self._past: deque[Story] = deque(maxlen=_REMEMBERED)
        self._written = 0

    def reports(self, story: Story) -> Iterator[Report]:
        """Yield the articles that tell `story`."""
        random = self._random
        count = min(1 + int(random.expovariate(0.55)), _MOST_REPORTS, len(self._words.outlets))
        for outlet in random.sample(self._words.outlets, count):
            day = story.day + dt.timedelta(days=random.choice((0, 0, 1, 1, 2)))
            toll = self._toll(story)
            first = self._first(story, outlet, day, toll)
            yield first
            while random.random() < _COPIES:
                yield self._copy(first)
            later = day + dt.timedelta(days=random.randint(1, 3))
            if random.random() < _UPDATES:
                higher = Toll(number=toll.number + random.randint(1, 4), victims=toll.victims)
                yield self._again(self._words.risen, story, outlet, later, higher, toll)
            elif random.random() < _CORRECTIONS and toll.number > 1:
                lower = Toll(number=toll.number - 1, victims=toll.victims)
                yield self._again(self._words.corrected, story, outlet, later, lower, toll)
        self._past.append(story)

    def _toll(self, story: Story) -> Toll:
        """Return the toll as one outlet has it: seven of ten have the true one."""
        random = self._random
        off = random.choice((0, 0, 0, 0, 0, 0, 0, -1, 1, 2))
        return Toll(number=max(1, story.killed + off), victims=story.victims, least=random.random() < 0.3)

    def _first(self, story: Story, outlet: str, day: dt.date, toll: Toll) -> Report:
        random, draft = self._random, Draft()
        kind, noun = story.type, story.type.noun
        type_, lead = kind.name, random.choice(kind.leads)
        if random.random() < _SIBLING:
            type_, noun = random.choice(sorted(kind.siblings.items()))
            lead = "{An} {trigger} in {place} {when} killed {killed}."
        where = story.town.name if random.random() >= _NO_PLACE else self._countries[story.town.country]
        told_day = story.day + dt.timedelta(days=random.choice((-1, 1)) if random.random() < _OFF_BY_ONE else 0)
        undated = random.random() < _UNDATED
        values = {
            "an": "an" if noun[0] in "aeiou" else "a",
            "trigger": noun,
            "place": where,
            "when": "" if undated else self._when(told_day),
            "killed": toll.words(),
            "actor": story.actor,
            "rival": story.rival,
            "weapon": kind.weapon,
            "source": random.choice(self._words.sources),
            "injured": Toll(number=max(1, story.injured), victims="people").words(),
        }
        lead = lead.replace(" {when}", "") if undated else lead
        version = Version(story=story, type=type_, day=day if undated else told_day, toll=toll, values=values)
        told = [self._event(draft, lead, version)]
        if random.random() < _BACKGROUND:
            told += self._look_back(draft, story, day)
        self._fill(draft)
        return self._report(draft, outlet, day, tuple(told))

    def _event(self, draft: Draft, lead: str, version: Version) -> Told:
        """Write the lead and what sources say, and tell the event."""
        random, words = self._random, self._words
        story, toll, values = version.story, version.toll, version.values
        event = draft.next_event()
        spans = draft.add(lead, values)
        place = draft.mention(spans["place"], EntityKind.PLACE, named=True)
        roles: list[tuple[Role, str, str | None]] = []
        if "actor" in spans:
            roles.append((Role.PERPETRATOR, draft.mention(spans["actor"], EntityKind.GROUP, named=False), None))
        if "rival" in spans:
            roles.append((Role.TARGET, draft.mention(spans["rival"], EntityKind.ORGANISATION, named=True), None))
        if "weapon" in spans:
            roles.append((Role.WEAPON, draft.mention(spans["weapon"], EntityKind.WEAPON, named=False), None))
        harmed = [toll.casualty(Harm.KILLED, spans["killed"], None, revises=False)]
        if random.random() < 0.5:
            rival = Toll(number=toll.number + random.choice((-1, 0, 0, 1, 3)) or 1, victims=toll.victims)
            values = values | {"killed": rival.words(), "source": random.choice(words.sources)}
            harmed.append(self._says(draft, random.choice(words.said), values, event, Harm.KILLED, rival))
        if story.injured and random.random() < 0.5:
            number = Toll(number=story.injured, victims="people")
            harmed.append(self._says(draft, random.choice(words.hurt), values, event, Harm.INJURED, number))
        if story.type.name != "ArmedClash" and random.random() < 0.3:
            roles.append(self._blame(draft, values, event))
        draft.event(version.type, spans["trigger"], _day(version.day), place, tuple(roles), tuple(harmed))
        return Told(story=story.id, start=spans["trigger"].start, end=spans["trigger"].end)

    def _says(
        self, draft: Draft, template: str, values: dict[str, str], event: str, harm: Harm, number: Toll
    ) -> Casualty:
        spans = draft.add(template, values)
        source = spans.get("source")
        claim = draft.claim(Stance.ASSERTS, source, cue=_after(source), about=event) if source else None
        return number.casualty(harm, spans["killed" if harm is Harm.KILLED else "injured"], claim, revises=False)

    def _blame(self, draft: Draft, values: dict[str, str], event: str) -> tuple[Role, str, str | None]:
        spans = draft.add(self._random.choice(self._words.accused), values)
        rival = draft.mention(spans["rival"], EntityKind.ORGANISATION, named=True)
        accuses = draft.claim(Stance.ACCUSES, spans["source"], cue=_after(spans["source"]), about=event, target=rival)
        if self._random.random() < 0.5:
            answer = draft.add(self._random.choice(self._words.denied), values)
            draft.claim(Stance.DENIES, answer["rival"], cue=_after(answer["rival"]), about=event)
        return Role.PERPETRATOR, rival, accuses

    def _again(
        self, templates: Sequence[str], story: Story, outlet: str, day: dt.date, toll: Toll, former: Toll
    ) -> Report:
        """Write an update or a correction of the outlet's own count."""
        draft = Draft()
        values = {
            "trigger": story.type.noun,
            "place": story.town.name,
            "when": self._when(story.day),
            "killed": toll.words(),
            "former": str(former.number),
            "source": self._random.choice(self._words.sources),
        }
        spans = draft.add(self._random.choice(templates), values)
        draft.mention(spans["source"], EntityKind.GROUP, named=False)
        place = draft.mention(spans["place"], EntityKind.PLACE, named=True)
        killed = toll.casualty(Harm.KILLED, spans["killed"], None, revises=True)
        draft.event(story.type.name, spans["trigger"], _day(story.day), place, (), (killed,))
        self._fill(draft)
        trigger = spans["trigger"]
        told = Told(story=story.id, start=trigger.start, end=trigger.end)
        return self._report(draft, outlet, day, (told,))

    def _look_back(self, draft: Draft, story: Story, day: dt.date) -> Iterator[Told]:
        """Tell an earlier story of the same country in one sentence, if there is one within a week."""
        near = [
            past
            for past in self._past
            if past.town.country == story.town.country and past.day <= day < past.day + dt.timedelta(days=6)
        ]
        if not near:
            return
        past = self._random.choice(near)
        toll = self._toll(past)
        values = {
            "trigger": past.type.noun,
            "place": past.town.name,
            "when": self._when(past.day),
            "killed": toll.words(),
        }
        spans = draft.add(
            self._random.choice(self._words.background).replace("a {", f"{_article(past.type.noun)} {{"), values
        )
        place = draft.mention(spans["place"], EntityKind.PLACE, named=True)
        killed = toll.casualty(Harm.KILLED, spans["killed"], None, revises=False)
        draft.event(past.type.name, spans["trigger"], _day(past.day), place, (), (killed,))
        yield Told(story=past.id, start=spans["trigger"].start, end=spans["trigger"].end)

    def _fill(self, draft: Draft) -> None:
        for sentence in self._random.sample(self._words.fillers, self._random.randint(3, 6)):
            draft.add(sentence, {})

    def _copy(self, first: Report) -> Report:
        """Return a wire copy by another outlet: it may leave out the last sentence, and may end with one of its own."""
        random, article = self._random, first.extraction.article
        others = [outlet for outlet in self._words.outlets if outlet != article.publisher]
        text = article.text.rpartition(". ")[0] + "." if random.random() < 0.3 else article.text
        own = f" {random.choice(self._words.fillers)}" if random.random() < 0.4 else ""
        self._written += 1
        published = article.published
        copied = msgspec.structs.replace(
            article,
            id=f"invented-{self._written}",
            publisher=random.choice(others),
            published=published and published + dt.timedelta(days=random.randint(0, 1)),
            text=text + own,
        )
        return msgspec.structs.replace(first, extraction=msgspec.structs.replace(first.extraction, article=copied))

    def _report(self, draft: Draft, outlet: str, day: dt.date, told: tuple[Told, ...]) -> Report:
        self._written += 1
        name = f"invented-{self._written}"
        article = Article(id=name, publisher=outlet, published=day, language="en", text=draft.text, invented=True)
        return Report(extraction=draft.extraction(article), told=told, wire=name)

    def _when(self, day: dt.date) -> str:
        if self._random.random() < 0.7:
            return f"on {self._words.weekdays[day.weekday()]}"
        return f"on {day:%B} {day.day}"


def _day(day: dt.date) -> Time:
    return Time(start=day, end=day, precision=DatePrecision.DAY)


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _after(source: Span) -> Span:
    """Return where the word of speech after a source stands."""
    return Span(start=source.end, end=source.end + 1)
