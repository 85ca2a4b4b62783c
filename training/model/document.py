"""One text of a corpus in the form that training and evaluation share."""

from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.vocab import Vocab

Span = tuple[str, int, int]
"""Label, first word, word behind the last."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text in words, with the layers of annotation that its corpus has.

    Args:
        name: identifier, unique within its corpus.
        corpus: folder of the corpus.
        words: tokens without white space.
        spaces: whether white space follows each word.
        breaks: word numbers before which a line ends → number of line ends.
        layers: layer → one label for each word; None where the corpus does not say.
        heads: head of each word, itself for roots; empty when the corpus has no syntax.
        anchored: layer ("arguments", "speech") → (first word of the anchor, spans that belong to it).
        groups: layer → spans with bounds, as evaluation counts them.
        counts: first word of a casualty expression and word behind its last → least and greatest number, None where open.
        published: ISO date or "".
    """

    name: str
    corpus: str
    words: list[str]
    spaces: list[bool]
    breaks: dict[int, int] = field(default_factory=dict)
    layers: dict[str, list[str | None]] = field(default_factory=dict)
    heads: list[int] = field(default_factory=list)
    anchored: dict[str, list[tuple[int, list[Span]]]] = field(default_factory=dict)
    groups: dict[str, list[Span]] = field(default_factory=dict)
    counts: dict[tuple[int, int], tuple[int | None, int | None]] = field(default_factory=dict)
    published: str = ""


def laid_out(document: Document, vocab: Vocab) -> tuple[Doc, list[int]]:
    """Return a `Doc` of the document with its line ends as tokens, and the numbers of the tokens that are words."""
    texts: list[str] = []
    spaces: list[bool] = []
    kept: list[int] = []
    for index, (word, space) in enumerate(zip(document.words, document.spaces, strict=True)):
        if index in document.breaks:
            if spaces:
                spaces[-1] = False
            texts.append("\n" * document.breaks[index])
            spaces.append(False)
        kept.append(len(texts))
        texts.append(word)
        spaces.append(space)
    return Doc(vocab, texts, spaces), kept
