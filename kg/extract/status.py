"""How real an event is, by tense, modality and negation around its trigger."""

from spacy.tokens import Span, Token

from kg.extract.chunks import verb_group
from kg.extract.frame import Frame
from kg.extract.verbs import governing_verb
from kg.records import Status


def find_status(frame: Frame, span: Span, verb: Token | None) -> Status:
    """Return the status of the event that `span` names; `verb` is the trigger's, `None` for a noun."""
    doc, sentence = frame.doc, span.sent
    start = verb_group(verb)[0] if verb is not None else span.start
    position = frame.chunk_at(span.start) if verb is None else None
    if position is not None:
        governor = governing_verb(frame, position)
        start = verb_group(governor)[0] if governor is not None else frame.chunks[position].start
    group = [token.lower_ for token in doc[start : span.end]]
    before = [token.lower_ for token in doc[max(sentence.start, start - 4) : start]]
    near = " ".join(["", *before, *group, ""])
    if any(word in frame.words("ThreatWords") for word in [*before, *group]):
        return Status.THREATENED
    if any(word in {"could", "might", "may", "would", "if"} for word in [*before[-2:], *group]):
        return Status.HYPOTHETICAL
    if any(f" {phrase} " in near for phrase in frame.words("PlannedWords")) or "will" in group:
        return Status.PLANNED
    if any(word in {"not", "n't", "never", "no"} for word in [*before[-1:], *group]) and verb is not None:
        return Status.DENIED
    progressive = verb is not None and verb.tag_ == "VBG" and any(word in {"is", "are", "'re", "'s"} for word in group)
    going = any(
        word.startswith("continu") or word in {"ongoing", "underway", "begin", "begins", "begun", "continuing"}
        for word in [*group, *before[-2:]]
    )
    after = [token.lower_ for token in doc[span.end : min(span.end + 4, sentence.end)]]
    if progressive or going or any(word in {"continue", "continues", "continued", "underway"} for word in after):
        return Status.ONGOING
    return Status.OCCURRED
