"""Reported speech: who says what about whom, in which stance."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from kg.extract.chunks import is_passive, objects_of, subject_of, verb_group
from kg.extract.frame import Bounds, Frame
from kg.records import Stance

_QUOTES = frozenset({'"', "“", "”"})
_OBJECT_STANCES = frozenset(
    {Stance.ACCUSES, Stance.CONDEMNS, Stance.DEMANDS, Stance.DENIES, Stance.CLAIMS_RESPONSIBILITY, Stance.DOUBTS}
)


@dataclass(frozen=True, kw_only=True)
class Speech:
    """A cue with its source, content and accused; bounds are token offsets."""

    stance: Stance
    cue: Span
    source: Bounds
    content: Bounds
    target: Bounds | None


def find_speech(frame: Frame) -> Iterator[Speech]:
    """Yield reported speech in text order."""
    taken: set[int] = set()
    for cue in sorted(frame.doc.spans["cue_words"], key=lambda span: span.start):
        if cue.start in taken or cue.start in frame.triggers or not frame.harms.isdisjoint(range(cue.start, cue.end)):
            continue
        speech = _according(frame, cue) if cue.kb_id_ == "phrase" else _verbal(frame, cue)
        if speech is not None and speech.content[0] < speech.content[1]:
            taken.update(range(cue.start, cue.end))
            yield speech


def _according(frame: Frame, cue: Span) -> Speech | None:
    """Read "according to X": the rest of the sentence is the content."""
    position = next((i for i in frame.between(cue.end, cue.sent.end) if frame.chunks[i].start <= cue.end + 1), None)
    if position is None or Stance(cue.label_) is not Stance.ASSERTS:
        return None
    source = frame.phrase(position)
    sentence = cue.sent
    first = cue.start - sentence.start <= 1
    content = frame.trim(source[1], _last(frame, sentence)) if first else frame.trim(sentence.start, cue.start)
    if content[1] - content[0] < 2:
        return None
    return Speech(stance=Stance(cue.label_), cue=cue, source=source, content=content, target=None)


def _last(frame: Frame, sentence: Span) -> int:
    end = sentence.end
    while end > sentence.start + 1 and (frame.doc[end - 1].is_space or frame.doc[end - 1].text in {".", ",", "!", "?"}):
        end -= 1
    return end


def _verbal(frame: Frame, cue: Span) -> Speech | None:
    verb = cue[0]
    if verb.tag_[:2] != "VB" or (verb.tag_ == "VB" and verb.i and frame.doc[verb.i - 1].lower_ == "to"):
        return None
    source = None if is_passive(verb) else _source(frame, cue)
    if source is None:
        return None
    stance = Stance(cue.label_)
    content = _content(frame, cue, source)
    if content is None:
        return None
    target = _target(frame, cue, stance, content)
    return Speech(stance=stance, cue=cue, source=source, content=content, target=target)


def _source(frame: Frame, cue: Span) -> Bounds | None:
    """Find who speaks: the subject, or behind the verb in "…, said X"."""
    inverted = next((i for i in frame.between(cue.end, cue.sent.end) if frame.chunks[i].start == cue.end), None)
    start, _ = verb_group(cue[0])
    before = frame.doc[start - 1] if start > cue.sent.start else None
    if (
        inverted is not None
        and (before is None or before.text in {",", *_QUOTES})
        and frame.is_people(*frame.phrase(inverted))
    ):
        return _full_name(frame, inverted)
    position = subject_of(cue[0], frame.chunks)
    if position is None:
        return None
    bounds = _full_name(frame, position)
    if frame.doc[bounds[0]].lower_ in {"he", "she"}:
        bounds = frame.last_person(bounds[0]) or bounds
    return bounds if frame.is_people(*bounds) and not (set(range(*bounds)) & set(frame.triggers)) else None


def _full_name(frame: Frame, position: int) -> Bounds:
    """Return the speaker with a place right behind ("Authorities in Russia")."""
    start, end = frame.phrase(position)
    following = frame.chunks[position + 1] if position + 1 < len(frame.chunks) else None
    if following is None or following.preposition != "in" or following.start != end + 1:
        return start, end
    placed = frame.doc[following.head].ent_type_ == "Place" and not frame.doc[start:end].ents
    return (start, following.end) if placed else (start, end)


def _content(frame: Frame, cue: Span, source: Bounds) -> Bounds | None:
    doc, sentence = frame.doc, cue.sent
    end = _last(frame, sentence)
    start = cue.end
    while start < end and (
        doc[start].lower_ in {"that", "on", "of", "for"} or doc[start].text in {",", ":"} or doc[start].is_space
    ):
        start += 1
    start = _behind_time(frame, start, end)
    rest = doc[start:end]
    bare = all(token.lower_ in frame.words("TimeWords") or token.tag_ in {"IN", "DT", "RB", "PRP"} for token in rest)
    postposed = cue.start > sentence.start and (bare or source[0] >= cue.end or _tail_of_quote(frame, cue, source))
    if postposed:
        stop = min(source[0], verb_group(cue[0])[0])
        before = frame.trim(sentence.start, stop)
        if stop - sentence.start >= 3 and doc[stop - 1].text in {",", *_QUOTES, "—", "–"}:
            return before
    if end > start:
        return start, _until_next_cue(frame, start, end)
    return (cue.start + 1, cue.end) if len(cue) > 1 else None  # "deny responsibility" holds its own content


def _behind_time(frame: Frame, start: int, end: int) -> int:
    """Return where the words begin behind a time and "that": "said on Monday that …"."""
    times = frame.words("TimeWords")
    for index in range(start, min(end - 1, start + 5)):
        token = frame.doc[index]
        if token.lower_ == "that":
            return index + 1
        if token.lower_ not in times and token.tag_ not in {"IN", "DT", "CD", "NNP", "JJ"}:
            break
    return start


def _tail_of_quote(frame: Frame, cue: Span, source: Bounds) -> bool:
    first = min(source[0], verb_group(cue[0])[0])
    return (
        first - cue.sent.start >= 4
        and frame.doc[first - 1].text in {",", *_QUOTES}
        and any(token.text in _QUOTES for token in frame.doc[cue.sent.start : first])
    )


def _until_next_cue(frame: Frame, start: int, end: int) -> int:
    """Stop the content where the same speaker goes on with another cue ("…, and says that …")."""
    for token in frame.doc[start + 1 : end]:
        if token.lower_ in {"while", "whereas"} and token.nbor(-1).text == ",":
            end = token.i - 1
            break
    for other in frame.doc.spans["cue_words"]:
        if other.kb_id_ == "phrase" and start < other.start < end and frame.doc[other.start - 1].text == ",":
            return int(other.start) - 1
        if other.start > start and other.start < end and other[0].tag_ in {"VBZ", "VBD", "VBP"}:
            before = other.start - 1
            while before > start and frame.doc[before].tag_ == "RB":
                before -= 1
            if frame.doc[before].tag_ == "CC":
                return frame.trim(start, before)[1]
    return end


def _target(frame: Frame, cue: Span, stance: Stance, content: Bounds) -> Bounds | None:
    """Find the actor accused, condemned or urged: the object of the cue, or the subject of an accusation."""
    if stance not in {Stance.ACCUSES, Stance.CONDEMNS, Stance.DEMANDS, Stance.THREATENS}:
        return None
    objects = list(objects_of(cue.end, frame.doc, frame.chunks, cue.sent.end))
    if objects and frame.is_people(*frame.phrase(objects[0])):
        last = objects[-1] if all(frame.is_people(*frame.phrase(i)) for i in objects) else objects[0]
        return frame.trim(frame.chunks[objects[0]].start, frame.chunks[last].end)
    if stance is Stance.ACCUSES:
        phrases = frame.between(*content)
        inside = next(iter(phrases), None)
        on_phrase = next((i for i in phrases if frame.chunks[i].preposition in {"on", "for"}), None)
        for position in (inside, on_phrase):
            if position is not None and frame.is_people(*frame.phrase(position)):
                return frame.phrase(position)
    return None
