"""The claims of an answer, and which of them tells a fact."""

from collections.abc import Iterable, Mapping

from kg.llm.answer import AnswerClaim
from kg.llm.book import Book
from kg.llm.dropped import Dropped, Reason
from kg.llm.quotes import Quotes, hull
from kg.records import TELLING, Record, Span, Stance


class Said(Record, frozen=True, kw_only=True):
    """A claim whose words were found; `about` is the answer's id of a kept event, `name` the answer's id of the claim."""

    name: str
    stance: Stance
    claimant: Span
    cue: Span
    content: Span
    about: str | None
    target: Span | None


def find_claims(
    claims: Iterable[AnswerClaim], triggers: Mapping[str, Span], book: Book, quotes: Quotes, dropped: Dropped
) -> list[Said]:
    """Return the claims whose claimant, cue and content stand in the text, in text order.

    Args:
        claims: the claims of the answer.
        triggers: the trigger of each kept event by the answer's id.
        book: takes the mentions of claimants and targets.
        quotes: looks up words.
        dropped: counts what is left out.
    """
    found: list[Said] = []
    for claim in claims:
        about = claim.about if claim.about in triggers else None
        content = quotes.nearest(claim.content, triggers.get(claim.about or ""))
        cue = quotes.nearest(claim.cue, content)
        if content is None or cue is None:
            dropped["claim", Reason.NOT_LITERAL] += 1
            continue
        claimant = book.note(claim.claimant, claim.claimant_quote, cue)
        if isinstance(claimant, Reason):
            dropped["claim", claimant] += 1
            continue
        if claim.about is not None and about is None:
            dropped["event of a claim", Reason.UNFIT] += 1
        target = _target(claim, hull(cue, content), book, dropped)
        found.append(
            Said(
                name=claim.id,
                stance=claim.stance,
                claimant=claimant,
                cue=cue,
                content=content,
                about=about,
                target=target,
            )
        )
    return sorted(found, key=lambda said: (said.cue, said.content))


def _target(claim: AnswerClaim, near: Span, book: Book, dropped: Dropped) -> Span | None:
    if claim.target is None:
        return None
    target = book.note(claim.target, claim.target_quote or "", near)
    if isinstance(target, Reason):
        dropped["target of a claim", target] += 1
        return None
    return target


class Voices:
    """Tells which claim a fact is told by; ids are final ("c1")."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._said = {f"c{number}": one for number, one in enumerate(said, 1)}
        self._ids: dict[str, str] = {}
        for name, one in self._said.items():
            self._ids.setdefault(one.name, name)

    def teller(self, claim: str | None, event: str, span: Span) -> str | Reason | None:
        """Return the id of the claim that tells the fact at `span`, `None` when the article does so itself.

        A fact that the answer ascribes to a claim which was left out must not become the article's own: it is unfit.
        A fact that it ascribes to none is still told by the innermost claim whose content holds it, or which accuses
        these very words of the event ("accused Kyiv of the attack"), or by which they claim it themselves.

        Args:
            claim: the answer's id of the claim, if it names one.
            event: the answer's id of the event.
            span: the words of the fact.
        """
        if claim is not None:
            return self._ids.get(claim, Reason.UNFIT)
        telling = [
            (one.content.end - one.content.start, name)
            for name, one in self._said.items()
            if one.stance in TELLING and (one.content.covers(span) or (one.about == event and span == _blamed(one)))
        ]
        return min(telling)[1] if telling else None


def _blamed(said: Said) -> Span | None:
    """Return the words for whoever did it according to the claim."""
    return said.claimant if said.stance is Stance.CLAIMS_RESPONSIBILITY else said.target
