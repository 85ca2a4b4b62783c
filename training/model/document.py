"""One text of a corpus in the form that training and evaluation share."""

from dataclasses import dataclass, field

Span = tuple[str, int, int]
"""Label, first word, word behind the last."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text in words, with the layers of annotation that its corpus has.

    Args:
        name: identifier, with the corpus in front.
        corpus: folder of the corpus.
        words: tokens without white space.
        spaces: whether white space follows each word.
        breaks: word numbers before which a line ends → number of line ends.
        layers: layer → one label for each word; None where the corpus does not say.
        heads: head of each word, itself for roots; empty when the corpus has no syntax.
        anchored: layer ("arguments", "speech") → (first word of the anchor, spans that belong to it).
        groups: layer → spans with bounds, as evaluation counts them.
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
    published: str = ""
