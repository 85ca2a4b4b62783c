"""Turns the corpora into tensors: `python -m training.model.prepare CORPORA BASE TEXTS`.

TEXTS is a folder that receives `texts.safetensors` and `labels.json`; nothing behind this step needs the corpora, spaCy or the
program itself.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from tokenizers import Tokenizer

from kg.gazetteer import load_gazetteer
from kg.nlp.features import Features
from kg.nlp.windows import Pieces
from kg.vocab import load_vocab
from training.model import corpora, labels
from training.model.document import Document
from training.model.windows import LONGEST_WINDOW, Prepared, Preparer, windows

LENGTHS = (24, 48, 96, LONGEST_WINDOW)
CORPORA = ("ud_ewt", "gum", "wikigold", "crossner_politics", "re3d", "muc4", "written", "own")


def documents(folder: Path, held: frozenset[str]) -> Iterator[Document]:
    """Yield the texts without those held out."""
    yield from corpora.ud_ewt(folder, "train")
    yield from corpora.gum(folder)
    yield from corpora.wikigold(folder)
    yield from corpora.crossner(folder)
    yield from corpora.muc4(folder)
    yield from corpora.own(folder)
    for document in (*corpora.re3d(folder), *corpora.written(folder)):
        if not corpora.held_out(document.corpus, document.name, held):
            yield document


def tensors(prepared: list[Prepared], heads: list[str]) -> dict[str, NDArray[np.generic]]:
    """Return what `training.model.texts.Texts` reads."""
    first = np.cumsum([0, *(len(text.document.words) for text in prepared)])
    seen: dict[str, int] = {}
    rows: dict[str, list[list[int]]] = {"windows": [], "documents": []}
    rows |= {f"{layer}.{part}": [] for layer in labels.ANCHORED for part in ("at", "spans")}
    sentence = np.zeros(int(first[-1]), dtype=np.int32)
    head = np.full(int(first[-1]), -1, dtype=np.int32)
    for number, (text, start) in enumerate(zip(prepared, first.tolist(), strict=False)):
        corpus = text.document.corpus
        rows["documents"].append([CORPORA.index(corpus), seen.setdefault(corpus, 0)])
        seen[corpus] += 1
        for variant, longest in enumerate(LENGTHS):
            rows["windows"] += [
                [variant, number, start + window.start, start + window.end, window.length]
                for window in windows(text, longest)
            ]
        for place, (a, b) in enumerate(text.sentences):
            sentence[start + a : start + b] = place
        if text.document.heads:
            head[start : start + len(text.document.words)] = np.array(text.document.heads) + start
        for layer, parts in labels.ANCHORED.items():
            for anchor, spans in sorted(text.document.anchored.get(layer, [])):
                own = len(rows[f"{layer}.at"])
                rows[f"{layer}.at"].append([start + anchor])
                rows[f"{layer}.spans"] += [[own, parts.index(part), start + a, start + b] for part, a, b in spans]
    return {
        "pieces": np.array(
            [piece for text in prepared for word in text.words.pieces for piece in word], dtype=np.int32
        ),
        "sizes": np.array([len(word) for text in prepared for word in text.words.pieces], dtype=np.uint8),
        "features": np.concatenate([np.packbits(text.words.features, axis=1) for text in prepared]),
        "labels": np.stack(
            [np.concatenate([text.labels[name] for text in prepared]).astype(np.int16) for name in heads], axis=1
        ),
        "head": head,
        "relation": np.concatenate([text.relations for text in prepared]).astype(np.int16),
        "sentence": sentence,
        **{
            name: np.array(found, dtype=np.int32).squeeze(1) if name.endswith(".at") else np.array(found, np.int32)
            for name, found in rows.items()
        },
    }


def main() -> None:
    """Read the command line and prepare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("base", type=Path, help="folder with tokenizer.json of all-MiniLM-L6-v2")
    parser.add_argument("texts", type=Path)
    parser.add_argument("--samples", type=Path, default=Path("training/held_out.txt"))
    arguments = parser.parse_args()
    vocab, words = load_vocab(), spacy.blank("en").vocab
    found = list(documents(arguments.corpora, corpora.names(arguments.samples)))
    tokens, relations = labels.inventories(vocab, found)
    features = Features(vocab, load_gazetteer())
    tokenizer = Tokenizer.from_file(str(arguments.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(tokenizer)
    preparer = Preparer(pieces, features, tokens, relations)
    prepared = [preparer.prepare(document, words) for document in found]
    told = {
        "heads": " ".join(tokens),
        "corpora": " ".join(CORPORA),
        "opening": str(pieces.opening),
        "closing": str(pieces.closing),
        "mask": str(tokenizer.token_to_id("[MASK]")),
    }
    arguments.texts.mkdir(parents=True, exist_ok=True)
    flat = {name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in tensors(prepared, list(tokens)).items()}
    save_file(flat, arguments.texts / "texts.safetensors", told)
    description = {
        "features": features.names,
        "pieces": LONGEST_WINDOW,
        "tokens": tokens,
        "relations": relations,
        "anchored": {layer: list(parts) for layer, parts in labels.ANCHORED.items()},
    }
    (arguments.texts / "labels.json").write_text(
        json.dumps(description, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
