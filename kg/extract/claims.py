"""Claims made of what sources say, and whose words tell each fact: the article's own, or only those of a source."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.confidence import Confidence, claim_clues
from kg.extract.contents import QUOTES
from kg.extract.drafts import REAL, Draft
from kg.extract.frame import ARTICLES, Bounds, Frame, to_span
from kg.extract.speech import Speech
from kg.records import TELLING, Claim, Role, Stance, Status

_REACTIONS = frozenset({Stance.DENIES, Stance.CONDEMNS, Stance.DOUBTS, Stance.CLAIMS_RESPONSIBILITY, Stance.ACCUSES})
"""Stances towards an event that need not name it."""
_PLAIN = frozenset({"the", "a", "an"})
_FIRST = 4
"""Within so many words of what is denied its noun stands: "any direct involvement"."""
_TOLD = REAL | {Status.DENIED}
_SPEAKING = TELLING | {Stance.DENIES, Stance.DOUBTS}
"""Stances whose words are not the article's: what is only denied is not told by the article either."""


def make_claims(
    frame: Frame, drafts: Sequence[Draft], speeches: Sequence[Speech], ids: Mapping[Bounds, str], sure: Confidence
) -> Iterator[Claim]:
    """Yield one claim for each speech, with ids c1, c2, …; `ids` are those of the mentions."""
    named = sorted((trigger.span.start, number) for number, draft in enumerate(drafts) for trigger in draft.triggers)
    charge: tuple[int, int | None] | None = None
    for number, speech in enumerate(speeches, 1):
        about = _about(drafts, named, _cut(frame, speech), beside=_is_beside(frame, speech))
        sentence = speech.cue.sent.start
        if charge is not None and charge[0] == sentence and speech.stance is Stance.DENIES:
            about = charge[1]  # "blamed the group, which … the town, but a spokesman rejected the charge"
        charge = (sentence, about) if speech.stance is Stance.ACCUSES else charge
        target = _target(frame, None if about is None else drafts[about], speech)
        yield Claim(
            id=f"c{number}",
            stance=speech.stance,
            claimant=ids[speech.source],
            cue=to_span(speech.cue),
            content=frame.span(*_bare(frame, speech.content)),
            about=None if about is None else f"e{about + 1}",
            target=None if target is None else ids[target],
            confidence=sure.of("claim", claim_clues(frame, speech, about)),
        )


def _cut(frame: Frame, speech: Speech) -> Speech:
    """Return an accusation without what is only said of the accused: "blamed the group, which has besieged the town"."""
    if speech.stance is not Stance.ACCUSES or speech.target is None:
        return speech
    start, end = speech.content
    stop = next(
        (i for i in range(start + 1, end) if frame.doc[i].tag_ in {"WDT", "WP"} and frame.doc[i - 1].text == ","), end
    )
    return replace(speech, content=(start, stop))


def _bare(frame: Frame, content: Bounds) -> Bounds:
    """Return the words said with the article before them, without a quotation mark whose partner lies outside."""
    start, end = frame.trim(*content)
    while start and (
        frame.doc[start].tag_ == "POS" or frame.doc[start - 1].lower_ in (ARTICLES if start > content[0] else _PLAIN)
    ):
        start -= 1
    marks = [token.text for token in frame.doc[start:end] if token.text in QUOTES]
    if end - start < 2 or not marks or frame.doc[end - 1].text not in QUOTES:
        return start, end
    alone = len(marks) % 2 == 1 if marks[-1] == '"' else "“" not in marks
    return (start, frame.trim(start, end - 1)[1]) if alone else (start, end)


def _is_beside(frame: Frame, speech: Speech) -> bool:
    """Tell whether somebody is accused of something that is no event: "accused the neighbours of harbouring rebels"."""
    words = frame.doc[slice(*speech.content)]
    return any(one.lower_ in {"of", "for"} and other.lower_.endswith("ing") for one, other in pairwise(words))


def _about(drafts: Sequence[Draft], named: Sequence[tuple[int, int]], speech: Speech, *, beside: bool) -> int | None:
    """Find the event that the words concern: named in them, else named in the same sentence, else for a bare reaction the last one.

    `named` holds the first token of each trigger with the number of its draft, in order; words that tell of something
    `beside` concern no event that they do not name.
    """
    start, end = speech.content
    inside = named[bisect_left(named, (start, 0)) : bisect_left(named, (end, 0))]
    if inside:
        return min(number for _, number in inside)
    sentence = speech.cue.doc[start].sent  # of what is said, below "the minister said:"
    for number, draft in enumerate(drafts):
        if any(toll.cue.sent.start == sentence.start and start <= toll.cue.start < end for toll in draft.tolls):
            return number
    if speech.stance not in _REACTIONS or beside:
        return None
    before = named[: bisect_left(named, (speech.cue.start, 0))]
    if before:
        return before[-1][1]
    return next((number for first, number in named if first < sentence.end), None)


