"""A document as the extractors read it: plain objects that bear spaCy's names.

The rules ask for words, tags and sentences many times over, and spaCy makes each answer anew: a `Token` for `doc[i]`, a
string for `.lower_`, a `Span` for `.sent`. Here each is made once, which takes a quarter off the time of extraction.
"""

from collections.abc import Iterator, Sequence
from itertools import count, repeat
from typing import Self, overload

import numpy as np
from spacy import tokens as spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, IS_PUNCT, IS_SPACE, LEMMA, LOWER, ORTH, POS, SPACY, TAG

_STRINGS = [ORTH, LOWER, LEMMA, TAG, POS, DEP, ENT_TYPE]
_NUMBERS = [IDX, SPACY, ENT_IOB, IS_SPACE, IS_PUNCT]
_IOB = ("", "I", "O", "B")


class Token:
    """A word with what the language model says of it; attributes are those of spaCy's `Token`."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_punct", "is_space", "lemma_", "lower_",
        "pos_", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip
    head: "Token"
    sent: "Span"

    def __init__(self, doc: "Doc", i: int, strings: Sequence[str], numbers: Sequence[int]) -> None:
        """Take the values of `_STRINGS` and `_NUMBERS` for word `i` of `doc`, which sets head, children and sentence."""
        self.doc, self.i = doc, i
        self.text, self.lower_, self.lemma_, self.tag_, self.pos_, self.dep_, self.ent_type_ = strings
        self.idx, spaced, iob, is_space, is_punct = numbers
        self.whitespace_, self.ent_iob_ = " " if spaced else "", _IOB[iob]
        self.is_space, self.is_punct = bool(is_space), bool(is_punct)
        self.children: Sequence[Token] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins here."""
        return self.i == self.sent.start

    @property
    def is_sent_end(self) -> bool:
        """Whether a sentence ends here."""
        return self.i + 1 == self.sent.end

    @property
    def is_alpha(self) -> bool:
        """Whether there are only letters."""
        return self.text.isalpha()

    @property
    def is_title(self) -> bool:
        """Whether the word has a capital first letter and small ones behind it."""
        return self.text.istitle()

    @property
    def is_upper(self) -> bool:
        """Whether all letters are capital."""
        return self.text.isupper()

    @property
    def subtree(self) -> Iterator["Token"]:
        """The word and all words below it, in no order."""
        found = [self]
        while found:
            token = found.pop()
            found += token.children
            yield token

    @property
    def ancestors(self) -> Iterator["Token"]:
        """The words above, from the nearest to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def nbor(self, away: int = 1) -> "Token":
        """Return the word so many words away; raises `IndexError` where there is none."""
        index = self.i + away
        if index < 0:
            raise IndexError(index)
        return self.doc.tokens[index]


class Span:
    """Tokens `start` up to `end`; attributes are those of spaCy's `Span`.

    Args:
        doc: the document.
        start: the first token.
        end: the token that no longer belongs to it.
        label: what the words stand for.
        kb_id: a second label: "verb" or "noun" for triggers.
        span_id: a third one: the status of triggers.
    """

    __slots__ = ("doc", "end", "id_", "kb_id_", "label_", "start")

    def __init__(self, doc: "Doc", start: int, end: int, label: str = "", kb_id: str = "", span_id: str = "") -> None:
        self.doc, self.start, self.end = doc, start, end
        self.label_, self.kb_id_, self.id_ = label, kb_id, span_id

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | Sequence[Token]:
        return self.doc.tokens[self.start : self.end][at]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Span) and self._key() == other._key())

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.label_))

    def __repr__(self) -> str:
        return self.text

    def _key(self) -> tuple[int, int, str, str, str]:
        return self.start, self.end, self.label_, self.kb_id_, self.id_

    @property
    def start_char(self) -> int:
        """Where the words begin in the text."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where the words end in the text."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> "Span":
        """The sentence of the first word."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The word that heads the others: the first of those highest in the tree."""
        if self.end == self.start + 1:
            return self.doc.tokens[self.start]
        outer = [token for token in self if token.head is token or not self.start <= token.head.i < self.end]
        return min(outer, key=_height, default=self.doc.tokens[self.start])

    @property
    def ents(self) -> Sequence["Span"]:
        """The names that lie within."""
        return [ent for ent in self.doc.ents if self.start <= ent.start and ent.end <= self.end]


class Doc:
    """A document; attributes are those of spaCy's `Doc`.

    `scores` maps each group of `spans` to the probabilities of its spans.

    Args:
        doc: what the pipeline made.
        text: the text of `doc`, which spaCy puts together anew each time.
    """

    def __init__(self, doc: spacy.Doc, text: str | None = None) -> None:
        self.text = doc.text if text is None else text
        numbers = zip(*doc.to_array(_NUMBERS).T.tolist(), strict=True)
        self.tokens = list(map(Token, repeat(self), count(), _strings(doc), numbers))
        heads: dict[int, list[Token]] = {}
        for token, away in zip(self.tokens, doc.to_array(HEAD).astype(np.int64).tolist(), strict=True):
            token.head = self.tokens[token.i + away]
            if away:
                heads.setdefault(token.head.i, []).append(token)
        for index, children in heads.items():
            self.tokens[index].children = children
        self.sents = [Span(self, sentence.start, sentence.end) for sentence in doc.sents]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence
        self.ents = [self._span(ent) for ent in doc.ents]
        self.spans: dict[str, list[Span]] = {}
        self.scores: dict[str, Sequence[float]] = {}
        for name, group in doc.spans.items():
            self.spans[name] = [self._span(span) for span in group]
            self.scores[name] = group.attrs.get("scores", ())
        self.cats = doc.cats

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[at]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Part words and phrases from the document, which frees them at once: the garbage collector is slow to find them."""
        for token in self.tokens:
            del token.doc, token.head, token.children, token.sent
        self.tokens, self.sents, self.ents, self.spans = [], [], [], {}

    def _span(self, span: spacy.Span) -> Span:
        return Span(self, span.start, span.end, span.label_, span.kb_id_, span.id_)


def _strings(doc: spacy.Doc) -> Iterator[tuple[str, ...]]:
    """Yield the values of `_STRINGS` for each word; a string that comes again is the same object."""
    columns = doc.to_array(_STRINGS).T.tolist()
    strings = doc.vocab.strings
    known = {number: strings[number] for number in set().union(*columns)}
    return zip(*([known[number] for number in column] for column in columns), strict=True)


def _height(token: Token) -> tuple[bool, int]:
    """Order words from the root of their sentence down; marks and space that head nothing come last."""
    if token.head is not token and not token.children and (token.is_punct or token.is_space):
        return True, 0
    depth = 0
    while token.head is not token:
        token, depth = token.head, depth + 1
    return False, depth
