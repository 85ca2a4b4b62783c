"""Reported speech: who says what about whom, in which stance."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.chunks import is_passive, objects_of, subject_of, verb_group
from kg.extract.contents import answered, find_content, last_word
from kg.extract.frame import Bounds, Frame
from kg.extract.sources import acts, find_source, full_name, meant
from kg.extract.stances import claimed, find_stance, weighed
from kg.extract.tokens import Span
from kg.records import Stance

_SHOWING = frozenset({"underscore", "underline", "highlight", "reflect"})
_THINGS = frozenset({"it", "this", "that", "which"})
_NEAR = 4
"""Within so many words of where it begins a sentence tells what its source said: "that he had rejected"."""


@dataclass(frozen=True, kw_only=True)
class Speech:
    """A cue with its source, content and accused; bounds are token offsets."""

    stance: Stance
    cue: Span
    source: Bounds
    content: Bounds
    target: Bounds | None


def find_speech(frame: Frame) -> Iterator[Speech]:
    """Yield the speech that words of speech introduce, in text order.

    Who says that he denied something denies it: that is one claim.
    """
    taken: set[int] = set()
    last: Speech | None = None
    for cue in sorted(frame.doc.spans["cue_words"], key=lambda span: span.start):
        deed = (
            cue.start in frame.triggers and Stance(cue.label_) is not Stance.DEMANDS
        )  # "called for a meeting" is both
        if cue.start in taken or deed or not frame.harms.isdisjoint(range(cue.start, cue.end)):
            continue
        speech = _answer(frame, cue, last) or _read(frame, cue)
        if speech is not None and speech.content[0] < speech.content[1] and not frame.is_nobody(speech.source[0]):
            taken.update(range(cue.start, cue.end))
            if last is not None and _goes_on(frame, speech, last):
                speech = replace(speech, source=last.source)
            if last is not None and _is_own(speech, last):
                last = replace(last, stance=speech.stance, target=speech.target)
                continue
            if last is not None:
                yield last
            last = speech
    if last is not None:
        yield last


def _goes_on(frame: Frame, speech: Speech, last: Speech) -> bool:
    """Tell whether the same source goes on: in "the army claimed its troops held the town and said …" no troops speak."""
    before = verb_group(speech.cue[0])[0] - 1
    joined = before > last.content[0] and frame.doc[before].tag_ == "CC" and frame.doc[before - 1].text != ","
    return joined and last.cue.end <= speech.source[0] < before and last.cue.sent.start == speech.cue.sent.start


def _is_own(speech: Speech, around: Speech) -> bool:
    """Tell whether a source only tells of what it said itself: "the minister said he had rejected the request"."""
    first = around.content[0]
    near = around.cue.end <= first <= speech.cue.start < min(first + _NEAR, around.content[1])
    same = speech.source[0] < around.source[1] and around.source[0] < speech.source[1]
    return near and same and around.stance is Stance.ASSERTS


def _read(frame: Frame, cue: Span) -> Speech | None:
    if cue.kb_id_ != "phrase":
        return _verbal(frame, cue)
    return _passive(frame, cue) if cue[-1].lower_ == "by" and cue[0].tag_ == "VBN" else _according(frame, cue)


def _answer(frame: Frame, cue: Span, last: Speech | None) -> Speech | None:
    """Read ", which Israel denied" behind the words that are denied."""
    answer = answered(frame, cue)
    if last is None or answer is None or last.content[1] != answer[0]:
        return None
    return Speech(stance=Stance(cue.label_), cue=cue, source=answer[1], content=last.content, target=None)


def _according(frame: Frame, cue: Span) -> Speech | None:
    """Read "according to X": the rest of the sentence is the content."""
    position = next((i for i in frame.between(cue.end, cue.sent.end) if frame.chunks[i].start <= cue.end + 1), None)
    if position is None or Stance(cue.label_) is not Stance.ASSERTS:
        return None
    source = _author(frame, position)
    sentence = cue.sent
    start = _behind_verb(frame, source[1], sentence.end)
    first = cue.start - sentence.start <= 1 or start is not None
    content = (
        frame.trim(start or source[1], last_word(frame, sentence)) if first else frame.trim(sentence.start, cue.start)
    )
    if content[1] - content[0] < 2:
        return None
    return Speech(stance=Stance(cue.label_), cue=cue, source=source, content=content, target=None)


def _author(frame: Frame, position: int) -> Bounds:
    """Return whose words are told, where a text is named: "according to a statement by the group"."""
    following = frame.chunks[position + 1] if position + 1 < len(frame.chunks) else None
    text = frame.doc[frame.chunks[position].head].lower_ in frame.words("MediumWords")
    if text and following is not None and following.preposition in {"by", "from"}:
        written = following.start == frame.chunks[position].end + 1 and frame.is_people(*frame.phrase(position + 1))
        return frame.phrase(position + 1) if written else frame.phrase(position)
    return frame.phrase(position)


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


def _verbal(frame: Frame, cue: Span) -> Speech | None:
    verb = cue[0]
    if not _tells(frame, cue):
        return None
    listens = verb.lemma_.lower() in frame.words("AddressingVerbs") and verb.nbor(-1).pos_ != "AUX" if verb.i else False
    if is_passive(verb) and not listens:  # "told the agency by phone"
        return _passive(frame, cue)
    stance = find_stance(frame, cue)
    words = find_source(frame, cue)
    if words is None:
        return None
    content = find_content(frame, cue, words, stance)
    source = meant(frame, words)
    if content is None or source is None:
        return None
    stance = weighed(frame, cue, stance, source, content)
    target = _user(frame, _target(frame, cue, stance, content))
    if target is not None and target[0] < source[1] and source[0] < target[1]:
        target = None
    return Speech(stance=stance, cue=cue, source=source, content=content, target=target)


def _tells(frame: Frame, cue: Span) -> bool:
    """Tell whether a verb introduces what somebody says."""
    verb = cue[0]
    if not verb.tag_.startswith(("VB", "MD")):
        return False
    if verb.tag_ == "VB" and verb.i and frame.doc[verb.i - 1].lower_ == "to":
        return False
    if verb.tag_ == "VBN" and verb.i > cue.sent.start and verb.nbor(-1).tag_ in {"DT", "PRP$", "POS"}:
        return False  # "with the stated purpose"
    if is_passive(verb):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and cue.end < cue.sent.end and frame.doc[cue.end].lower_ == "of":
        return False  # "a minister accused of a mutiny", misread
    negated = any(child.lower_ in {"not", "n't", "n’t"} for child in verb.children)
    if negated and cue.label_ == Stance.ASSERTS:
        return False  # "did not comment on the strikes"
    if verb.lemma_ == "ask" and frame.doc[cue.end : cue.end + 3].text.lower() == "not to be":
        return False  # "who asked not to be named"
    counts = cue.end + 1 in frame.harms and frame.doc[cue.end].tag_ == "PRP$"  # "counts its dead"
    keeps = verb.lemma_ == "deny" and any(child.dep_ == "iobj" for child in verb.children)  # "deny them a haven"
    shows = verb.lemma_ in _SHOWING and any(child.lower_ in _THINGS for child in verb.children)  # "it underscores"
    things = verb.lemma_.lower() in frame.words("ClauseVerbs") and _takes_thing(frame, cue)
    return not (counts or keeps or shows or things)


def _takes_thing(frame: Frame, cue: Span) -> bool:
    """Tell whether a verb has a mere thing as its object: "maintained their positions", not "maintained the town was theirs"."""
    if cue.end < cue.sent.end and frame.doc[cue.end].lower_ in {"to", "with"}:
        return True  # "will respond to every strike", "responds with air strikes"
    position = next(iter(objects_of(cue.end, frame.doc, frame.chunks, cue.sent.end)), None)
    return position is not None and not acts(frame, position)


def _passive(frame: Frame, cue: Span) -> Speech | None:
    """Read "was condemned by X" and "attacks claimed by X": what is before the verb is the content."""
    doc = frame.doc
    by = next((i for i in range(cue.start + 1, min(cue.end + 2, cue.sent.end)) if doc[i].lower_ == "by"), None)
    position = None if by is None else next(iter(frame.between(by + 1, cue.sent.end)), None)
    about = subject_of(cue[0], frame.chunks)
    if by is None or position is None or about is None or frame.chunks[position].start != by + 1:
        return None
    source, content = full_name(frame, position), frame.phrase(about)
    stance = claimed(frame, cue, frame.chunks[about].head)
    if not frame.is_people(*source) or content[1] > cue.start:
        return None
    target = content if stance in {Stance.ACCUSES, Stance.CONDEMNS} and frame.is_people(*content) else None
    return Speech(stance=stance, cue=cue, source=source, content=content, target=target)


def _user(frame: Frame, target: Bounds | None) -> Bounds | None:
    """Return who uses the weapon that is accused, "accused warplanes of the coalition", other words as they are."""
    if target is None or frame.head(*target).i not in frame.weapons:
        return target
    after = next((i for i in frame.between(target[1], target[1] + 2) if frame.chunks[i].preposition == "of"), None)
    inside = next((i for i in frame.between(*target) if frame.chunks[i].preposition == "of"), None)
    owner = inside if inside is not None else after
    return None if owner is None else frame.phrase(owner)


def _target(frame: Frame, cue: Span, stance: Stance, content: Bounds) -> Bounds | None:
    """Find the actor accused, condemned or urged: the object of the cue, or the subject of an accusation."""
    if stance not in {Stance.ACCUSES, Stance.CONDEMNS, Stance.DEMANDS, Stance.THREATENS}:
        return None
    objects = list(objects_of(cue.end, frame.doc, frame.chunks, cue.sent.end))
    if objects and frame.is_people(*frame.phrase(objects[0])):
        last = objects[-1] if all(frame.is_people(*frame.phrase(i)) for i in objects) else objects[0]
        return frame.trim(frame.chunks[objects[0]].start, frame.phrase(last)[1])
    if stance is Stance.ACCUSES:
        phrases = frame.between(*content)
        inside = next(iter(phrases), None)
        on_phrase = next((i for i in phrases if frame.chunks[i].preposition in {"on", "for"}), None)
        for position in (inside, on_phrase):
            if position is not None and frame.is_people(*frame.phrase(position)):
                return frame.phrase(position)
    return None
