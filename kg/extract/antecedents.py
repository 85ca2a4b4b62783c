"""Whom a pronoun means: "they", "its forces", "he"."""

from kg.extract.frame import Bounds, Frame

_SINGULAR_PERSON = frozenset({"he", "she", "him", "his", "her"})


def antecedent(frame: Frame, index: int) -> Bounds | None:
    """Return the phrase that the pronoun at token `index` stands for, `None` when nobody is named before it.

    "He" and "she" mean the person named last; other pronouns mean the first actor of the sentence that is no part of
    another phrase, else the first one of the sentence before.
    """
    doc = frame.doc
    if doc[index].lower_ in _SINGULAR_PERSON:
        return frame.last_person(index)
    sentence = doc[index].sent
    spans = [(sentence.start, index)]
    if sentence.start:
        before = doc[sentence.start - 1].sent
        spans.append((before.start, before.end))
    for start, end in spans:
        for position in frame.between(start, end):
            chunk = frame.chunks[position]
            bounds = frame.phrase(position)
            if chunk.preposition is None and doc[chunk.head].tag_ != "PRP" and frame.is_people(*bounds):
                return bounds
    return None
