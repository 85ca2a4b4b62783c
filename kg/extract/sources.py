"""Who speaks: the subject of a verb of speech, or the name behind it in "…, said X"."""

from kg.extract.antecedents import antecedent
from kg.extract.chunks import subject_of, verb_group
from kg.extract.contents import QUOTES
from kg.extract.frame import Bounds, Frame
from kg.extract.tokens import Span


def find_source(frame: Frame, cue: Span) -> Bounds | None:
    """Find who speaks: the subject, or behind the verb in "…, said X"."""
    inverted = next((i for i in frame.between(cue.end, cue.sent.end) if frame.chunks[i].start == cue.end), None)
    start, _ = verb_group(cue[0])
    before = frame.doc[start - 1] if start > cue.sent.start else None
    addresses = cue[0].lemma_.lower() in frame.words("AddressingVerbs")  # "told the agency"
    if (
        inverted is not None
        and not addresses
        and cue[0].tag_ != "VBG"  # "denied it, saying its forces …"
        and start == cue.start
        and (before is None or before.text in {",", *QUOTES})
        and frame.is_people(*frame.phrase(inverted))
        and not acts(frame, inverted)
    ):
        return full_name(frame, _person_behind(frame, inverted))
    beside = _between_commas(frame, start, cue)
    if beside is not None:
        return full_name(frame, beside)
    position = subject_of(cue[0], frame.chunks)
    if position is None:
        return None
    return full_name(frame, position)


def _person_behind(frame: Frame, position: int) -> int:
    """Return the position of the name in apposition: "said the minister, Khalid Aleisir"."""
    _, end = frame.phrase(position)
    following = position + 1
    if following >= len(frame.chunks) or frame.doc[end].text != "," or frame.chunks[following].start != end + 1:
        return position
    return following if frame.doc[frame.chunks[following].head].ent_type_ == "Person" else position


def _between_commas(frame: Frame, start: int, cue: Span) -> int | None:
    """Return the position of a speaker named between commas, or at the end: "shells hit the market, medics said, killing two"."""
    doc = frame.doc
    behind = doc[cue.end].text if cue.end < cue.sent.end else "."
    position = frame.chunk_at(start - 1) if start > cue.sent.start and behind in {",", "."} else None
    if position is None or frame.chunks[position].end != start:
        return None
    first = frame.chunks[position].start
    apart = first > cue.sent.start + 1 and doc[first - 1].text in {",", *QUOTES}
    return position if apart and frame.is_people(*frame.phrase(position)) and not _opens(frame, cue, first) else None


def _opens(frame: Frame, cue: Span, first: int) -> bool:
    """Tell whether what stands before a speaker may be an apposition to the subject: no verb is told there."""
    return all(token.tag_ not in {"VBD", "VBZ", "VBP", "MD", "VBN"} for token in frame.doc[cue.sent.start : first])


def acts(frame: Frame, position: int) -> bool:
    """Tell whether a verb follows the phrase at `position`: in "the ministry, …, said five people died" nobody says X."""
    _, end = frame.phrase(position)
    return end < len(frame.doc) and frame.doc[end].tag_ in {"VBD", "VBZ", "VBP", "MD"}


def meant(frame: Frame, words: Bounds) -> Bounds | None:
    """Return whom the words for a speaker mean, `None` if they are no people: "he" is the person named last, "it" who acts before."""
    bounds = words
    if frame.doc[words[0]].lower_ in {"he", "she", "it", "they"}:
        bounds = antecedent(frame, words[0]) or words
    return bounds if frame.is_people(*bounds) and frame.triggers.keys().isdisjoint(range(*bounds)) else None


def full_name(frame: Frame, position: int) -> Bounds:
    """Return the speaker with a place or a body right behind ("Authorities in Russia", "a spokesman for the army").

    What an office is for is no part of a name: "Minister for the Middle East Ann Roe".
    """
    start, end = frame.phrase(position)
    head = frame.head(start, end)
    while start < end - 1 and frame.doc[start].lower_ in frame.words("TimeWords"):
        start += 1  # "Speaking today Mr Hale said"
    if frame.chunks[position].preposition in {"of", "for"} and head.ent_type_ == "Person":
        start = max(start, frame.ents[head.i].start)
    following = frame.chunks[position + 1] if position + 1 < len(frame.chunks) else None
    if following is None or following.preposition not in {"in", "for"} or following.start != end + 1:
        return start, end
    if following.preposition == "for":
        spoken_for = frame.doc[frame.chunks[position].head].lower_.startswith("spokes")
        return (start, following.end) if spoken_for else (start, end)
    placed = frame.doc[following.head].ent_type_ == "Place" and not frame.doc[start:end].ents
    return (start, following.end) if placed else (start, end)
