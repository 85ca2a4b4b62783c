"""One casualty expression: a number with those counted and the word of harm it hangs on."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.counts import Count, is_measure
from kg.extract.frame import Bounds, Frame
from kg.extract.tokens import Span, Token
from kg.records import Harm, VictimCategory


@dataclass(frozen=True, kw_only=True)
class Toll:
    """One casualty expression: token bounds of number and group, and the word of harm it hangs on.

    `revises` tells that the number takes the place of those told before it: "the toll rose to 22".
    """

    harm: Harm
    low: int | None
    high: int | None
    group: Bounds | None
    category: VictimCategory
    bounds: Bounds
    cue: Span
    revises: bool = False


def make_toll(frame: Frame, cue: Span, harm: Harm, count: Count, group: Bounds | None) -> Toll:
    """Return the toll of a count and the token bounds of those counted."""
    end = group[1] if group else count.end
    if group is not None:
        first, last = frame.trim(_behind_of(frame, *group), group[1])
        while last > first + 1 and last - 1 in frame.harms:
            last -= 1
        first += last > first + 1 and frame.doc[first].lower_ == "more"  # "256 more prisoners"
        group = first, last
    category = category_of(frame, *group) if group else VictimCategory.ANY_PERSON
    return Toll(
        harm=harm, low=count.low, high=count.high, group=group, category=category, bounds=(count.start, end), cue=cue
    )


def _behind_of(frame: Frame, start: int, end: int) -> int:
    """Return where the words begin that tell who is counted: "three of [his bodyguards]", "two of them [children]"."""
    doc = frame.doc
    while start < end - 1 and (
        doc[start].lower_ == "of"
        or ((doc[start].tag_ in {"PRP", "DT"} or doc[start].lower_ == "them") and doc[start - 1].lower_ == "of")
    ):
        start += 1
    return start


def count_in(frame: Frame, start: int, end: int) -> Count | None:
    """Return the first count of people that ends within tokens `start` up to `end`."""
    return next(counts_within(frame, start, end), None)


def counts_within(frame: Frame, start: int, end: int) -> Iterator[Count]:
    """Yield the counts of people that end within tokens `start` up to `end`."""
    first = bisect_right(frame.counts, start, key=lambda count: count.end)
    for position in range(first, len(frame.counts)):
        count = frame.counts[position]
        if count.end > end:
            return
        if not is_measure(frame.doc, count):
            yield count


def category_of(frame: Frame, start: int, end: int) -> VictimCategory:
    """Return which people the words of tokens `start` up to `end` are."""
    words = [token.lower_ for token in frame.doc[start:end]]
    for category, nouns in frame.vocab.categories.items():
        if category is not VictimCategory.ANY_PERSON and any(
            word in nouns or word.rstrip("s") in nouns for word in words
        ):
            return category
    return VictimCategory.ANY_PERSON


def is_one_person(frame: Frame, phrase: Span, head: Token) -> bool:
    """Tell whether a phrase without a number is one person: a name, or "a teacher", but neither "police" nor "a unit"."""
    if head.ent_type_ == "Person":
        return True
    singular = head.tag_ == "NN" and phrase[0].lower_ in {"a", "an", "one", "another", "the", "his", "her"}
    return (
        singular
        and head.ent_type_ == ""
        and head.lower_ not in frame.words("GroupHeads")
        and frame.is_people(*frame.trim(phrase.start, phrase.end))
    )
