"""Definite nouns that tell by a noun before them which event is meant: "the market strike" is the one at a market."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kg.extract.drafts import Draft
from kg.extract.frame import Frame
from kg.extract.sameness import is_same
from kg.extract.tokens import Span
from kg.extract.triggers import Trigger

_TRIED = 5
"""How many of the latest events that have the noun are looked at."""


def follow_descriptions(frame: Frame, drafts: Sequence[Draft]) -> list[Draft]:
    """Move definite nouns from the event told last to the one whose sentences have their describing noun; return what is left.

    Args:
        frame: the document.
        drafts: its events, all that harm tells of included.
    """
    described = [
        (draft, trigger, words)
        for draft in drafts
        for trigger in draft.triggers
        if trigger.definite and (words := _described(frame, trigger.span))
    ]
    if not described:
        return list(drafts)
    pointing = {(word, trigger.span.sent.start) for _, trigger, words in described for word in words}
    told = _told(frame, drafts, pointing)
    moved: dict[int, tuple[Draft, dict[int, Trigger], dict[int, Draft]]] = {}
    for draft, trigger, words in described:
        sentence = trigger.span.sent.start
        homes = [drafts[number] for word in words for number in _last(told.get(word, ()), sentence)]
        home = None if draft in homes else next((other for other in homes if is_same(frame, other, trigger)), None)
        if home is not None:
            _, triggers, owners = moved.setdefault(id(draft), (draft, {}, {}))
            triggers[trigger.span.start] = trigger
            owners[sentence] = home
    for draft, triggers, owners in moved.values():
        left = draft.leave(triggers.keys())
        for trigger in triggers.values():
            owners[trigger.span.sent.start].add(trigger)
        for toll in left:
            owners[toll.cue.sent.start].tolls.append(toll)
    return [draft for draft in drafts if draft.triggers]


def _told(
    frame: Frame, drafts: Sequence[Draft], pointing: AbstractSet[tuple[str, int]]
) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Return word → the first tokens of the sentences that tell of it, in order, with the number of the event told last.

    `pointing` holds the words with the sentences in which they only describe.
    """
    wanted = {word for word, _ in pointing}
    owners: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        for sentence in draft.sentences:
            owners.setdefault(sentence, number)
    found: dict[str, dict[int, int]] = {}
    last: int | None = None
    for sent in frame.doc.sents:
        last = owners.get(sent.start, last)
        for token in sent if last is not None else ():
            word = token.lemma_.lower()
            if word in wanted and last is not None and (word, sent.start) not in pointing:
                found.setdefault(word, {}).setdefault(sent.start, last)
    return {word: sorted(sentences.items()) for word, sentences in found.items()}


def _last(told: Sequence[tuple[int, int]], before: int) -> Iterator[int]:
    """Yield the numbers of the events in the latest sentences before token `before`, the latest first."""
    end = bisect_left(told, (before, 0))
    yield from (number for _, number in reversed(told[max(0, end - _TRIED) : end]))


def _described(frame: Frame, span: Span) -> frozenset[str]:
    """Return the common nouns that stand before a noun of an event in its phrase, weapons left out."""
    position = frame.chunk_at(span.start)
    words = frame.doc[span.start if position is None else frame.chunks[position].start : span.start]
    return frozenset(token.lemma_.lower() for token in words if token.tag_ == "NN" and token.i not in frame.weapons)
