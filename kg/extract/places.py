"""Where an event took place, as the sentence of its trigger tells."""

from collections.abc import Iterator

from spacy.tokens import Span

from kg.extract.frame import LOCATIVE, Bounds, Frame
from kg.records import Role


def is_definite(frame: Frame, span: Span) -> bool:
    """Tell whether a trigger points back to an event already told ("the attack")."""
    position = frame.chunk_at(span.start)
    if position is None or span.kb_id_ == "verb":
        return False
    chunk = frame.chunks[position]
    return (
        frame.doc[chunk.start].lower_ in {"the", "this", "these", "that", "those", "both"}
        and chunk.end - chunk.start <= 3
    )


def find_places(frame: Frame, span: Span, window: Bounds, roles: tuple[tuple[Role, Bounds], ...]) -> Iterator[Bounds]:
    """Yield the named places of a trigger, best first: locative phrases after it, its target, locative phrases before."""
    doc = frame.doc
    names = frame.places(span.sent)
    agents = [bounds for role, bounds in roles if role is Role.PERPETRATOR]
    targets = [bounds for role, bounds in roles if role is Role.TARGET]

    def free(ent: Span) -> bool:
        return not any(start <= ent.start and ent.end <= end for start, end in agents)

    def locative(ent: Span) -> bool:
        position = frame.chunk_at(ent.start)
        if position is None:
            return False
        chunk = frame.chunks[position]
        if chunk.preposition in LOCATIVE:
            return True
        before = doc[ent.start - 1] if ent.start > span.sent.start else None
        linked = (
            chunk.preposition == "of"
            and before is not None
            and position > 0
            and frame.chunks[position - 1].preposition in LOCATIVE
        )
        return linked or (
            before is not None and before.text == "," and ent.start > 1 and doc[ent.start - 2].ent_type_ == "Place"
        )

    after = [ent for ent in names if ent.start >= span.start and ent.start < window[1] and free(ent) and locative(ent)]
    aimed = [ent for ent in names if any(start <= ent.start and ent.end <= end for start, end in targets)]
    late = [ent for ent in names if ent.start >= window[1] and locative(ent) and free(ent)]
    before = [ent for ent in names if ent.end <= span.start and locative(ent) and free(ent)]
    other = next((i for i in range(span.end, window[1]) if i in frame.triggers and doc[i].pos_ == "NOUN"), window[1])
    after = [ent for ent in after if ent.start < other] or ([] if is_definite(frame, span) else after)
    ordered = [*aimed, *after] if is_definite(frame, span) else [*aimed, *after, *reversed(before), *late]
    if not ordered or any(token.lower_ == "its" for token in span):
        yield from _meant_place(frame, span, window)
    for ent in dict.fromkeys(ordered):
        yield ent.start, ent.end


def _meant_place(frame: Frame, span: Span, window: Bounds) -> Iterator[Bounds]:
    """Resolve "in the city" to the place named last before it, "its airspace" to the place named in the sentence."""
    if any(token.lower_ == "its" for token in frame.doc[span.start : span.end + 2]):
        owner = next((ent for ent in frame.places(span.sent) if ent.end <= span.start), None)
        if owner is not None:
            yield owner.start, owner.end
            return
    for position in frame.between(*window):
        chunk = frame.chunks[position]
        the_place = frame.doc[chunk.start].lower_ == "the" and frame.doc[chunk.head].lower_ in frame.words("PlaceHeads")
        of_phrase = position > 0 and chunk.preposition == "of" and frame.chunks[position - 1].preposition in LOCATIVE
        if the_place and chunk.end - chunk.start <= 3 and (chunk.preposition in LOCATIVE or of_phrase):
            yield from frame.last_place(chunk.start, span.sent.start)
            return
