"""Prints every figure of the model card: `python -m training.evaluate CORPORA [--model FOLDER] [--fp32 FOLDER]`.

Scores are micro-averaged F1 over exact spans unless a row says otherwise. Words are those of the corpora; only the rows
on sentences read raw text. Nothing read here was trained on (`training.model.corpora.held_out`).
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.counts import CountReader, is_measure
from kg.nlp.decode import lemma
from kg.nlp.model import LanguageModel
from kg.nlp.tokens import blank
from kg.nlp.windows import Words, read_words
from kg.vocab import load_vocab
from training.model import corpora
from training.model.document import Document, laid_out

BATCH = 64
"""Documents that are read together."""
Item = tuple[object, ...]


@dataclass
class Score:
    """Counts of right, found and wanted items."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: Iterable[Item], wanted: Iterable[Item]) -> None:
        """Count the items of one document."""
        a, b = Counter(found), Counter(wanted)
        self.right += (a & b).total()
        self.found += a.total()
        self.wanted += b.total()

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(self.found + self.wanted, 1)

    def __str__(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        return f"{self.f1:.3f}  (P {precision:.3f} R {recall:.3f}, {self.wanted} wanted)"


class Evaluation:
    """Reads the held-out documents with one model.

    Args:
        model: the language model.
        nlp: makes tokens.
    """

    def __init__(self, model: LanguageModel, nlp: Language) -> None:
        self.model, self.nlp = model, nlp
        self.rows: dict[str, float] = {}
        vocab = load_vocab()
        self.counts = CountReader(vocab.numbers["NumberWords"], vocab.numbers["VagueCounts"])

    def show(self, name: str, score: Score) -> None:
        """Print a row and keep it."""
        print(f"{name:62} {score}", flush=True)
        self.rows[name] = round(score.f1, 4)

    def docs(self, documents: Sequence[Document]) -> list[tuple[Document, Doc, list[int]]]:
        """Return documents as read, with the tokens that their words are."""
        laid = [laid_out(document, self.nlp.vocab) for document in documents]
        for start in range(0, len(documents), BATCH):
            self.model.read([doc for doc, _ in laid[start : start + BATCH]])
        return [(document, doc, kept) for document, (doc, kept) in zip(documents, laid, strict=True)]

    def syntax(self, documents: Sequence[Document]) -> None:
        """Score names and syntax on UD English-EWT."""
        names, labelled, unlabelled, tags, pos, lemmas, sentences = (Score() for _ in range(7))
        for document, doc, kept in self.docs(documents):
            layers = document.layers
            at = {token: word for word, token in enumerate(kept)}
            unsaid = {i for i, label in enumerate(layers["entity"]) if label is None}
            found = _ents(doc, at, {"Person", "Organisation", "Place"})
            names.add([f for f in found if unsaid.isdisjoint(range(f[1], f[2]))], _bio(layers["entity"]))
            tokens = [doc[token] for token in kept]
            heads = [at[token.head.i] for token in tokens]
            relations = [token.dep_ for token in tokens]
            gold = list(zip(range(len(tokens)), document.heads, strict=True))
            mine = list(zip(range(len(tokens)), heads, strict=True))
            unlabelled.add(mine, gold)
            labelled.add(zip(mine, relations, strict=True), zip(gold, layers["relation"], strict=True))
            for score, layer, own in (
                (tags, "tag", [token.tag_ for token in tokens]),
                (pos, "pos", [token.pos_ for token in tokens]),
                (lemmas, "lemma", [token.lemma_ for token in tokens]),
            ):
                wanted = document.layers[layer]
                if layer == "lemma":
                    wanted = [
                        None if script is None else lemma(token.text, script)
                        for token, script in zip(tokens, wanted, strict=True)
                    ]
                known = [i for i, label in enumerate(wanted) if label is not None]
                score.add([(i, own[i]) for i in known], [(i, wanted[i]) for i in known])
            starts = [i for i, token in enumerate(tokens) if token.is_sent_start]
            sentences.add(
                _bounds(starts, len(tokens)),
                _bounds([i for i, s in enumerate(layers["sentence"]) if s == "S"], len(tokens)),
            )
        self.show("EWT dev: names PER ORG LOC", names)
        self.show("EWT dev: LAS", labelled)
        self.show("EWT dev: UAS", unlabelled)
        self.show("EWT dev: Penn tags", tags)
        self.show("EWT dev: universal tags", pos)
        self.show("EWT dev: lemmas", lemmas)
        self.show("EWT dev: sentences", sentences)

    def raw_sentences(self, documents: Sequence[Document]) -> None:
        """Score sentences on raw text, in code points, with and without the spaces between sentences."""
        for glued in (False, True):
            score = Score()
            texts = [_raw(document, glued=glued) for document in documents]
            for start in range(0, len(texts), BATCH):
                part = texts[start : start + BATCH]
                docs = [self.nlp.make_doc(text) for text, _ in part]
                self.model.read(docs)
                for doc, (text, wanted) in zip(docs, part, strict=True):
                    found = [_stripped(text, sent.start_char, sent.end_char) for sent in doc.sents]
                    score.add(found, wanted)
            self.show(f"EWT dev, raw text{', spaces between sentences missing' if glued else ''}: sentences", score)

    def weapons(self, documents: Sequence[Document]) -> None:
        """Score weapons of re3d by their last word."""
        score = Score()
        for document, doc, kept in self.docs(documents):
            at = {token: word for word, token in enumerate(kept)}
            unsaid = {i for i, label in enumerate(document.layers["entity"]) if label is None}
            found = {end - 1 for _, _, end in _ents(doc, at, {"Weapon"})} - unsaid
            wanted = {end - 1 for _, _, end in document.groups["weapons"]}
            score.add([(i,) for i in found], [(i,) for i in wanted])
        self.show("re3d held-out third: Weapon by head noun", score)

    def written(self, documents: Sequence[Document]) -> None:
        """Score events and all that belongs to them on the held-out tenth of written/."""
        names = {
            row: Score()
            for row in (
                "names, all four",
                "Weapon",
                "triggers, untyped",
                "triggers, typed",
                "triggers with status",
                "casualties with harm",
                "casualties with harm and number",
                "speech cues",
                "speech cues with stance",
                "speech sources with their cue",
                "speech: source and cue",
            )
        }
        for document, doc, kept in self.docs(documents):
            at = {token: word for word, token in enumerate(kept)}
            groups = document.groups
            ents = _ents(doc, at, {"Person", "Organisation", "Place", "Weapon"})
            gold = _outermost(groups["entities"])
            names["names, all four"].add(ents, gold)
            names["Weapon"].add([e for e in ents if e[0] == "Weapon"], [e for e in gold if e[0] == "Weapon"])
            triggers = _spans(doc, "triggers", at)
            names["triggers, untyped"].add([s[1:] for s in triggers], [s[1:] for s in groups["triggers"]])
            names["triggers, typed"].add(triggers, groups["triggers"])
            status = [(span.id_, *s[1:]) for span, s in zip(doc.spans["triggers"], triggers, strict=True)]
            names["triggers with status"].add(
                status, [(document.layers["status"][s[1]], *s[1:]) for s in groups["triggers"]]
            )
            names["casualties with harm"].add(_spans(doc, "casualties", at), groups["casualties"])
            read = [(*s, *_counted(self.counts, span)) for span, s in _with(doc, "casualties", at)]
            names["casualties with harm and number"].add(
                read, [(*s, *document.counts[s[1], s[2]]) for s in groups["casualties"]]
            )
            cues = _spans(doc, "cues", at)
            names["speech cues"].add([s[1:] for s in cues], [s[1:] for s in groups["cues"]])
            names["speech cues with stance"].add(cues, groups["cues"])
            sources = [(cues[int(span.kb_id_)][1], *s[1:]) for span, s in _with(doc, "speech", at) if s[0] == "source"]
            wanted = [(cue, *s[1:]) for cue, parts in document.anchored["speech"] for s in parts if s[0] == "source"]
            names["speech sources with their cue"].add(sources, wanted)
            names["speech: source and cue"].add(
                [*sources, *[("cue", *s[1:]) for s in cues]], [*wanted, *[("cue", *s[1:]) for s in groups["cues"]]]
            )
        for row, score in names.items():
            self.show(f"written, held-out tenth: {row}", score)
        self.gold_anchors(documents)
        self.no_events(documents)

    def gold_anchors(self, documents: Sequence[Document]) -> None:
        """Score arguments and speech given gold triggers and cues."""
        scores = {"arguments": Score(), "speech": Score()}
        by_role: dict[str, Score] = {}
        readings = []
        for start in range(0, len(documents), BATCH):
            part = documents[start : start + BATCH]
            readings += self.model.reader.read(
                *self._words(part), {h: [[at for at, _ in d.anchored.get(h, [])] for d in part] for h in scores}
            )
        for document, reading in zip(documents, readings, strict=True):
            for head, score in scores.items():
                wanted = [(at, *s) for at, parts in document.anchored[head] for s in parts if s[0] != "casualty"]
                found = [(p.anchor, p.role, p.start, p.end) for p in reading.parts[head] if p.role != "casualty"]
                score.add(found, wanted)
                for role in {item[1] for item in (*found, *wanted)}:
                    own = by_role.setdefault(str(role), Score())
                    own.add([i for i in found if i[1] == role], [i for i in wanted if i[1] == role])
        self.show("written, held-out tenth: arguments given gold trigger", scores["arguments"])
        for role, score in sorted(by_role.items()):
            self.show(f"    {role}", score)
        self.show("written, held-out tenth: speech given gold cue", scores["speech"])

    def _words(self, documents: Sequence[Document]) -> tuple[list[Words], list[list[str]]]:
        words = []
        for document in documents:
            doc, _ = laid_out(document, self.nlp.vocab)
            words.append(read_words(doc, self.model.reader.network.pieces, self.model.features))
        return words, [document.words for document in documents]

    def no_events(self, documents: Sequence[Document]) -> None:
        """Count triggers found in the texts without events."""
        empty = [document for document in documents if not document.groups["triggers"]]
        found = sum(len(doc.spans["triggers"]) for _, doc, _ in self.docs(empty))
        print(f"{'written, texts without events: triggers found':62} {found} in {len(empty)} texts")


def _ents(doc: Doc, at: dict[int, int], kinds: set[str]) -> list[Item]:
    return [(e.label_, at[e.start], at[e.end - 1] + 1) for e in doc.ents if e.label_ in kinds]


def _with(doc: Doc, group: str, at: dict[int, int]) -> Iterator[tuple[Span, Item]]:
    for span in doc.spans[group]:
        yield span, (span.label_, at[span.start], at[span.end - 1] + 1)


def _counted(reader: CountReader, span: Span) -> tuple[int | None, int | None]:
    """Return the number that a casualty expression tells, as the extractor reads it; without one it is a single person."""
    counts = (count for count in reader.read(span.doc) if span.start <= count.start < span.end)
    count = next((count for count in counts if not is_measure(span.doc, count)), None)
    return (1, 1) if count is None else (count.low, count.high)


def _spans(doc: Doc, group: str, at: dict[int, int]) -> list[Item]:
    return [item for _, item in _with(doc, group, at)]


def _outermost(spans: Sequence[Item]) -> list[Item]:
    kept: list[Item] = []
    for span in sorted(spans, key=lambda s: (s[1] - s[2], s[1])):
        if not any(span[1] < other[2] and other[1] < span[2] for other in kept):
            kept.append(span)
    return kept


def _bio(labels: Sequence[str | None]) -> list[Item]:
    found: list[list[object]] = []
    for i, label in enumerate(labels):
        mark, _, kind = (label or "O").partition("-")
        if mark == "B" or (mark == "I" and not (found and found[-1][2] == i)):
            found.append([kind, i, i + 1])
        elif mark == "I":
            found[-1][2] = i + 1
    return [tuple(span) for span in found]


def _bounds(starts: Sequence[int], size: int) -> list[Item]:
    return list(zip(starts, [*starts[1:], size], strict=True))


def _raw(document: Document, *, glued: bool) -> tuple[str, list[Item]]:
    """Return the text of a document, and the bounds of its sentences; `glued` drops the space between sentences."""
    text, bounds, start = "", [], 0
    for i, (word, space) in enumerate(zip(document.words, document.spaces, strict=True)):
        last = i + 1 == len(document.words) or document.layers["sentence"][i + 1] == "S"
        text += word
        if last:
            bounds.append((start, len(text)))
        if i + 1 in document.breaks:
            text += "\n" * document.breaks[i + 1]
        elif space and not (glued and last and re.search(r"[.!?]$", word)):
            text += " "
        if last:
            start = len(text)
    return text, bounds


def _stripped(text: str, start: int, end: int) -> Item:
    own = text[start:end]
    return start + len(own) - len(own.lstrip()), end - len(own) + len(own.rstrip())


def evaluate(corpora_folder: Path, model_folder: Path | None, samples: Path) -> dict[str, float]:
    """Print all rows of one model; return row → F1."""
    nlp = blank()
    model = nlp.add_pipe("kg_model", config={"folder": str(model_folder) if model_folder else None})
    assert isinstance(model, LanguageModel)  # noqa: S101 - the factory makes it
    evaluation = Evaluation(model, nlp)
    held = corpora.names(samples)
    ewt = list(corpora.ud_ewt(corpora_folder, "dev"))
    evaluation.syntax(ewt)
    evaluation.raw_sentences(ewt)
    evaluation.weapons([d for d in corpora.re3d(corpora_folder) if corpora.held_out("re3d", d.name)])
    evaluation.written([d for d in corpora.written(corpora_folder) if corpora.held_out("written", d.name, held)])
    return evaluation.rows


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--model", type=Path, help="folder of the model, by default the one that ships")
    parser.add_argument("--fp32", type=Path, help="folder of the same model unquantised: tell what quantisation costs")
    parser.add_argument("--samples", type=Path, default=Path("training/held_out.txt"))
    arguments = parser.parse_args()
    rows = evaluate(arguments.corpora, arguments.model, arguments.samples)
    if arguments.fp32:
        print("\nunquantised")
        full = evaluate(arguments.corpora, arguments.fp32, arguments.samples)
        print("\nwhat quantisation costs, in points of F1")
        for row, value in full.items():
            print(f"{row:62} {100 * (value - rows.get(row, 0.0)):+.2f}")


if __name__ == "__main__":
    main()
