"""Sentence boundaries by rule: where a text may be cut into windows before the language model has read it."""

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.nlp.tokens import texts

_ENDS = frozenset(".!?…") | {"...", "?!", "!!"}
_CLOSERS = frozenset("\"'”’»)]") | {"''"}
_MARKS = frozenset(text[-1] for text in _ENDS | _CLOSERS)
_ABBREVIATIONS = frozenset(
    "gen. col. lt. maj. capt. sgt. cpl. adm. brig. cmdr. gov. sen. rep. pres. mr. mrs. ms. dr. prof. st. jan. feb. mar. "
    "apr. jun. jul. aug. sep. sept. oct. nov. dec. no. vs. u.s. u.n. u.k. e.u. d.c. approx. inc. co. ft. mt.".split()
)
_WORDS = frozenset({"no.", "co.", "mar.", "sen.", "dec."})
"""Abbreviations that are words too: "said no."."""

LONGEST_SENTENCE = 300
"""A sentence is cut after so many tokens, so that hostile text costs no more than honest text."""


def sentence_starts(doc: Doc) -> Iterator[int]:
    """Yield the tokens that begin a sentence by rule: after final punctuation with its closing quotes, and at line breaks."""
    start, length = True, 0
    for index, text in enumerate(texts(doc)):
        if text.isspace():
            start = start or "\n" in text
            continue
        length = 1 if start else length + 1
        if start:
            yield index
        start = length >= LONGEST_SENTENCE or (text[-1] in _MARKS and _ends_sentence(doc, index))


def _ends_sentence(doc: Doc, index: int) -> bool:
    following = doc[index + 1] if index + 1 < len(doc) else None
    if following is None or following.text in _CLOSERS:
        return False
    last = index
    while last and doc[last].text in _CLOSERS:
        last -= 1
    if doc[last].text in _ENDS:
        if last == index and last and doc[last].text == "." and f"{doc[last - 1].lower_}." in _ABBREVIATIONS - _WORDS:
            return False  # "Capt" and "." where the tokeniser parts them
        return not (following.is_lower or following.text in ",;:")
    if last == index and doc[last].text.endswith(".") and doc[last].lower_ not in _ABBREVIATIONS and len(doc[last]) > 2:
        return following.is_title and following.is_stop
    return doc[last].lower_ in {"u.s.", "u.n.", "u.k."} and following.is_title and following.is_stop
