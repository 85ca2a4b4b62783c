"""Whom a pronoun means: "they", "its forces", "he"."""

from kg.extract.chunks import subject_of
from kg.extract.frame import Bounds, Frame

_NEAR = 6
"""Within so many words behind a verb of speech "it" is the speaker: "said in a statement on Monday it"."""
_SINGULAR_PERSON = frozenset({"he", "she", "him", "his", "her"})


def antecedent(frame: Frame, index: int) -> Bounds | None:
    """Return the phrase that the pronoun at token `index` stands for, `None` when nobody is named before it.

    "He" and "she" mean the person named last; other pronouns mean the first actor of the sentence that is no part of
    another phrase, else who has something in it, "the regime's attacks and its siege", else the same of the sentence before.
    """
    doc = frame.doc
    sentence = doc[index].sent
    if doc[index].lower_ in _SINGULAR_PERSON:
        return _unnamed(frame, index, sentence.start) or frame.last_person(index)
    speaker = _speaker(frame, index, sentence.start)
    if speaker is not None:
        return speaker
    spans = [(sentence.start, index)]
    if sentence.start:
        before = doc[sentence.start - 1].sent
        spans.append((before.start, before.end))
    for start, end in spans:
        owners: list[Bounds] = []
        for position in frame.between(start, end):
            chunk = frame.chunks[position]
            bounds = frame.phrase(position)
            listed = chunk.start > start and doc[chunk.start - 1].tag_ == "CC"
            free = chunk.preposition is None and not listed and doc[chunk.head].tag_ != "PRP"
            if free and frame.is_people(*bounds) and not (frame.is_dateline(*bounds) or _is_person(frame, bounds)):
                return bounds
            owners += _owner(frame, *bounds)
        if owners:
            return owners[0]
    return None


def _unnamed(frame: Frame, index: int, start: int) -> Bounds | None:
    """Return who speaks, without a name, in the sentence before a pronoun that nobody is named behind: "said a guard … He"."""
    before = frame.doc[start - 1].sent if start else None
    named = frame.last_person(index)
    if before is None or (named is not None and named[0] >= before.start):
        return None
    verbs = (frame.doc[i] for i in range(before.start, before.end) if i in frame.cue_tokens)
    subjects = (child.i for verb in verbs for child in verb.children if child.dep_ == "nsubj")
    positions = (position for i in subjects if (position := frame.chunk_at(i)) is not None)
    phrases = (frame.phrase(position) for position in positions)
    return next((bounds for bounds in phrases if _is_person(frame, bounds)), None)


def _speaker(frame: Frame, index: int, start: int) -> Bounds | None:
    """Return who speaks right before a pronoun: the army in "the army said on Monday it had shelled the town"."""
    verb = next((i for i in range(index - 1, max(start, index - _NEAR) - 1, -1) if i in frame.cue_tokens), None)
    if verb is None or frame.cues[verb].kb_id_ != "verb":
        return None
    position = subject_of(frame.doc[verb], frame.chunks)
    bounds = None if position is None or frame.chunks[position].start >= verb else frame.phrase(position)
    if bounds is None or not frame.is_people(*bounds) or frame.doc[bounds[0]].tag_ == "PRP":
        return None
    return None if _is_person(frame, bounds) else bounds


def _is_person(frame: Frame, bounds: Bounds) -> bool:
    """Tell one person from people and bodies, whom "it" and "they" mean: "a source said they had shelled the port"."""
    head = frame.head(*bounds)
    known = head.lower_ in frame.words("PersonNouns") | frame.words("PersonTitles")
    return head.ent_type_ == "Person" or (known and head.tag_ == "NN")


def _owner(frame: Frame, start: int, end: int) -> list[Bounds]:
    """Return who has what a phrase names: "the regime" in "the regime's attacks"."""
    stop = next((i for i in range(start + 1, end) if frame.doc[i].tag_ == "POS"), start)
    return [(start, stop)] if stop > start and frame.is_people(start, stop) else []
