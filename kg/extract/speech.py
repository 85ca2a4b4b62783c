"""Reported speech: who says what about whom, in which stance."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from kg.extract.chunks import is_passive, objects_of, subject_of, verb_group
from kg.extract.frame import Bounds, Frame
from kg.records import Stance

_QUOTES = frozenset({'"', "“", "”"})
_NOMINAL = frozenset("DT PRP$ POS JJ NN NNS NNP NNPS HYPH".split())


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
        acts = (
            cue.start in frame.triggers and Stance(cue.label_) is not Stance.DEMANDS
        )  # "called for a meeting" is both
        if cue.start in taken or acts or not frame.harms.isdisjoint(range(cue.start, cue.end)):
            continue
        if cue.kb_id_ != "phrase":
            speech = _verbal(frame, cue)
        elif cue[-1].lower_ == "by" and cue[0].tag_ == "VBN":
            speech = _passive(frame, cue)
        else:
            speech = _according(frame, cue)
        if speech is not None and speech.content[0] < speech.content[1] and not frame.is_nobody(speech.source[0]):
            taken.update(range(cue.start, cue.end))
            yield speech


def _according(frame: Frame, cue: Span) -> Speech | None:
    """Read "according to X": the rest of the sentence is the content."""
    position = next((i for i in frame.between(cue.end, cue.sent.end) if frame.chunks[i].start <= cue.end + 1), None)
    if position is None or Stance(cue.label_) is not Stance.ASSERTS:
        return None
    source = frame.phrase(position)
    sentence = cue.sent
    start = _behind_verb(frame, source[1], sentence.end)
    first = cue.start - sentence.start <= 1 or start is not None
    content = frame.trim(start or source[1], _last(frame, sentence)) if first else frame.trim(sentence.start, cue.start)
    if content[1] - content[0] < 2:
        return None
    return Speech(stance=Stance(cue.label_), cue=cue, source=source, content=content, target=None)


def _behind_verb(frame: Frame, end: int, limit: int) -> int | None:
    """Return where the words begin that a source told another one, "the ministry, quoting the governor, said five died".

    The aside ends at token `end`; `None` when neither "that" nor a verb of speech follows its comma.
    """
    if end + 2 >= limit or frame.doc[end].text != ",":
        return None
    following = frame.cues.get(end + 1)
    verb = following if following is not None and following.kb_id_ == "verb" else None
    start = end + 1 if verb is None else verb.end
    if frame.doc[start].lower_ == "that":
        return start + 1
    return None if verb is None else start


def _last(frame: Frame, sentence: Span) -> int:
    end = sentence.end
    while end > sentence.start + 1 and (frame.doc[end - 1].is_space or frame.doc[end - 1].text in {".", ",", "!", "?"}):
        end -= 1
    return end


def _verbal(frame: Frame, cue: Span) -> Speech | None:
    verb = cue[0]
    if not verb.tag_.startswith(("VB", "MD")) or (
        verb.tag_ == "VB" and verb.i and frame.doc[verb.i - 1].lower_ == "to"
    ):
        return None
    if is_passive(verb):
        return _passive(frame, cue)
    stance = _stance(frame, cue)
    words = _source(frame, cue)
    if words is None:
        return None
    content = _content(frame, cue, words, stance)
    source = _meant(frame, words)
    if content is None or source is None:
        return None
    target = _target(frame, cue, stance, content)
    if target is not None and target[0] < source[1] and source[0] < target[1]:
        target = None
    return Speech(stance=stance, cue=cue, source=source, content=content, target=target)


def _passive(frame: Frame, cue: Span) -> Speech | None:
    """Read "was condemned by X" and "attacks claimed by X": what is before the verb is the content."""
    doc = frame.doc
    by = next((i for i in range(cue.start + 1, min(cue.end + 2, cue.sent.end)) if doc[i].lower_ == "by"), None)
    position = None if by is None else next(iter(frame.between(by + 1, cue.sent.end)), None)
    about = subject_of(cue[0], frame.chunks)
    if by is None or position is None or about is None or frame.chunks[position].start != by + 1:
        return None
    source, content = _full_name(frame, position), frame.phrase(about)
    stance = _claimed(frame, cue, frame.chunks[about].head)
    if not frame.is_people(*source) or content[1] > cue.start:
        return None
    target = content if stance in {Stance.ACCUSES, Stance.CONDEMNS} and frame.is_people(*content) else None
    return Speech(stance=stance, cue=cue, source=source, content=content, target=target)


def _stance(frame: Frame, cue: Span) -> Stance:
    """Return the stance of a cue; who "claimed dual attacks" takes responsibility, who "claimed that" or "to have" asserts."""
    position = next(iter(objects_of(cue.end, frame.doc, frame.chunks, cue.sent.end)), None)
    return Stance(cue.label_) if position is None else _claimed(frame, cue, frame.chunks[position].head)


def _claimed(frame: Frame, cue: Span, head: int) -> Stance:
    """Return the stance of a cue with the thing at token `head`: violence that is claimed is owned up to."""
    trigger = frame.triggers.get(head)
    known = trigger is not None and frame.is_violent(trigger.label_)
    violent = known or frame.doc[head].lemma_.lower() in frame.words("GenericAttackWords")
    follows = frame.doc[head + 1 : head + 2]
    clause = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in follows)  # "claimed the attack was staged"
    if cue[0].lemma_ == "claim" and len(cue) == 1 and violent and not clause:
        return Stance.CLAIMS_RESPONSIBILITY
    return Stance(cue.label_)


def _source(frame: Frame, cue: Span) -> Bounds | None:
    """Find who speaks: the subject, or behind the verb in "…, said X"."""
    inverted = next((i for i in frame.between(cue.end, cue.sent.end) if frame.chunks[i].start == cue.end), None)
    start, _ = verb_group(cue[0])
    before = frame.doc[start - 1] if start > cue.sent.start else None
    if (
        inverted is not None
        and (before is None or before.text in {",", *_QUOTES})
        and frame.is_people(*frame.phrase(inverted))
        and not _acts(frame, inverted)
    ):
        return _full_name(frame, inverted)
    position = subject_of(cue[0], frame.chunks)
    if position is None:
        return None
    return _full_name(frame, position)


def _acts(frame: Frame, position: int) -> bool:
    """Tell whether a verb follows the phrase at `position`: in "the ministry, …, said five people died" nobody says X."""
    _, end = frame.phrase(position)
    return end < len(frame.doc) and frame.doc[end].tag_ in {"VBD", "VBZ", "VBP", "MD"}


def _meant(frame: Frame, words: Bounds) -> Bounds | None:
    """Return whom the words for a speaker mean, `None` if they are no people: "he" is the person named last."""
    bounds = words
    if frame.doc[words[0]].lower_ in {"he", "she"}:
        bounds = frame.last_person(words[0]) or words
    return bounds if frame.is_people(*bounds) and frame.triggers.keys().isdisjoint(range(*bounds)) else None


def _full_name(frame: Frame, position: int) -> Bounds:
    """Return the speaker with a place or a body right behind ("Authorities in Russia", "a spokesman for the army")."""
    start, end = frame.phrase(position)
    following = frame.chunks[position + 1] if position + 1 < len(frame.chunks) else None
    if following is None or following.preposition not in {"in", "for"} or following.start != end + 1:
        return start, end
    if following.preposition == "for":
        spoken_for = frame.doc[frame.chunks[position].head].lower_.startswith("spokes")
        return (start, following.end) if spoken_for else (start, end)
    placed = frame.doc[following.head].ent_type_ == "Place" and not frame.doc[start:end].ents
    return (start, following.end) if placed else (start, end)


def _content(frame: Frame, cue: Span, source: Bounds, stance: Stance) -> Bounds | None:
    """Return the words said: behind the cue, or before the speaker in "…, X said"; `source` are the speaker's own words."""
    doc, sentence = frame.doc, cue.sent
    end = _last(frame, sentence)
    named = stance is Stance.CLAIMS_RESPONSIBILITY and cue[-1].pos_ == "NOUN" and cue[-1].i in frame.triggers
    start = cue.start + 1 if named else cue.end  # "claimed the attack on …": the attack is part of what is claimed
    while start < end and (
        doc[start].lower_ in {"that", "on", "of", "for"} or doc[start].text in {",", ":"} or doc[start].is_space
    ):
        start += 1
    start = _behind_time(frame, _behind_aside(frame, start, end), end)
    rest = doc[start:end]
    bare = all(token.lower_ in frame.words("TimeWords") or token.tag_ in {"IN", "DT", "RB", "PRP"} for token in rest)
    postposed = cue.start > sentence.start and (bare or source[0] >= cue.end or _tail_of_quote(frame, cue, source))
    if postposed:
        stop = min(source[0], verb_group(cue[0])[0])
        while stop > sentence.start and (doc[stop - 1].tag_ in _NOMINAL or doc[stop - 1].ent_type_ == "Person"):
            stop -= 1
        before = frame.trim(sentence.start, stop)
        if stop - sentence.start >= 3 and doc[stop - 1].text in {",", *_QUOTES, "—", "–"}:
            return before
    if end > start:
        return start, _until_next_cue(frame, start, end)
    return (cue.start + 1, cue.end) if len(cue) > 1 else None  # "deny responsibility" holds its own content


def _behind_aside(frame: Frame, start: int, end: int) -> int:
    """Return where the words begin behind another source: "reported, citing two officials, that …"."""
    aside = frame.cues.get(start)
    if aside is None or aside.kb_id_ != "phrase":
        return start
    comma = next((token.i for token in frame.doc[start:end] if token.text == ","), None)
    if comma is None or comma + 2 >= end:
        return start
    return comma + 2 if frame.doc[comma + 1].lower_ == "that" else comma + 1


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
    for other in (frame.cues[i] for i in range(start + 1, end) if i in frame.cues):
        if other.kb_id_ == "phrase" and frame.doc[other.start - 1].text == ",":
            return int(other.start) - 1
        if other[0].tag_ in {"VBZ", "VBD", "VBP"}:
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
