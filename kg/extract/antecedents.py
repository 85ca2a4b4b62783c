"""Whom a pronoun means: "they", "its forces", "he"."""

from kg.extract.frame import Bounds, Frame

_SINGULAR_PERSON = frozenset({"he", "she", "him", "his", "her"})


def antecedent(frame: Frame, index: int) -> Bounds | None:
    """Return the phrase that the pronoun at token `index` stands for, `None` when nobody is named before it.

    "He" and "she" mean the person named last; other pronouns mean the first actor of the sentence that is no part of
    another phrase, else who has something in it, "the regime's attacks and its siege", else the same of the sentence before.
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
        owners: list[Bounds] = []
        for position in frame.between(start, end):
            chunk = frame.chunks[position]
            bounds = frame.phrase(position)
            listed = chunk.start > start and doc[chunk.start - 1].tag_ == "CC"
            free = chunk.preposition is None and not listed and doc[chunk.head].tag_ != "PRP"
            if free and frame.is_people(*bounds):
                return bounds
            owners += _owner(frame, *bounds)
        if owners:
            return owners[0]
    return None


def _owner(frame: Frame, start: int, end: int) -> list[Bounds]:
    """Return who has what a phrase names: "the regime" in "the regime's attacks"."""
    stop = next((i for i in range(start + 1, end) if frame.doc[i].tag_ == "POS"), start)
    return [(start, stop)] if stop > start and frame.is_people(start, stop) else []
