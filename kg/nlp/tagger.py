"""Penn tags by a hidden Markov model of the first order over counted words, word endings and tag pairs.

The trained language model of a later version sets the same attributes (`tag_`, `pos_`) and replaces this component.
Method: Viterbi decoding with P(tag | word) / P(tag) as emission, as in Brants, TnT (2000), with tag pairs.
"""

import gzip
import math
from collections.abc import Sequence
from pathlib import Path

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from kg import resources

UNIVERSAL = {
    "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ",
    "MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PDT": "DET", "POS": "PART", "PRP": "PRON",
    "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "TO": "PART", "UH": "INTJ", "VB": "VERB",
    "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "PRON",
    "WRB": "ADV", "$": "SYM", "SYM": "SYM", "_SP": "SPACE",
}  # fmt: skip
"""Penn tag → universal tag; what is missing is punctuation."""

_AUXILIARIES = frozenset("be is are was were been being am 's 're 'm has have had having do does did 've".split())
_RARE = 1e-4


class _Counts(msgspec.Struct, frozen=True):
    words: dict[str, dict[str, int]]
    suffixes: dict[str, dict[str, int]]
    transitions: dict[str, dict[str, int]]


class TagTable:
    """The counted table, ready for decoding."""

    def __init__(self, counts: _Counts) -> None:
        self._words = counts.words
        self._suffixes = counts.suffixes
        totals: dict[str, int] = {}
        for tags in counts.transitions.values():
            for tag, count in tags.items():
                totals[tag] = totals.get(tag, 0) + count
        everything = sum(totals.values())
        self._prior = {tag: count / everything for tag, count in totals.items()}
        self._step: dict[str, dict[str, float]] = {}
        for previous, tags in counts.transitions.items():
            total = sum(tags.values())
            self._step[previous] = {
                tag: math.log(0.98 * tags.get(tag, 0) / total + 0.02 * prior) for tag, prior in self._prior.items()
            }

    def learn(self, word: str, tags: Sequence[str], count: int = 3) -> None:
        """Let `word` bear `tags`, as if each had been seen `count` times more: the lexicon knows what the corpora lack."""
        known = self._words.setdefault(word, {})
        for tag in tags:
            known[tag] = known.get(tag, 0) + count

    @classmethod
    def load(cls, path: Path) -> "TagTable":
        """Read a table that `training/tagger/build.py` wrote."""
        return cls(msgspec.json.decode(gzip.decompress(path.read_bytes()), type=_Counts))

    def tag(self, words: Sequence[str]) -> list[str]:
        """Return the most probable Penn tags of the words of one sentence."""
        if not words:
            return []
        lattice: list[dict[str, tuple[float, str]]] = []
        scores = {"^": 0.0}
        for index, word in enumerate(words):
            column: dict[str, tuple[float, str]] = {}
            for tag, emission in self._emissions(word, first=index == 0).items():
                column[tag] = max(
                    (score + self._step[previous][tag] + emission, previous) for previous, score in scores.items()
                )
            lattice.append(column)
            scores = {tag: score for tag, (score, _) in column.items()}
        tag = max(scores, key=lambda name: (scores[name] + self._step[name]["$"], name))
        found = []
        for column in reversed(lattice):
            found.append(tag)
            tag = column[tag][1]
        return found[::-1]

    def _emissions(self, word: str, *, first: bool) -> dict[str, float]:
        tags: dict[str, float] = dict(self._words.get(word, {}))
        lower = word.lower()
        if lower != word and (first or not tags or word.isupper()):
            for tag, count in self._words.get(lower, {}).items():
                tags[tag] = tags.get(tag, 0.0) + count
        if sum(tags.values()) < 3:
            for tag, share in self._guess(word).items():
                tags[tag] = tags.get(tag, 0.0) + share
        total = sum(tags.values())
        return {
            tag: math.log(count / total / self._prior.get(tag, _RARE))
            for tag, count in tags.items()
            if tag in self._prior
        } or {"NN": 0.0}

    def _guess(self, word: str) -> dict[str, float]:
        if word[0].isdigit() or (word[0] in "+-." and any(map(str.isdigit, word))):
            return {"CD": 1.0}
        if not any(map(str.isalnum, word)):
            return {",": 1.0} if word in "–—-:;" else {"``": 1.0}
        shape = "A" if word[0].isupper() else "a"
        for length in (4, 3, 2, 1):
            tags = self._suffixes.get(shape + word[-length:].lower())
            if tags:
                total = sum(tags.values())
                return {tag: count / total for tag, count in tags.items() if count / total > 0.02}
        return {"NNP": 1.0} if shape == "A" else {"NN": 1.0}


class Tagger:
    """spaCy component: sets `tag_` and `pos_`, sentence by sentence."""

    def __init__(self, table: TagTable) -> None:
        self.table = table

    def __call__(self, doc: Doc) -> Doc:
        """Tag every token of `doc`, which must have sentence boundaries."""
        for sentence in doc.sents:
            tokens = [token for token in sentence if not token.is_space]
            for token, tag in zip(tokens, self.table.tag([token.text for token in tokens]), strict=True):
                token.tag_ = tag
                token.pos_ = "AUX" if token.lower_ in _AUXILIARIES and tag[0] == "V" else UNIVERSAL.get(tag, "PUNCT")
        for token in doc:
            if token.is_space:
                token.tag_, token.pos_ = "_SP", "SPACE"
        return doc


@Language.factory("kg_tagger")
def make_tagger(nlp: Language, name: str) -> Tagger:  # noqa: ARG001 - spaCy's signature
    """Make the tagger from the table that ships with the project."""
    return Tagger(TagTable.load(resources.folder("model") / "tags.json.gz"))
