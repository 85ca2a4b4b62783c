"""Fits what tells texts about conflict from others: `python -m training.model.gate CORPORA MODEL [OTHER…]`, after the export.

A logistic regression on the mean state of a text's words, as the shipped encoder makes it; the encoder itself stays as it
is. Texts about conflict are those of written/ with events and those of MUC-4 with role fillers; others are those of
written/ without events, which are full of words such as "strike" in other senses, and those of GUM and UD English-EWT that
are no news and no weblogs. Prints how it does on a tenth of the texts when it is fitted on the rest, tenth by tenth.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.vocab import Vocab

from kg.nlp.model import LanguageModel, Reader
from kg.nlp.network import Network
from kg.nlp.tokens import blank
from kg.nlp.windows import read_words
from training import logistic
from training.model import corpora
from training.model.document import Document, laid_out

HIDDEN = 384
PENALTY, BIAS_PENALTY = 0.3, 1e-3
FOLDS = 10
BATCH = 64
WEIGHT = 3.0
"""A text written for training counts as so many of the others."""
_OTHER_EWT = ("ud_ewt/answers", "ud_ewt/reviews", "ud_ewt/email")


class Text(NamedTuple):
    """A text: its corpus, its mean state, whether it tells of conflict."""

    corpus: str
    state: NDArray[np.float32]
    conflict: bool


def documents(folder: Path, held: frozenset[str]) -> Iterator[tuple[Document, bool]]:
    """Yield the texts with whether they tell of conflict; texts held out are left out."""
    for document in corpora.written(folder):
        if not corpora.held_out("written", document.name, held):
            yield document, bool(document.groups["triggers"])
    for document in corpora.own(folder):
        yield document, bool(document.groups["triggers"])
    for document in corpora.muc4(folder):
        if any(label not in {"O", None} for label in document.layers["filler"]):
            yield document, True
    for document in (*corpora.gum(folder), *corpora.ud_ewt(folder, "train")):
        if (document.corpus == "gum" and "_news_" not in document.name) or document.name.startswith(_OTHER_EWT):
            yield document, False


def read(model: LanguageModel, vocab: Vocab, found: list[tuple[Document, bool]]) -> list[Text]:
    """Return the texts with their mean states; `vocab` is the model's."""
    result: list[Text] = []
    for start in range(0, len(found), BATCH):
        part = found[start : start + BATCH]
        words = [
            read_words(laid_out(document, vocab)[0], model.reader.network.pieces, model.features)
            for document, _ in part
        ]
        readings = model.reader.read(words, [document.words for document, _ in part])
        result += [
            Text(document.corpus, reading.state, conflict)
            for (document, conflict), reading in zip(part, readings, strict=True)
        ]
    return result


def fit(texts: list[Text]) -> NDArray[np.float64]:
    """Return the weights, the bias last, both classes count as much."""
    x = np.array([text.state for text in texts], dtype=np.float64)
    y = np.array([float(text.conflict) for text in texts])
    share = np.array([WEIGHT if text.corpus in {"written", "own"} else 1.0 for text in texts])
    for side in (0.0, 1.0):
        share[y == side] *= len(y) / 2 / share[y == side].sum()
    return logistic.fit(x, y, PENALTY, BIAS_PENALTY, share)


def show(texts: list[Text]) -> None:
    """Print how many texts of each corpus pass at each threshold when their tenth was held out."""
    scores = np.zeros(len(texts))
    for fold in range(FOLDS):
        weights = fit([text for number, text in enumerate(texts) if number % FOLDS != fold])
        for number in range(fold, len(texts), FOLDS):
            scores[number] = float(np.append(texts[number].state, 1.0) @ weights)
    chances = 1.0 / (1.0 + np.exp(-scores))
    for corpus in dict.fromkeys(text.corpus for text in texts):
        for side in (True, False):
            own = np.array([text.corpus == corpus and text.conflict == side for text in texts])
            if own.any():
                passed = " ".join(
                    f"{limit}: {(chances[own] >= limit).mean():.3f}" for limit in (0.1, 0.3, 0.5, 0.7, 0.9)
                )
                print(f"{corpus:10} {'conflict' if side else 'other':8} {own.sum():5} texts, passed at {passed}")


def main() -> None:
    """Read the command line, fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument(
        "others", type=Path, nargs="*", help="folders that get the same file, as the unquantised model's"
    )
    parser.add_argument("--samples", type=Path, default=Path("training/held_out.txt"))
    given = parser.parse_args()
    path = given.model / "gate.json"
    if not path.exists():  # the model cannot be read without one
        path.write_text(json.dumps({"weights": [0.0] * HIDDEN, "bias": 0.0}), encoding="utf-8")
    vocab = blank().vocab
    model = LanguageModel(Reader(Network(given.model)))
    texts = read(model, vocab, list(documents(given.corpora, corpora.names(given.samples))))
    show(texts)
    *weights, bias = fit(texts).tolist()
    rounded = {"weights": [round(weight, 4) for weight in weights], "bias": round(bias, 4)}
    for folder in (given.model, *given.others):
        (folder / path.name).write_text(json.dumps(rounded) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