def _target(frame: Frame, draft: Draft | None, speech: Speech) -> Bounds | None:
    """Return who is accused or urged; who denies a deed of his own is the accused himself: "denied attacking the town"."""
    refused = speech.cue[0].lemma_.lower() in frame.words("RefusingVerbs")
    if speech.stance is not Stance.DENIES or refused or draft is None:
        return speech.target
    words = frame.doc[slice(*speech.content)]
    deed = speech.cue.end == words.start and words[0].lower_.endswith("ing")  # "denied targeting civilians"
    own = (
        deed
        or _own_part(frame, speech)
        or any(
            role is Role.PERPETRATOR and _is_same(frame, bounds, speech.source)
            for trigger in draft.triggers
            if words.start <= trigger.span.start < words.end
            for role, bounds in trigger.roles
        )
    )
    return speech.source if own else None


def _own_part(frame: Frame, speech: Speech) -> bool:
    """Tell whether a source speaks of its own part in what happened: "denied responsibility for the strikes"."""
    words = (*speech.cue, *frame.doc[slice(*speech.content)][:_FIRST])
    return any(token.lemma_.lower() in frame.words("OwnPartNouns") for token in words)


def _is_same(frame: Frame, one: Bounds, other: Bounds) -> bool:
    """Tell whether two phrases are one, or end in the same name."""
    first, second = frame.head(*one), frame.head(*other)
    return one == other or bool(first.ent_type_ and first.lower_ == second.lower_)


class Voices:
    """Tells whose words tell the facts of one document.

    Args:
        frame: the document.
        claims: its claims.
        speeches: what they are made of, in the same order.
    """

    def __init__(self, frame: Frame, claims: Sequence[Claim], speeches: Sequence[Speech]) -> None:
        self._frame = frame
        self._about: dict[str, list[tuple[Claim, Bounds, Bounds | None]]] = {}
        self._said: dict[int, list[tuple[Bounds, Claim]]] = {}
        self._performed: set[str] = set()
        self._sources = {claim.id: speech.source for claim, speech in zip(claims, speeches, strict=True)}
        for claim, speech in zip(claims, speeches, strict=True):
            if claim.about is not None:
                self._about.setdefault(claim.about, []).append((claim, speech.source, speech.target))
            if speech.cue[0].lemma_.lower() in frame.words("PerformativeVerbs"):
                self._performed.add(claim.id)
            refused = speech.cue[0].lemma_.lower() in frame.words("RefusingVerbs")
            told = claim.stance is Stance.DENIES and (refused or _own_part(frame, speech))
            if claim.stance in _SPEAKING and not told:
                content = frame.trim(*speech.content)
                self._said.setdefault(frame.doc[content[0]].sent.start, []).append((content, claim))

    def about(self, event: str) -> Sequence[tuple[Claim, Bounds, Bounds | None]]:
        """Return the claims about an event with the token bounds of their source and of whom they accuse."""
        return self._about.get(event, ())

    def of_place(self, bounds: Bounds) -> Claim | None:
        """Return the claim that tells a place; who denies does not deny the place."""
        found = self.of(bounds)
        return found if found is not None and found.stance in TELLING else None

    def of(self, bounds: Bounds) -> Claim | None:
        """Return the innermost claim whose words hold the tokens of `bounds`, `None` when the article tells them.

        Of two with the same words, "accused the army of shelling the town, which the army denied", the one that tells counts.
        """
        said = self._said.get(self._frame.doc[bounds[0]].sent.start, ())
        holding = [(words, claim) for words, claim in said if words[0] <= bounds[0] and bounds[1] <= words[1]]
        ordered = sorted(holding, key=lambda found: (found[0][1] - found[0][0], found[1].stance not in TELLING))
        return ordered[0][1] if ordered else None

    def of_role(self, draft: Draft, role: Role, bounds: Bounds) -> Claim | None:
        """Return the claim that tells who took part in an event: the one that holds the words for the event, or for who it was.

        Who speaks stands outside of his words, "the army said it had shelled the town". What the article tells anywhere
        needs no claim, nor does what its announcement makes true, "the mayor announced a curfew". A denial concerns who
        did it, not whom it hit.
        """
        tellers = [trigger.span for trigger in draft.triggers if (role, bounds) in trigger.roles]
        found = [self.of((span.start, span.end)) or self.of(bounds) for span in tellers] or [self.of(bounds)]
        if None in found or (role is Role.TARGET and found[0] is not None and found[0].stance not in TELLING):
            return None
        performed = not self._frame.is_violent(draft.type) and found[0] is not None and found[0].id in self._performed
        return None if performed else found[0]

    def is_ruled_out(self, draft: Draft, claim: Claim | None, bounds: Bounds) -> bool:
        """Tell whether a source only denies that it did it itself, or accuses another; `bounds` are the words for who did."""
        if claim is None or claim.stance not in {Stance.DENIES, Stance.ACCUSES} or draft.status not in _TOLD:
            return False
        return _is_same(self._frame, bounds, self._sources[claim.id])
