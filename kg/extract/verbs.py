"""The verb of a trigger, and the one that a nominal trigger depends on."""

from spacy.tokens import Span, Token

from kg.extract.chunks import is_passive
from kg.extract.frame import Frame


def verb_of(span: Span) -> Token | None:
    """Return the verb that a trigger begins with, `None` for a noun."""
    token = span[0]
    return token if span.kb_id_ == "verb" and token.tag_[:2] == "VB" else None


def governing_verb(frame: Frame, position: int) -> Token | None:
    """Return the active verb right before the noun phrase at `position`: "launched" of "launched an attack"."""
    chunk = frame.chunks[position]
    index = chunk.start - 1
    sentence = frame.doc[chunk.start].sent
    if index >= sentence.start and frame.doc[index].tag_ == "RP":
        index -= 1
    token = frame.doc[index] if index >= sentence.start else None
    return (
        token
        if token is not None and token.tag_[:2] == "VB" and not is_passive(token) and token.pos_ != "AUX"
        else None
    )
