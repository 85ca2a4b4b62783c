"""Sentence boundaries by rule, until the language model sets them."""

from spacy.language import Language
from spacy.tokens import Doc

_ENDS = frozenset(".!?…") | {"...", "?!", "!!"}
_CLOSERS = frozenset("\"'”’»)]") | {"''"}
_ABBREVIATIONS = frozenset(
    "gen. col. lt. maj. capt. sgt. cpl. adm. brig. cmdr. gov. sen. rep. pres. mr. mrs. ms. dr. prof. st. jan. feb. mar. "
    "apr. jun. jul. aug. sep. sept. oct. nov. dec. no. vs. u.s. u.n. u.k. e.u. d.c. approx. inc. co. ft. mt.".split()
)


LONGEST_SENTENCE = 300
"""A sentence is cut after so many tokens, so that hostile text costs no more than honest text."""


def split_sentences(doc: Doc) -> Doc:
    """Set `sent_start` of every token of `doc`: after final punctuation with its closing quotes, and at line breaks."""
    start, length = True, 0
    for index, token in enumerate(doc):
        if token.is_space:
            token.is_sent_start = index == 0
            start = start or "\n" in token.text
            continue
        token.is_sent_start = start or index == 0
        length = 1 if token.is_sent_start else length + 1
        start = length >= LONGEST_SENTENCE or _ends_sentence(doc, index)
    return doc


def _ends_sentence(doc: Doc, index: int) -> bool:
    last = index
    while last and doc[last].text in _CLOSERS:
        last -= 1
    following = doc[index + 1] if index + 1 < len(doc) else None
    if following is None or following.text in _CLOSERS:
        return False
    if doc[last].text in _ENDS:
        return not (following.is_lower or following.text in ",;:")
    if last == index and doc[last].text.endswith(".") and doc[last].lower_ not in _ABBREVIATIONS and len(doc[last]) > 2:
        return following.is_title and following.is_stop
    return doc[last].lower_ in {"u.s.", "u.n.", "u.k."} and following.is_title and following.is_stop


@Language.component("kg_sentences")
def kg_sentences(doc: Doc) -> Doc:
    """SpaCy component that splits sentences by rule."""
    return split_sentences(doc)
