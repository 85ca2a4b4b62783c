"""With what an attack is made: the weapons of a trigger's clause."""

from collections.abc import Iterator

from kg.extract.chunks import verb_group
from kg.extract.frame import Bounds, Frame
from kg.extract.tokens import Span
from kg.extract.verbs import verb_of


def wields(frame: Frame, span: Span) -> bool:
    """Tell verbs whose object is the weapon, "fired rockets", from those whose object is hit, "destroyed three tanks"."""
    own = any(token.i in frame.weapons for token in span)
    return own or (span.kb_id_ == "verb" and len(span) == 1 and span[0].lemma_.lower() in frame.words("WeaponVerbs"))


def own_tokens(frame: Frame, span: Span, window: Bounds) -> Iterator[int]:
    """Yield the tokens of a clause that tell of its weapons, without those of another verb.

    These are what comes between a subject and the second of its verbs, "shot down a drone and destroyed tanks", and what
    is said of a noun, "the strikes hit three mortars", but "the strikes involved drones".
    """
    doc, verb = frame.tokens, verb_of(span)
    breaks = [i for i in range(*window) if doc[i].text == ";"]  # "fire rockets; one is intercepted by the Iron Dome"
    window = (
        max((i + 1 for i in breaks if i < span.start), default=window[0]),
        min((i for i in breaks if i >= span.end), default=window[1]),
    )
    finite = [i for i in range(*window) if doc[i].tag_ in {"VBZ", "VBD", "VBP"}]
    if verb is None:
        other = next(
            (i for i in finite if i >= span.end and doc[i].lemma_.lower() not in frame.words("WeaponVerbs")), None
        )
        yield from range(window[0], window[1] if other is None else other)
        return
    start = verb_group(verb)[0]
    finite += [verb.head.i] if verb.dep_ == "conj" else []
    other = next((i for i in sorted(finite) if i < start and doc[i].lemma_.lower() not in {"be", "have", "do"}), start)
    joined = (
        i for i in range(span.end, window[1]) if i in frame.triggers and doc[i].head == verb and doc[i].dep_ == "conj"
    )
    end = next(joined, window[1])  # "destroyed vehicles and shot down a drone"
    yield from (i for i in range(window[0], end) if i < other or i >= start)


def find_weapons(frame: Frame, span: Span, window: Bounds) -> Iterator[Bounds]:
    """Yield the weapons of the trigger's clause; a modifier of another noun ("car bomb attack") counts as well."""
    seen: set[int] = set()
    for index in own_tokens(frame, span, window):
        weapon = frame.weapons.get(index)
        if weapon is None or weapon.start in seen:
            continue
        seen.add(weapon.start)
        position = frame.chunk_at(weapon.start)
        if is_of_other(frame, span, weapon.start):
            continue
        start, end = weapon.start, weapon.end
        if position is not None:
            chunk = frame.chunks[position]
            inside = range(chunk.start, chunk.end)
            if span.start not in inside:
                end = max(end, chunk.head + 1) if chunk.head in frame.weapons else end
            while (
                start > chunk.start
                and frame.doc[start - 1].tag_ in {"JJ", "NN", "NNP", "HYPH", "VBN"}
                and (start - 1 not in frame.demonyms or frame.doc[start].text == "-")
                and (
                    start - 1 not in frame.triggers
                    and (frame.doc[start - 1].tag_ != "JJ" or "-" in frame.doc[start - 1 : start + 1].text)
                )
            ):
                start -= 1
        yield frame.trim(start, end)


def is_of_other(frame: Frame, span: Span, index: int) -> bool:
    """Tell whether the weapon at token `index` is that of another event: "air strikes in retaliation for a drone attack".

    Nor is what is taken a means: "overran the base, seizing artillery".
    """
    word = frame.doc[index]
    if word.dep_ == "obj" and word.head.lemma_.lower() in frame.words("TakingVerbs"):
        return True
    position = frame.chunk_at(index)
    head = index if position is None else frame.chunks[position].head
    other = frame.triggers.get(head)
    return other is not None and other.start != span.start and other.kb_id_ == "noun" and head not in frame.weapons


def is_means(frame: Frame, span: Span, start: int) -> bool:
    """Tell with what something was shot down: "intercepted by the Iron Dome", "air defences shot down a drone"."""
    position = frame.chunk_at(start)
    if position is None:
        return False
    chunk = frame.chunks[position]
    return chunk.preposition in {"by", "with"} or (chunk.end <= span.start and chunk.preposition is None)
