"""The events of an answer and the places of their triggers."""

from collections.abc import Collection, Iterable, Mapping

from kg.llm.answer import AnswerEvent
from kg.llm.dropped import Dropped, Reason
from kg.llm.facts import CONFIDENCE, Facts
from kg.llm.quotes import Quotes, gap, nearest
from kg.records import Event, Location, Mention, Participant, Record, Span


class Placed(Record, frozen=True, kw_only=True):
    """An event whose type the ontology knows and whose trigger was found."""

    told: AnswerEvent
    trigger: Span


def place_events(
    events: Iterable[AnswerEvent], types: Collection[str], quotes: Quotes, dropped: Dropped
) -> list[Placed]:
    """Return the events of `types` whose trigger stands in the text, in text order.

    Where the trigger stands several times, the place that lies nearest to all other words of the event is meant; of
    equally near ones the first that names no event yet.
    """
    found: list[Placed] = []
    taken: set[Span] = set()
    for event in events:
        spans = quotes.find(event.trigger)
        if event.type not in types or not spans:
            dropped["event", Reason.UNFIT if spans else Reason.NOT_LITERAL] += 1
            continue
        others = [places for quote in event.quotes() if (places := quotes.find(quote))]
        _, _, trigger = min(
            (sum(gap(nearest(places, span), span) for places in others), span in taken, span) for span in spans
        )
        taken.add(trigger)
        found.append(Placed(told=event, trigger=trigger))
    return sorted(found, key=lambda one: one.trigger)


def finish_event(event: Placed, facts: Facts, name: str, mentions: Mapping[Span, Mention]) -> Event:
    """Return the event with the id `name`; `mentions` holds the words of its participants and place."""
    place = None
    if facts.place is not None:
        mention = mentions[facts.place.span].id
        place = Location(mention=mention, claim=facts.place.claim, confidence=CONFIDENCE)
    return Event(
        id=name,
        type=event.told.type,
        trigger=event.trigger,
        status=event.told.status,
        time=facts.time,
        place=place,
        participants=tuple(
            Participant(role=role, mention=mentions[one.span].id, claim=one.claim, confidence=CONFIDENCE)
            for role, one in facts.participants
        ),
        casualties=facts.casualties,
        confidence=CONFIDENCE,
        spans=(event.trigger,),
    )
