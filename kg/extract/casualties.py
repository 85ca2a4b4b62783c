"""How many people were killed, injured, captured, …: counts and single victims with their harm."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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
    """Yield every casualty expression; each number is used once for each harm.

    Words of harm tell most; where the model reads another harm in a number than the word that it was taken for, the model
    is right: "killed 35 people and injured scores" tells of scores injured. The model adds those without a known word.
    """
    doc = frame.doc
    seen: set[tuple[Harm, int]] = set()
    taken: set[int] = set()
    read = {token.i: span.label_ for span in doc.spans["casualties"] for token in span}
    cues = sorted(doc.spans["harms"], key=lambda span: span.start)
    partners = _partners(frame, cues)
    for cue in cues:
        partner = partners.get(cue.start)
        for toll in _of_cue(frame, cue, partner):
            harms = {read[i] for i in range(*toll.bounds) if i in read}
            if partner is None and harms and toll.harm not in harms:
                continue
            key = (toll.harm, toll.bounds[0])
            if key not in seen:
                seen.add(key)
                taken.update(range(*toll.bounds))
                yield toll
    for span in doc.spans["casualties"]:
        if taken.isdisjoint(range(span.start, span.end)):
            yield from _as_read(frame, span)


def _partners(frame: Frame, cues: Sequence[Span]) -> Mapping[int, Span]:
    """Return first token of a word of harm → the word of another harm with the same victims: "killed and injured 60 people"."""
    found: dict[int, Span] = {}
    for one, other in pairwise(cues):
        joined = other.start == one.end + 1 and frame.doc[one.end].tag_ == "CC"
        if joined and one.label_ != other.label_ and one.kb_id_ == other.kb_id_:
            found |= {one.start: other, other.start: one}
    return found


def _as_read(frame: Frame, span: Span) -> Iterator[Toll]:
    """Read a casualty expression that the model sees: a count with its group, or one person."""
    count = _count_in(frame, span.start, span.end)
    harm = Harm(span.label_)
    cue = next((word for word in frame.doc.spans["harms"] if word.sent == span.sent and word.label_ == harm), span)
    if count is not None:
        yield _toll(frame, cue, harm, count, (count.end, span.end) if count.end < span.end else None)
        return
    bounds = frame.trim(span.start, span.end)
    if _is_one_person(frame, frame.doc[span.start : span.end], frame.head(*bounds)):
        yield Toll(harm=harm, low=1, high=1, group=bounds, category=_category(frame, *bounds), bounds=bounds, cue=cue)


def _is_one_person(frame: Frame, phrase: Span, head: Token) -> bool:
    """Tell whether a phrase without a number is one person: a name, or "a teacher", but neither "police" nor "a unit"."""
    if head.ent_type_ == "Person":
        return True
    singular = head.tag_ == "NN" and (phrase[0].lower_ in {"a", "an", "one", "another", "the"} or phrase[0].tag_ == "PRP$")
    return (
        singular
        and head.ent_type_ == ""
        and head.lower_ not in frame.words("GroupHeads")
        and frame.is_people(*frame.trim(phrase.start, phrase.end))
    )


def _of_cue(frame: Frame, cue: Span, partner: Span | None) -> Iterator[Toll]:
    """Yield the tolls that hang on a word of harm; of the number that it shares with `partner` each has an open part."""
    tolls = _noun(frame, cue) if cue.kb_id_ == "noun" else _of_victims(frame, cue, partner)
    for toll in tolls:
        yield toll if partner is None or toll.low == 0 else replace(toll, low=None)


def _of_victims(frame: Frame, cue: Span, partner: Span | None) -> Iterator[Toll]:
    first, last = sorted((cue, partner or cue), key=lambda span: span.start)
    for position in _victims(frame, first, last.end) if cue.kb_id_ == "verb" else _adjective(frame, cue):
        yield from _victim(frame, cue, Harm(cue.label_), position)


def _victims(frame: Frame, cue: Span, end: int) -> Iterator[int]:
    """Find who suffers what the verb tells: its objects behind token `end`, its subject if it is passive or takes no object."""
    chunks, token = frame.chunks, cue[0]
    if token.tag_[:2] == "VB" and is_passive(token):
        subject = subject_of(token, chunks)
        yield from [] if subject is None else [subject]
    elif token.tag_ == "VBN" and _elliptic(frame, token):
        before = frame.chunk_at(_left_noun(frame, token))
        yield from [] if before is None else [before]
    elif token.tag_[:2] == "VB":
        objects = list(objects_of(end, frame.doc, chunks, clause_end(frame.doc, end - 1, cue.sent.end)))
        subject = subject_of(token, chunks) if not objects and _intransitive(cue) else None
        yield from objects if subject is None else [subject]
    else:
        yield from _adjective(frame, cue)


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


def _noun(frame: Frame, cue: Span) -> Iterator[Toll]:
    """Read "the deaths of 21 people", "45 casualties", "the loss of 21 lives"."""
    doc, harm = frame.doc, Harm(cue.label_)
    limit = clause_end(doc, cue.end - 1, cue.sent.end)
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
    bounds = frame.trim(chunk.start, end)
    one = doc[chunk.head].tag_ in {"NN", "NNP"} and _is_one_person(frame, doc[chunk.start : end], doc[chunk.head])
    told = harm in {Harm.KILLED, Harm.INJURED} and cue[0].lower_ != cue[0].lemma_
    many = told and doc[chunk.head].tag_ == "NNS" and frame.is_people(*bounds)
    if one or many:
        number = 1 if one else None
        category = _category(frame, *bounds)
        yield Toll(harm=harm, low=number, high=number, group=bounds, category=category, bounds=bounds, cue=cue)


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
