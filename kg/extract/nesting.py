"""Places that lie in one another, and places that are named side by side, within one sentence."""

from collections.abc import Iterator, Sequence

from kg.extract.frame import Frame
from kg.extract.tokens import Doc, Span

_LONGEST_GAP = 6
_WITHIN = frozenset({"in", "of", "within"})
_BESIDE = frozenset({",", "and", "&", "both", "as", "well"})
_SETTLEMENTS = frozenset("town city village port township settlement capital suburb".split())
_NAMING = frozenset("DT JJ JJR JJS NN NNS NNP POS HYPH VBN PRP$".split())


def innermost(frame: Frame, ent: Span) -> Span:
    """Return the most specific place that is said to lie in `ent`: "Bosra" for "Daraa" in "the town of Bosra in Daraa".

    Args:
        frame: the document.
        ent: a named place.
    """
    names = frame.places(ent.sent)
    position = names.index(ent)
    while position > 0 and _lies_in(frame, names[position - 1], names[position]):
        if any(names[position] in group and names[position - 1] in group for group in _groups(frame, names)):
            break  # the comma before it is one of a list: "A, B and C"
        position -= 1
    following = names[position + 1] if position + 1 < len(names) else None
    if following is not None and (
        _owns(frame.doc, names[position], following) or _names(frame.doc, names[position], following)
    ):
        return following
    return names[position]


def side_by_side(frame: Frame, ent: Span) -> list[Span]:
    """Return the places named together with `ent`, itself included: "the towns of A in B, and the city of C" are A and C."""
    names = frame.places(ent.sent)
    return next((group for group in _groups(frame, names) if ent in group), [ent])


def _groups(frame: Frame, names: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the lists of places of a sentence; each has its "and"."""
    group: list[Span] = []
    joined = False
    for before, after in zip([None, *names], names, strict=False):
        gap = [] if before is None else _gap(before.doc, before, after)
        told = before is not None and any(i in frame.triggers for i in range(before.end, after.start))
        if before is not None and not told and _is_beside(gap) and not _is_country_of(frame, before, after, gap):
            group.append(after)
            joined = joined or any(word in {"and", "&"} for word, _ in gap)
        elif before is None or not (_is_within(gap) or _is_beside(gap)):
            if joined:
                yield group
            group, joined = [after], False
    if joined:
        yield group


def lie_between(ent: Span) -> bool:
    """Tell whether a place is one of the ends of a way: "on the road between A and B" is one place."""
    return ent.start > 0 and ent.doc[ent.start - 1].lower_ == "between"


def _is_country_of(frame: Frame, before: Span, after: Span, gap: list[tuple[str, str]]) -> bool:
    """Tell whether a country only says where the town before it lies: "Sartana, Ukraine, and Buhas"."""
    return [word for word, _ in gap] == [","] and after.start in frame.countries and before.start not in frame.countries


def _gap(doc: Doc, before: Span, after: Span) -> list[tuple[str, str]]:
    return [(token.lower_, token.tag_) for token in doc[before.end : after.start]]


def _is_within(gap: list[tuple[str, str]]) -> bool:
    """Tell whether the words between two places put the first in the second: "in the northwest province of", ","."""
    words = [word for word, _ in gap]
    rest = gap[1:] if words[:1] == [","] else gap
    if words == [","]:
        return True
    return (
        0 < len(gap) <= _LONGEST_GAP
        and any(word in _WITHIN for word, _ in rest[:3])
        and all(word in _WITHIN or tag in _NAMING for word, tag in rest)
        and not any(tag == "POS" for _, tag in rest)
    )


def _is_beside(gap: list[tuple[str, str]]) -> bool:
    words = [word for word, _ in gap]
    return (
        0 < len(gap) <= _LONGEST_GAP
        and words[0] in _BESIDE
        and all(word in _BESIDE or word == "of" or tag in _NAMING for word, tag in gap)
    )


def _names(doc: Doc, whole: Span, part: Span) -> bool:
    """Tell whether a noun behind the first place has the second one as its name: "the Red Sea port of Mocha"."""
    gap = _gap(doc, whole, part)
    if len(gap) != 2 or gap[1][0] != "of":
        return False
    return gap[0][0] in _SETTLEMENTS


def _lies_in(frame: Frame, part: Span, whole: Span) -> bool:
    told = any(i in frame.triggers for i in range(part.end, whole.start))  # "Chad bombed a camp in Sudan"
    return not told and not describes(frame, part) and _is_within(_gap(frame.doc, part, whole))


def describes(frame: Frame, ent: Span) -> bool:
    """Tell whether a place only describes something else: "the Kharkiv Oblast administration building on Freedom Square".

    A site does not, "the Al Salem hospital complex", nor does "Helmand" of "Helmand province".
    """
    position = frame.chunk_at(ent.start)
    head = None if position is None else frame.chunks[position].head
    if head is None or head < ent.end:
        return False
    sites = frame.words("FacilityHeads") if ent.start not in frame.countries else frozenset()  # "a Sudan market"
    named = frame.doc[head].ent_type_ == "Place" or frame.doc[head].lower_ in sites | frame.words("PlaceHeads")
    return not named and ent[-1].lower_ not in sites


def _owns(doc: Doc, whole: Span, part: Span) -> bool:
    """Tell whether the first place has the second: "Yemen's capital Sana'a"."""
    gap = _gap(doc, whole, part)
    return (
        0 < len(gap) <= 4
        and gap[0][1] == "POS"
        and all(tag in {"NN", "JJ", "JJS", "HYPH", "NNP"} for _, tag in gap[1:])
    )
