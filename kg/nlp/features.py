"""What the language model is told of each word beside its letters: spelling, layout, the ontology's words, known names.

The encoder is uncased and small; these features give it back the capitals and lend it the lexicon and the gazetteer.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import SPACY
from spacy.tokens import Doc

from kg.gazetteer import Gazetteer
from kg.nlp.lexicon import entries
from kg.nlp.phrases import Phrases, split
from kg.nlp.tokens import texts
from kg.records import EntityKind, Harm
from kg.vocab import Vocab

_SHAPES = ("lower", "title", "upper", "mixed", "initial", "digit", "number", "punctuation", "hyphen")
_LAYOUT = ("text_start", "newline", "blank_line", "glued")
_LEXICON = ("match_first", "weapon", "weapon_model", "cue")
_NAMES = ("name_first", "demonym")
_LONGEST_NAME = 6
_CACHED = 100_000


class Features:
    """Turns a tokenised `Doc` into one row of zeros and ones for each token.

    Args:
        vocab: the ontology's words.
        gazetteer: known names.
    """

    def __init__(self, vocab: Vocab, gazetteer: Gazetteer) -> None:
        self.names = features(vocab)
        self._at = {name: column for column, name in enumerate(self.names)}
        self._kinds = gazetteer.kinds
        self._demonyms = frozenset(word.lower() for word in gazetteer.demonyms)
        self._known: dict[str, tuple[int, ...]] = {}
        self._spelled: dict[str, tuple[int, ...]] = {}
        self._matcher = Phrases(
            ([word.lower() for word in split(phrase)], self._column(group, label.partition("|")[0]))
            for group, label, phrases in entries(vocab)
            for phrase in dict.fromkeys(phrases)
        )
        self._models = Phrases(
            (split(model), weapon.name) for weapon in vocab.weapon_classes.values() for model in weapon.models
        )

    def __len__(self) -> int:
        return len(self.names)

    def matrix(self, doc: Doc) -> NDArray[np.float32]:
        """Return the features (tokens, features) of `doc`."""
        spelled = texts(doc)
        found = np.zeros((len(doc), len(self.names)), dtype=np.float32)
        cells = [*self._spelling(spelled), *self._layout(doc, spelled), *self._words(spelled), *self._name(spelled)]
        if cells:
            rows, columns = zip(*cells, strict=True)
            found[rows, columns] = 1.0
        return found

    def _column(self, group: str, label: str) -> int:
        names = {"trigger_words": f"trigger:{label}", "weapons": "weapon", "cue_words": "cue", "harms": f"harm:{label}"}
        return self._at[names[group]]

    def _spelling(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        for index, text in enumerate(texts):
            marks = self._spelled.get(text)
            for column in self._spell(text) if marks is None else marks:
                yield index, column

    def _spell(self, text: str) -> tuple[int, ...]:
        marks = [self._at[name] for name in _shape(text)]
        if text.lower() in self._demonyms and text[0].isupper():
            marks.append(self._at["demonym"])
        if len(self._spelled) < _CACHED:
            self._spelled[text] = tuple(marks)
        return tuple(marks)

    def _layout(self, doc: Doc, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        start, newline, blank, glued = (self._at[name] for name in _LAYOUT)
        began, spaced, breaks = False, True, 0
        for index, (text, space) in enumerate(zip(texts, doc.to_array(SPACY).tolist(), strict=True)):
            if text.isspace():
                breaks += text.count("\n")
                spaced = True
                continue
            if not began:
                began = True
                yield from ((index, start), (index, newline))
            elif breaks:
                yield index, newline
                if breaks > 1:
                    yield index, blank
            elif not spaced:
                yield index, glued
            breaks, spaced = 0, bool(space)

    def _words(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        first, model, cue = (self._at[name] for name in ("match_first", "weapon_model", "cue"))
        for start, end, column in self._matcher.find([text.lower() for text in texts]):
            yield from product(range(start, end), (column,))
            if column != cue:
                yield start, first
        for start, end, _ in self._models.find(texts):
            yield from product(range(start, end), (model,))

    def _name(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        first = self._at["name_first"]
        index, count = 0, len(texts)
        while index < count:
            if not texts[index][0].isupper():
                index += 1
                continue
            reach = 0
            for end in range(min(count, index + _LONGEST_NAME), index, -1):
                if not (texts[end - 1][0].isupper() or texts[end - 1][0].isdigit()):
                    continue
                marks = self._look_up(" ".join(texts[index:end]))
                if marks:
                    yield from product(range(index, end), marks)
                    yield index, first
                    reach = end - index
                    break
            index += reach or 1

    def _look_up(self, surface: str) -> tuple[int, ...]:
        marks = self._known.get(surface)
        if marks is None:
            marks = tuple(self._at[f"name:{kind.value}"] for kind in sorted(self._kinds(surface)))
            if len(self._known) < _CACHED:
                self._known[surface] = marks
        return marks


def features(vocab: Vocab) -> list[str]:
    """Return the names of the features, in the order of the columns."""
    return [
        *_SHAPES,
        *_LAYOUT,
        *_LEXICON,
        *_NAMES,
        *(f"trigger:{name}" for name in vocab.event_types),
        *(f"harm:{harm.value}" for harm in Harm),
        *(f"name:{kind.value}" for kind in EntityKind),
    ]


def _shape(text: str) -> list[str]:
    found = []
    if any(character.isdigit() for character in text):
        found.append("number" if not any(character.isalpha() for character in text) else "digit")
    if "-" in text:
        found.append("hyphen")
    if not any(character.isalnum() for character in text):
        return [*found, "punctuation"]
    if text.islower():
        return [*found, "lower"]
    if text.isupper():
        return [*found, "initial" if len(text) == 1 else "upper"]
    if text[0].isupper() and text[1:].islower():
        return [*found, "title"]
    return [*found, "mixed"]
