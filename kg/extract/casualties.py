"""How many people were killed, injured, captured, …: counts and single victims with their harm."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.background import is_of_whole_war
from kg.extract.chunks import clause_end, is_passive, objects_of, subject_of
from kg.extract.counts import Count
from kg.extract.frame import Frame
from kg.extract.parts import settle
from kg.extract.syntax import subject
from kg.extract.tally import tally
from kg.extract.times import ORDINALS
from kg.extract.tokens import Span, Token
from kg.extract.toll import Toll, category_of, count_in, is_one_person, make_toll
from kg.extract.verbs import takes_no_object
from kg.records import Harm

_SIDES = frozenset({"side", "party"})
_HOLDING = frozenset("sheltering housing hosting holding containing carrying transporting accommodating".split())
"""Before those who are only there: "a theatre sheltering hundreds of civilians is bombed"."""


def find_tolls(frame: Frame) -> Iterator[Toll]:
    """Yield every casualty expression, sentence by sentence; each number is used once for each harm."""
    return (
        toll for toll in settle(frame, _find(frame)) if not is_of_whole_war(frame, toll.cue, toll.low or toll.high or 0)
    )


def _find(frame: Frame) -> Iterator[Toll]:
    """Yield casualty expressions, parts and wholes alike.

    Of two words of harm in one sentence the model tells which one a number belongs to: "killed 35 people and injured
    scores" tells of scores injured. The model adds numbers without a known word.
    """
    doc = frame.doc
    seen: set[tuple[Harm, int]] = set()
    taken: set[int] = set()
    read = {token.i: span.label_ for span in doc.spans["casualties"] for token in span}
    nouns = frame.words("TollNouns")
    totals = [Span(doc, t.i, t.i + 1, label=Harm.KILLED, kb_id="noun") for t in frame.tokens if t.lower_ in nouns]
    cues = sorted([*doc.spans["harms"], *totals], key=lambda span: span.start)
    partners = _partners(frame, cues)
    named: dict[int, dict[str, Span]] = {}
    for cue in cues:
        named.setdefault(cue.sent.start, {}).setdefault(cue.label_, cue)
    for cue in cues:
        partner = partners.get(cue.start)
        for toll in _of_cue(frame, cue, partner):
            harms = {read[i] for i in range(*toll.bounds) if i in read}
            if partner is None and toll.harm not in harms and not harms.isdisjoint(named[cue.sent.start]):
                continue
            key = (toll.harm, toll.bounds[0])
            if key not in seen:
                seen.add(key)
                taken.update(range(*toll.bounds))
                yield toll
    for span in doc.spans["casualties"]:
        if taken.isdisjoint(range(span.start, span.end)):
            yield from _as_read(frame, span, named.get(span.sent.start, {}).get(span.label_, span))


def is_mourned(frame: Frame, word: Token) -> bool:
    """Tell whose death is only remembered: "marking the death of the general"."""
    return word.head.i in frame.harms and _is_remembered(frame, word.head)


def _is_remembered(frame: Frame, word: Token) -> bool:
    """Tell what, or whom, people mourn: "marking the death", "we buried eleven"."""
    return word.head.lemma_.lower() in frame.words("MourningVerbs")


def _partners(frame: Frame, cues: Sequence[Span]) -> Mapping[int, Span]:
    """Return first token of a word of harm → the word of another harm with the same victims: "killed and injured 60 people"."""
    found: dict[int, Span] = {}
    for one, other in pairwise(cues):
        joined = other.start == one.end + 1 and frame.doc[one.end].tag_ == "CC"
        if joined and one.label_ != other.label_ and one.kb_id_ == other.kb_id_:
            found |= {one.start: other, other.start: one}
    return found


def _as_read(frame: Frame, span: Span, cue: Span) -> Iterator[Toll]:
    """Read a casualty expression that the model sees, told by the word `cue`: a count with its group, or one person."""
    if _is_remembered(frame, span.root) and cue.start == span.start:
        return  # "we buried eleven people" does not tell of what they died
    if is_mourned(frame, span.root) or (span.start and frame.doc[span.start - 1].lower_ in _HOLDING):
        return
    count = count_in(frame, span.start, span.end)
    harm = Harm(span.label_)
    if count is not None:
        position = frame.chunk_at(span.end - 1)
        cut = position is not None and count.end < span.end <= frame.chunks[position].head  # "50 Syrian", of "troops"
        end = frame.chunks[position].end if position is not None and cut else span.end
        if count.start == 0 or frame.doc[count.start - 1].lower_ != "by":  # "rose by five"
            yield make_toll(frame, cue, harm, count, (count.end, end) if count.end < end else None)
        return
    bounds = frame.trim(span.start, span.end)
    if is_one_person(frame, frame.doc[span.start : span.end], frame.head(*bounds)):
        yield Toll(harm=harm, low=1, high=1, group=bounds, category=category_of(frame, *bounds), bounds=bounds, cue=cue)


def _of_cue(frame: Frame, cue: Span, partner: Span | None) -> Iterator[Toll]:
    """Yield the tolls that hang on a word of harm; of the number that it shares with `partner` each has an open part."""
    if cue.kb_id_ == "noun":
        tolls = _noun(frame, cue)
    elif [token.lower_ for token in _before(cue, 3) if token.lower_ in {"number", "of"}] == ["number", "of"]:
        tolls = tally(frame, cue, clause_end(frame.doc, cue.end - 1, cue.sent.end))
    else:
        tolls = _of_victims(frame, cue, partner)
    for toll in tolls:
        yield toll if partner is None or toll.low == 0 else replace(toll, low=None)


def _of_victims(frame: Frame, cue: Span, partner: Span | None) -> Iterator[Toll]:
    another = subject(cue[0]) if cue.kb_id_ == "verb" else None
    if another is not None and another.lower_ == "another" and another.head == cue[0]:
        yield make_toll(frame, cue, Harm(cue.label_), Count(another.i, another.i + 1, 1, 1), None)
        return
    first, last = sorted((cue, partner or cue), key=lambda span: span.start)
    for position in _victims(frame, first, last.end) if cue.kb_id_ == "verb" else _adjective(frame, cue):
        yield from _victim(frame, cue, Harm(cue.label_), position)


def _victims(frame: Frame, cue: Span, end: int) -> Iterator[int]:
    """Find who suffers what the verb tells: its objects behind token `end`, its subject if it is passive or takes no object."""
    chunks, token = frame.chunks, cue[0]
    if token.tag_[:2] == "VB" and is_passive(token):
        position = subject_of(token, chunks)
        yield from [] if position is None else [position]
    elif token.tag_ == "VBN" and _elliptic(frame, token):
        before = frame.chunk_at(_left_noun(frame, token))
        yield from [] if before is None else [before]
    elif token.tag_[:2] == "VB":
        limit = end if takes_no_object(token) else clause_end(frame.doc, end - 1, cue.sent.end)
        objects = list(objects_of(end, frame.doc, chunks, limit))
        position = subject_of(token, chunks) if not objects and _intransitive(cue) else None
        yield from objects if position is None else [position]
    else:
        yield from _adjective(frame, cue)


def _before(cue: Span, most: int) -> Span:
    """Return the tokens of the sentence right before a word of harm, `most` at the most."""
    return cue.doc[max(cue.sent.start, cue.start - most) : cue.start]


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
    verb = cue[0]
    return takes_no_object(verb) or verb.lower_.startswith(("flee", "fled", "sustain", "suffer", "los", "cross"))


def _noun(frame: Frame, cue: Span) -> Iterator[Toll]:
    """Read "the deaths of 21 people", "45 casualties", "the loss of 21 lives", "no casualties", "the death toll rose to 22"."""
    doc, harm = frame.doc, Harm(cue.label_)
    if _is_remembered(frame, cue.root):
        return  # "marking the death of the general"
    limit = clause_end(doc, cue.end - 1, cue.sent.end)
    for i in frame.between(cue.end, limit):
        chunk = frame.chunks[i]
        counted = chunk.preposition == "of" and chunk.start <= cue.end + 1
        if counted and count_in(frame, chunk.start, chunk.end) is not None:
            yield from _victim(frame, cue, harm, i)
            return
    position = frame.chunk_at(cue.start)
    if position is None:
        return
    start = frame.chunks[position].start
    count = count_in(frame, start, cue.end)
    if count is not None:
        yield make_toll(frame, cue, harm, count, (cue.start, cue.end))
    elif doc[start].lower_ == "no":
        yield make_toll(frame, cue, harm, Count(start, start + 1, 0, 0), (cue.start, cue.end))
    else:
        yield from tally(frame, cue, limit)


def _adjective(frame: Frame, cue: Span) -> Iterator[int]:
    """Find who is "dead", "wounded", "missing": "left at least 17 people dead", "ten are dead", "12 dead"."""
    position = frame.chunk_at(cue.start)
    if position is not None and count_in(frame, frame.chunks[position].start, cue.end) is not None:
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
    count = count_in(frame, chunk.start, counted)
    if count is not None:
        end = counted if count.end >= end else end
        if _are_things(frame, end):
            return
        yield make_toll(frame, cue, harm, count, (count.end, end) if count.end < end else None)
        yield from _included(frame, cue, harm, end)
        return
    bounds = frame.trim(chunk.start, end)
    if doc[chunk.start].lower_ == "no" and frame.is_people(*bounds):
        yield make_toll(frame, cue, harm, Count(chunk.start, chunk.start + 1, 0, 0), (chunk.start + 1, end))
        return
    if _is_one_more(doc[chunk.start : chunk.end]):
        yield make_toll(frame, cue, harm, Count(chunk.start, chunk.end, 1, 1), None)
        return
    one = doc[chunk.head].tag_ in {"NN", "NNP"} and is_one_person(frame, doc[chunk.start : end], doc[chunk.head])
    plural = doc[chunk.head].tag_ == "NNS" and doc[chunk.start].lower_ not in {"a", "an"}
    many = plural and _is_told(cue) and frame.is_people(*bounds)
    if one or many:
        number = 1 if one else None
        category = category_of(frame, *bounds)
        yield Toll(harm=harm, low=number, high=number, group=bounds, category=category, bounds=bounds, cue=cue)


def _is_one_more(phrase: Span) -> bool:
    """Tell whether a phrase counts one more: "two were killed and a third was hurt"."""
    word = phrase[-1].lower_
    return len(phrase) == 2 and phrase[0].lower_ == "a" and (word in ORDINALS or word.endswith("teenth"))


def _are_things(frame: Frame, end: int) -> bool:
    """Tell whether a phrase up to token `end` counts no people: "three vehicles were burned", "both sides report dead"."""
    head = frame.doc[end - 1]
    return head.i in frame.weapons or head.lemma_.lower() in frame.words("MovableNouns") | _SIDES


def _is_told(cue: Span) -> bool:
    """Tell whether a verb tells who was killed or injured in an event, not of what might be or of what somebody does as a rule.

    Verbs without an object name no cause: "civilians are losing their lives" need not belong to any event told.
    """
    words = {child.lower_ for child in cue[0].children} | {child.tag_ for child in cue[0].children}
    inflected = cue[0].lower_ != cue[0].lemma_
    return (
        cue.label_ in {Harm.KILLED, Harm.INJURED}
        and inflected
        and not _intransitive(cue)
        and words.isdisjoint({"if", "unless", "MD"})
    )


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
        count = count_in(frame, chunk.start, chunk.end)
        if count is None:
            return
        yield make_toll(frame, cue, harm, count, (count.end, chunk.end) if count.end < chunk.end else None)
        gap = doc[chunk.end : chunk.end + 1]
        position = (
            position + 1 if len(gap) and gap[0].lower_ in {"and", ","} and position + 1 < len(frame.chunks) else None
        )
