"""The verb of a trigger, and the one that a nominal trigger depends on."""

from kg.extract.chunks import is_passive
from kg.extract.frame import Frame
from kg.extract.tokens import Span, Token

_NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "nmod"})
_WITHOUT_OBJECT = ("die", "dying", "perish", "vanish", "disappear")
_ANSWERING = frozenset({"respond", "retaliate", "reply", "answer"})


def takes_no_object(verb: Token) -> bool:
    """Tell verbs whose subject suffers what they tell and that have no object: "died"."""
    return verb.lower_.startswith(_WITHOUT_OBJECT)


def verb_of(span: Span) -> Token | None:
    """Return the verb that a trigger begins with, `None` for a noun, also one in -ing: "that shelling killed two"."""
    token = span[0]
    noun = _is_gerund(token) or _has_article(token) or _has_preposition(token)
    return token if span.kb_id_ == "verb" and token.tag_[:2] == "VB" and not noun else None


def _has_article(token: Token) -> bool:
    """Tell a noun that the tagger takes for a verb: "called the strike a violation"."""
    return (
        token.tag_ in {"VB", "VBP", "VBD", "VBZ"}
        and not token.is_sent_start
        and token.nbor(-1).lower_ in {"the", "a", "an"}
    )


def _has_preposition(token: Token) -> bool:
    """Tell a noun that the tagger takes for a verb: "killed 32 people in twin attacks"."""
    finite = token.tag_ in {"VBD", "VBZ", "VBP"} and token.dep_ in {"obl", "nmod"}
    return finite and any(child.dep_ == "case" for child in token.children)


def _is_gerund(token: Token) -> bool:
    """Tell a noun in -ing, which the tagger may take for a verb: "the shelling", "that shelling in the centre killed two"."""
    before = token.nbor(-1).tag_ if not token.is_sent_start else ""
    return token.lower_.endswith("ing") and (
        token.dep_ in _NOMINAL
        or (token.tag_ in {"VBN", "VBD"} and token.dep_ != "advcl")
        or before in {"DT", "PRP$", "POS"}
    )


def governing_verb(frame: Frame, position: int) -> Token | None:
    """Return the active verb right before the noun phrase at `position`: "launched an attack", "came under fire"."""
    chunk = frame.chunks[position]
    sentence = frame.doc[chunk.start].sent
    before = frame.doc[chunk.start - 2].lemma_.lower() if chunk.start - 2 >= sentence.start else ""
    answers = chunk.preposition == "with" and before in _ANSWERING  # "Israel responds with air strikes"
    index = chunk.start - 1 - (chunk.preposition == "under" or answers)
    while index >= sentence.start and (frame.doc[index].tag_ == "RP" or frame.doc[index].dep_ == "amod"):
        index -= 1  # "carried out strikes", "face ongoing shelling"
    token = frame.doc[index] if index >= sentence.start else None
    return (
        token
        if token is not None and token.tag_[:2] == "VB" and not is_passive(token) and token.pos_ != "AUX"
        else None
    )
