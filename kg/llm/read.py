"""Answer → `Extraction`: every quote becomes a span of the text, or its record is left out and counted."""

from collections.abc import Collection

from kg.llm.answer import Answer
from kg.llm.book import Book
from kg.llm.claims import Said, Voices, find_claims
from kg.llm.dropped import Dropped
from kg.llm.events import finish_event, place_events
from kg.llm.facts import CONFIDENCE, Desk, read_facts
from kg.llm.quotes import Quotes
from kg.records import Article, Claim, Extraction, Mention, Span


def read_answer(article: Article, answer: Answer, types: Collection[str], dropped: Dropped) -> Extraction:
    """Return what `answer` tells of `article`, as far as the text bears it out.

    Args:
        article: the article that the model was asked about.
        answer: what it answered.
        types: the names of the event types.
        dropped: counts what is left out.
    """
    quotes = Quotes(article.text)
    book = Book(answer.entities, quotes, dropped)
    placed = place_events(answer.events, types, quotes, dropped)
    triggers = {one.told.id: one.trigger for one in reversed(placed)}
    said = find_claims(answer.claims, triggers, book, quotes, dropped)
    desk = Desk(quotes=quotes, book=book, voices=Voices(said), dropped=dropped, published=article.published)
    facts = [read_facts(one.told, one.trigger, desk) for one in placed]
    book.add_names()
    mentions = book.mentions()
    ids = {one.told.id: f"e{number}" for number, one in reversed([*enumerate(placed, 1)])}
    return Extraction(
        article=article,
        mentions=tuple(mentions.values()),
        entities=tuple(book.entities(mentions)),
        events=tuple(
            finish_event(one, of, f"e{number}", mentions)
            for number, (one, of) in enumerate(zip(placed, facts, strict=True), 1)
        ),
        claims=tuple(_claim(f"c{number}", one, ids, mentions) for number, one in enumerate(said, 1)),
    )


def _claim(name: str, said: Said, events: dict[str, str], mentions: dict[Span, Mention]) -> Claim:
    return Claim(
        id=name,
        stance=said.stance,
        claimant=mentions[said.claimant].id,
        cue=said.cue,
        content=said.content,
        about=None if said.about is None else events[said.about],
        target=None if said.target is None else mentions[said.target].id,
        confidence=CONFIDENCE,
    )
