"""How many people were killed, injured, captured, …: counts and single victims with their harm."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract.chunks import clause_end, is_passive, objects_of, subject_of
from kg.extract.counts import Count, is_measure
from kg.extract.frame import Bounds, Frame
from kg.records import Harm, VictimCategory


@dataclass(frozen=True, kw_only=True)
class Toll:
    """One casualty expression: token bounds of number and group, and the word of harm it hangs on."""

    harm: Harm
    low: int | None
    high: int | None
    group: Bounds | None
    category: VictimCategory
    bounds: Bounds
    cue: Span


def find_tolls(frame: Frame) -> Iterator[Toll]:
    """Yield every casualty expression; each number is used once for each harm. The model adds those without a known word of harm."""
    seen: set[tuple[Harm, int]] = set()
    taken: set[int] = set()
    for cue in sorted(frame.doc.spans["harms"], key=lambda span: span.start):
        for toll in _of_cue(frame, cue):
            key = (toll.harm, toll.bounds[0])
            if key not in seen:
                seen.add(key)
                taken.update(range(*toll.bounds))
                yield toll
    for span in frame.doc.spans["casualties"]:
        if taken.isdisjoint(range(span.start, span.end)):
            yield from _as_read(frame, span)


def _as_read(frame: Frame, span: Span) -> Iterator[Toll]:
    """Read a casualty expression that the model sees: a count with its group, or one person."""
    count = _count_in(frame, span.start, span.end)
    harm = Harm(span.label_)
    if count is not None:
        yield _toll(frame, span, harm, count, (count.end, span.end) if count.end < span.end else None)
        return
    bounds = frame.trim(span.start, span.end)
    if _is_one_person(frame, frame.doc[span.start : span.end], frame.head(*bounds)):
        yield Toll(harm=harm, low=1, high=1, group=bounds, category=_category(frame, *bounds), bounds=bounds, cue=span)


def _is_one_person(frame: Frame, phrase: Span, head: Token) -> bool:
    """Tell whether a phrase without a number is one person: a name, or "a teacher", but neither "police" nor "a unit"."""
    if head.ent_type_ == "Person":
        return True
    singular = head.tag_ == "NN" and phrase[0].lower_ in {"a", "an", "one", "another", "the"}
    return (
        singular
        and head.ent_type_ == ""
        and head.lower_ not in frame.words("GroupHeads")
        and frame.is_people(*frame.trim(phrase.start, phrase.end))
    )


def _of_cue(frame: Frame, cue: Span) -> Iterator[Toll]:
    doc, chunks = frame.doc, frame.chunks
    harm = Harm(cue.label_)
    token = cue[0]
    victims: list[int] = []
    verbal = cue.kb_id_ == "verb" and token.tag_[:2] == "VB"
    limit = clause_end(doc, cue.end - 1, cue.sent.end)
    if verbal and is_passive(token):
        subject = subject_of(token, chunks)
        victims += [] if subject is None else [subject]
    elif verbal and token.tag_ == "VBN" and _elliptic(frame, token):
        before = frame.chunk_at(_left_noun(frame, token))
        victims += [] if before is None else [before]
    elif verbal:
        victims += list(objects_of(cue.end, doc, chunks, limit))
        if not victims and _intransitive(cue):
            subject = subject_of(token, chunks)
            victims += [] if subject is None else [subject]
    elif cue.kb_id_ == "noun":
        yield from _noun(frame, cue, harm, limit)
        return
    else:
        victims += _adjective(frame, cue)
    for position in victims:
        yield from _victim(frame, cue, harm, position)


def _elliptic(frame: Frame, token: Token) -> bool:
    """Tell whether a participle without auxiliary is a short passive ("with ten injured", "three people killed")."""
    left = _left_noun(frame, token)
    return left >= token.sent.start and frame.chunk_at(left) is not None


def _left_noun(frame: Frame, token: Token) -> int:
    index = token.i - 1
    while index > token.sent.start and frame.doc[index].tag_ in {"RB", "RBR"}:
        index -= 1
    return index


def _intransitive(cue: Span) -> bool:
    return cue[0].lower_.startswith(
        ("die", "dying", "flee", "fled", "perish", "sustain", "suffer", "los", "disappear", "cross", "vanish")
    )


def _noun(frame: Frame, cue: Span, harm: Harm, limit: int) -> Iterator[Toll]:
    """Read "the deaths of 21 people", "45 casualties", "the loss of 21 lives"."""
    doc = frame.doc
    position = frame.chunk_at(cue.start)
    after = [
        i
        for i in frame.between(cue.end, limit)
        if frame.chunks[i].preposition in {"of", "to"} and frame.chunks[i].start <= cue.end + 1
    ]
    for i in after:
        if _count_in(frame, frame.chunks[i].start, frame.chunks[i].end) is not None:
            yield from _victim(frame, cue, harm, i)
            return
    if position is None:
        return
    chunk = frame.chunks[position]
    count = _count_in(frame, chunk.start, cue.end)
    if count is None and doc[chunk.start].lower_ == "no":
        yield Toll(
            harm=harm,
            low=0,
            high=0,
            group=(cue.start, cue.end),
            category=VictimCategory.ANY_PERSON,
            bounds=(chunk.start, cue.end),
            cue=cue,
        )
    if count is not None:
        yield _toll(frame, cue, harm, count, (cue.start, cue.end))


def _adjective(frame: Frame, cue: Span) -> Iterator[int]:
    """Find who is "dead", "wounded", "missing": "left at least 17 people dead", "ten are dead", "12 dead"."""
    position = frame.chunk_at(cue.start)
    if position is not None and _count_in(frame, frame.chunks[position].start, cue.end) is not None:
        yield position
        return
    before = frame.between(cue.sent.start, cue.start)
    if (
        before
        and frame.chunks[before[-1]].end >= cue.start - 3
        and not any(token.text in ",;" for token in frame.doc[frame.chunks[before[-1]].end : cue.start])
    ):
        yield before[-1]


def _victim(frame: Frame, cue: Span, harm: Harm, position: int) -> Iterator[Toll]:
    doc, chunk = frame.doc, frame.chunks[position]
    end = chunk.end
    following = next(iter(frame.chunks[position + 1 : position + 2]), chunk)
    counted = following.end if following.preposition == "of" and following.start == end + 1 else end
    count = _count_in(frame, chunk.start, counted)
    if count is not None:
        end = counted if count.end >= end else end
        yield _toll(frame, cue, harm, count, (count.end, end) if count.end < end else None)
        yield from _included(frame, cue, harm, end)
        return
    if doc[chunk.head].tag_ in {"NN", "NNP"} and _is_one_person(frame, doc[chunk.start : end], doc[chunk.head]):
        bounds = frame.trim(chunk.start, end)
        yield Toll(harm=harm, low=1, high=1, group=bounds, category=_category(frame, *bounds), bounds=bounds, cue=cue)


def _included(frame: Frame, cue: Span, harm: Harm, end: int) -> Iterator[Toll]:
    """Read "including three children" and "among them two women" right behind a count."""
    doc, limit = frame.doc, cue.sent.end
    index = end
    while index < min(limit, end + 3) and (
        doc[index].text in {",", "("} or doc[index].tag_ == "RB" or doc[index].lower_ in frame.words("TimeWords")
    ):
        index += 1
    words = [token.lower_ for token in doc[index : index + 2]]
    if words[:1] != ["including"] and words != ["among", "them"]:
        return
    position = next(iter(frame.between(index + 1, limit)), None)
    while position is not None and frame.chunks[position].end <= limit:
        chunk = frame.chunks[position]
        count = _count_in(frame, chunk.start, chunk.end)
        if count is None:
            return
        yield _toll(frame, cue, harm, count, (count.end, chunk.end) if count.end < chunk.end else None)
        gap = doc[chunk.end : chunk.end + 1]
        position = (
            position + 1 if len(gap) and gap[0].lower_ in {"and", ","} and position + 1 < len(frame.chunks) else None
        )


def _toll(frame: Frame, cue: Span, harm: Harm, count: Count, group: Bounds | None) -> Toll:
    end = group[1] if group else count.end
    if group is not None:
        first, last = frame.trim(*group)
        while last > first + 1 and last - 1 in frame.harms:
            last -= 1
        group = first, last
    category = _category(frame, *group) if group else VictimCategory.ANY_PERSON
    return Toll(
        harm=harm, low=count.low, high=count.high, group=group, category=category, bounds=(count.start, end), cue=cue
    )


def _count_in(frame: Frame, start: int, end: int) -> Count | None:
    return next(
        (
            count
            for count in frame.counts
            if start <= count.start and count.end <= end and not is_measure(frame.doc, count)
        ),
        None,
    )


def _category(frame: Frame, start: int, end: int) -> VictimCategory:
    words = [token.lower_ for token in frame.doc[start:end]]
    for category, nouns in frame.vocab.categories.items():
        if category is not VictimCategory.ANY_PERSON and any(
            word in nouns or word.rstrip("s") in nouns for word in words
        ):
            return category
    return VictimCategory.ANY_PERSON
