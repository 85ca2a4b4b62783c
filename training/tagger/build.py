"""Makes `model/tags.json.gz`, the table of the hidden Markov tagger, from UD English-EWT and GUM.

    python training/tagger/build.py CORPORA_DIR model/

The table holds counts only: how often a word bears a Penn tag, how often one tag follows another, and how often a word
ending bears a tag. Prints accuracy on EWT's dev part. Deterministic.
"""

import collections
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

MIN_WORD_COUNT = 2
SUFFIX_LENGTHS = (1, 2, 3, 4)


def read_sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield the sentences of a CoNLL-U file as (word, Penn tag) pairs."""
    sentence: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            if sentence:
                yield sentence
            sentence = []
        elif line[0].isdigit():
            number, form, _, _, tag, *_ = line.split("\t")
            if number.isdigit() and tag != "_":
                sentence.append((form, tag))


def main(corpora: Path, target: Path) -> None:
    """Count, write the table and print the accuracy."""
    training = [
        sentence
        for path in sorted([*corpora.glob("ud_ewt/*train*.conllu"), *corpora.glob("gum/dep/*.conllu")])
        for sentence in read_sentences(path)
    ]
    words: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    suffixes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    transitions: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for sentence in training:
        previous = "^"
        for word, tag in sentence:
            words[word][tag] += 1
            transitions[previous][tag] += 1
            previous = tag
        transitions[previous]["$"] += 1
    for word, tags in words.items():
        if sum(tags.values()) <= 10:  # rare words stand for unknown ones
            for length in SUFFIX_LENGTHS:
                shape = "A" if word[0].isupper() else "a"
                suffixes[shape + word[-length:].lower()].update(tags.keys())
    table = {
        "words": {w: dict(sorted(c.items())) for w, c in sorted(words.items()) if sum(c.values()) >= MIN_WORD_COUNT},
        "suffixes": {s: dict(sorted(c.items())) for s, c in sorted(suffixes.items()) if sum(c.values()) >= 5},
        "transitions": {p: dict(sorted(c.items())) for p, c in sorted(transitions.items())},
    }
    target.mkdir(exist_ok=True)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode())
    (target / "tags.json.gz").write_bytes(packed.getvalue())

    from kg.nlp.tagger import TagTable  # noqa: PLC0415 - reads what was just written

    tagger = TagTable.load(target / "tags.json.gz")
    right = total = 0
    for path in sorted(corpora.glob("ud_ewt/*dev*.conllu")):
        for sentence in read_sentences(path):
            found = tagger.tag([word for word, _ in sentence])
            right += sum(tag == gold for tag, (_, gold) in zip(found, sentence, strict=True))
            total += len(sentence)
    print(f"Penn tags on EWT dev: {right / total:.4f} of {total}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
