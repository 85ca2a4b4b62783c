"""The language model as a spaCy component: sentences, tags, lemmas, dependencies, names, triggers and what belongs to them.

Sets `sent_start`, `tag_`, `pos_`, `lemma_`, `dep_`, `head` and `ents` of a `Doc`, and these groups of `doc.spans`:

- "triggers": label = event type, `id_` = status;
- "weak_triggers": the same for words that are less probable than not to be one, but may be;
- "arguments": label = role, `kb_id_` = number of the trigger in its group;
- "casualties": label = harm;
- "cues": label = stance;
- "fillers": label = role in MUC-4 of what is named;
- "speech": label = "source" or "content", `kb_id_` = number of the cue in its group.

`doc.cats["conflict"]` tells how probable it is that the text tells of conflict at all. `doc.spans[…].attrs["scores"]` of all but arguments and speech holds how probable the model holds each span.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import minibatch

from kg import resources
from kg.errors import KgError
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.nlp.decode import Bio, best_kind, collapse, lemma, tree
from kg.nlp.features import Features
from kg.nlp.inflect import verb_lemmas
from kg.nlp.network import Encoded, Network
from kg.nlp.tokens import texts
from kg.nlp.windows import Layout, Window, batches, read_words, windows
from kg.nlp.windows import Words as Numbers
from kg.vocab import Vocab, load_vocab

BATCH = 4096
"""Pieces, with padding, of the windows whose scores are decoded together."""
ANCHORS = {"arguments": "triggers", "speech": "cues"}
"""Anchored head → the group of spans that it takes as anchors."""
_GROUPS = {
    "triggers": "trigger",
    "weak_triggers": "trigger",
    "casualties": "casualty",
    "cues": "cue",
    "fillers": "filler",
}
_LENIENCE = {"weak_triggers": math.log(9), "fillers": math.log(3)}
"""Added to the scores of a group: a word is a weak trigger where the model holds that a tenth probable, a filler a quarter."""
_PREPOSITIONS = frozenset("of at by on in with from against".split())
_NOMINAL = frozenset("NN NNS NNP NNPS JJ CD UH".split())
_NEVER = np.float32(-1e4)
_BY_RULE = np.float32(-0.4)
"""Where a sentence begins by rule the model must be so sure that none does: "in the Red Sea. Two strikes hit …" is two."""


class Found(NamedTuple):
    """A span of words of a document, with its label, a second label (status) and its probability."""

    start: int
    end: int
    label: str
    status: str = ""
    score: float = 1.0


class Part(NamedTuple):
    """A span of words that plays `role` for the anchor that starts at word `anchor`."""

    anchor: int
    start: int
    end: int
    role: str


@dataclass(kw_only=True)
class Reading:
    """What the model reads in one document; positions are word numbers, heads as well.

    `pooled` holds the sum of the states of the words of each window that starts at the word, `state` their mean.
    """

    tags: list[str]
    pos: list[str]
    lemmas: list[str]
    relations: list[str]
    heads: list[int]
    groups: dict[str, list[Found]] = field(default_factory=dict)
    parts: dict[str, list[Part]] = field(default_factory=dict)
    pooled: dict[int, NDArray[np.float32]] = field(default_factory=dict)

    @property
    def state(self) -> NDArray[np.float32]:
        """Mean of the states (384,) of all words, added up in the order of the text."""
        total = sum((self.pooled[start] for start in sorted(self.pooled)), np.float32(0.0))
        return np.asarray(total / max(len(self.tags), 1), dtype=np.float32)


Anchors = Mapping[str, Sequence[Sequence[int]]]
"""Anchored head → for each document the words taken as anchors, in place of those that the model finds."""


class Reader:
    """Reads the words of documents with the network.

    Args:
        network: the trained graphs.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        tokens = network.inventory.tokens
        self._role = Bio(("O", "B", "I"))
        self._bio = {head: Bio(tokens[head]) for head in ("entity", "trigger", "cue", "filler")} | {
            "casualty": self._role
        }
        self._harms = [label.partition("-")[2] for label in tokens["casualty"][1::2]]
        self._blank_line = network.inventory.features.index("blank_line")
        self._root = network.inventory.relations.index("root")
        self._labels = {head: np.array(labels, dtype=object) for head, labels in tokens.items()}
        self._relations = np.array(network.inventory.relations, dtype=object)

    def read(
        self, documents: Sequence[Numbers], texts: Sequence[Sequence[str]], anchors: Anchors | None = None
    ) -> list[Reading]:
        """Return what the network reads in `documents`; `texts` are their words. A blank line ends a sentence."""
        found = [
            Reading(
                tags=[""] * len(own),
                pos=[""] * len(own),
                lemmas=list(own),
                relations=["dep"] * len(own),
                heads=list(range(len(own))),
                groups={group: [] for group in ("entities", *_GROUPS)},
                parts={head: [] for head in ANCHORS},
            )
            for own in texts
        ]
        longest = self.network.inventory.pieces
        for batch in batches(windows(documents, longest), BATCH):
            layout = self.network.pieces.lay_out(batch, documents)
            encoded = self.network.encode(layout)
            self._tokens(batch, encoded, texts, found)
            self._trees(batch, encoded, layout, documents, found)
            self._groups(batch, encoded, layout, found)
            for head in ANCHORS:
                self._parts(head, batch, encoded, layout, found, anchors)
        for reading in found:
            for group in reading.groups.values():
                group.sort()
            strong = {word for span in reading.groups["triggers"] for word in range(span.start, span.end)}
            reading.groups["weak_triggers"] = [
                span for span in reading.groups["weak_triggers"] if strong.isdisjoint(range(span.start, span.end))
            ]
            for parts in reading.parts.values():
                parts.sort()
        return found

    def _tokens(
        self, batch: Sequence[Window], encoded: Encoded, texts: Sequence[Sequence[str]], found: Sequence[Reading]
    ) -> None:
        best = {head: self._labels[head][encoded.tokens[head].argmax(-1)] for head in ("tag", "pos", "lemma")}
        for row, window in enumerate(batch):
            reading, own = found[window.doc], slice(window.start, window.end)
            count = window.end - window.start
            reading.pooled[window.start] = encoded.states[row, :count].sum(0)
            reading.tags[own] = best["tag"][row, :count].tolist()
            reading.pos[own] = best["pos"][row, :count].tolist()
            scripts = best["lemma"][row, :count].tolist()
            reading.lemmas[own] = map(lemma, texts[window.doc][own], scripts)

    def _trees(
        self,
        batch: Sequence[Window],
        encoded: Encoded,
        layout: Layout,
        documents: Sequence[Numbers],
        found: Sequence[Reading],
    ) -> None:
        sentence = encoded.tokens["sentence"]
        bar = np.zeros(layout.known.shape, dtype=np.float32)
        for row, window in enumerate(batch):
            for starts, value in ((documents[window.doc].starts, _BY_RULE), (documents[window.doc].leads, _NEVER)):
                inside = starts[bisect_left(starts, window.start) : bisect_left(starts, window.end)]
                bar[row, [start - window.start for start in inside]] = value
        begins = (sentence[..., 1] - sentence[..., 0] > bar) & layout.known
        begins[:, 0] = True
        blank = np.take_along_axis(layout.features[..., self._blank_line], layout.first, 1) > 0
        begins |= blank & layout.known
        for row, window in enumerate(batch):
            count = window.end - window.start
            heads = np.zeros(count, dtype=np.int64)
            starts = np.flatnonzero(begins[row, :count]).tolist()
            for start, end in zip(starts, [*starts[1:], count], strict=True):
                heads[start:end] = start + tree(encoded.arcs[row, start:end, start:end])
            scores = self.network.relations(encoded.states[row, :count], heads)
            scores[:, self._root] = np.where(heads == np.arange(count), -_NEVER, _NEVER)
            reading, own = found[window.doc], slice(window.start, window.end)
            reading.heads[own] = (heads + window.start).tolist()
            reading.relations[own] = self._relations[scores.argmax(-1)].tolist()

    def _groups(self, batch: Sequence[Window], encoded: Encoded, layout: Layout, found: Sequence[Reading]) -> None:
        for row, start, end, kind in self._bio["entity"].spans(encoded.tokens["entity"], layout.known):
            window = batch[row]
            found[window.doc].groups["entities"].append(Found(window.start + start, window.start + end, kind))
        for group, head in _GROUPS.items():
            scores = encoded.tokens[head]
            if group == "casualties":
                scores = collapse(scores)
            if group in _LENIENCE:
                scores = scores + np.where(
                    np.arange(scores.shape[-1]) > 0, np.float32(_LENIENCE[group]), np.float32(0.0)
                )
            spans = self._bio[head].spans(scores, layout.known)
            described = self._described(head, encoded, spans)
            for (row, start, end, kind), (label, status, score) in zip(spans, described, strict=True):
                window = batch[row]
                found[window.doc].groups[group].append(
                    Found(window.start + start, window.start + end, label or kind, status, score)
                )

    def _described(
        self, head: str, encoded: Encoded, spans: Sequence[tuple[int, int, int, str]]
    ) -> Iterator[tuple[str, str, float]]:
        """Yield label, where it is not the kind, status and probability of each of the `spans` that `head` found."""
        if not spans:
            return
        rows, words = np.array([(row, word) for row, start, end, _ in spans for word in range(start, end)]).T
        firsts = np.cumsum([0, *(end - start for _, start, end, _ in spans[:-1])])
        outside = np.maximum.reduceat(_softmax(encoded.tokens[head][rows, words])[:, 0], firsts).tolist()
        labels = statuses = [""] * len(spans)
        if head == "trigger":
            labels, statuses = (
                self._labels[name][np.add.reduceat(encoded.tokens[name][rows, words], firsts).argmax(1)].tolist()
                for name in ("type", "status")
            )
        elif head == "casualty":
            labels = [self._harms[best_kind(encoded.tokens[head][row, start:end])] for row, start, end, _ in spans]
        for label, status, lost in zip(labels, statuses, outside, strict=True):
            yield label, status, round(1.0 - lost, 2)

    def _parts(
        self,
        head: str,
        batch: Sequence[Window],
        encoded: Encoded,
        layout: Layout,
        found: Sequence[Reading],
        anchors: Anchors | None,
    ) -> None:
        names = self.network.inventory.anchored[head]
        width = layout.known.shape[1]
        owners: list[tuple[Window, int, str]] = []
        scores: list[NDArray[np.float32]] = []
        known: list[NDArray[np.bool_]] = []
        for row, window in enumerate(batch):
            own = (
                anchors[head][window.doc]
                if anchors is not None
                else [span.start for span in found[window.doc].groups[ANCHORS[head]]]
            )
            inside = [word for word in own if window.start <= word < window.end]
            if not inside:
                continue
            count = window.end - window.start
            labelled = self.network.anchored(head, encoded.states[row, :count], np.array(inside) - window.start)
            padded = np.zeros((len(inside) * len(names), width, 3), dtype=np.float32)
            padded[:, :count] = labelled.reshape(-1, count, 3)
            scores.append(padded)
            known.append(np.repeat(layout.known[row : row + 1], len(padded), axis=0))
            owners += [(window, word, name) for word in inside for name in names]
        if owners:
            for number, start, end, _ in self._role.spans(np.concatenate(scores), np.concatenate(known)):
                window, anchor, role = owners[number]
                part = Part(anchor, window.start + start, window.start + end, role)
                found[window.doc].parts[head].append(part)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    result: NDArray[np.float32] = powers / powers.sum(-1, keepdims=True)
    return result


class LanguageModel:
    """spaCy component; see the module. Knows the project's ontology and gazetteer unless it learns others.

    Args:
        reader: reads words.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._features: Features | None = None
        self._verbs: Mapping[str, str] = {}

    def learn(self, vocab: Vocab, gazetteer: Gazetteer) -> None:
        """Take up the ontology's words and known names, of which the encoder is told.

        Raises:
            KgError: the model was trained with another ontology.
        """
        self._features = Features(vocab, gazetteer)
        self._verbs = verb_lemmas(vocab)
        if tuple(self._features.names) != self.reader.network.inventory.features:
            msg = "the language model was trained with another ontology: run `make model`, or install conflict-kg again"
            raise KgError(msg)

    @property
    def features(self) -> Features:
        """What the encoder is told of each word."""
        if self._features is None:
            self.learn(load_vocab(), load_gazetteer())
        assert self._features is not None  # noqa: S101 - learnt above
        return self._features

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self.read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Read documents, `batch_size` at a time; windows of like length go through the encoder together."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            self.read(docs)
            yield from docs

    def read(self, docs: Sequence[Doc]) -> None:
        """Set the attributes of `docs`."""
        words = [read_words(doc, self.reader.network.pieces, self.features) for doc in docs]
        spelled = [[text for text in texts(doc) if not text.isspace()] for doc in docs]
        for doc, own, forms, reading in zip(docs, words, spelled, self.reader.read(words, spelled), strict=True):
            for word, tag in enumerate(reading.tags):
                if tag in _NOMINAL and forms[word].lower() in _PREPOSITIONS:
                    reading.tags[word], reading.pos[word] = "IN", "ADP"
                elif tag[:2] == "VB":
                    reading.lemmas[word] = self._verbs.get(forms[word].lower(), reading.lemmas[word])
            annotate(doc, own.tokens.tolist(), reading)
            doc.cats = {"conflict": self.reader.network.conflict(reading.state) if reading.tags else 0.0}


def annotate(doc: Doc, tokens: Sequence[int], reading: Reading) -> None:
    """Write a reading of the words at `tokens` into `doc`; white space hangs on the word before it."""
    if tokens:
        _attributes(doc, tokens, reading)
    strings = doc.vocab.strings
    doc.ents = [Span(doc, tokens[f.start], tokens[f.end - 1] + 1, label=f.label) for f in reading.groups["entities"]]
    numbers: dict[str, dict[int, str]] = {}
    for group in _GROUPS:
        found = reading.groups[group]
        numbers[group] = {span.start: str(number) for number, span in enumerate(found)}
        spans = [
            Span(doc, tokens[f.start], tokens[f.end - 1] + 1, label=f.label, span_id=strings.add(f.status))
            for f in found
        ]
        doc.spans[group] = SpanGroup(doc, name=group, spans=spans, attrs={"scores": [f.score for f in found]})
    for head, group in ANCHORS.items():
        doc.spans[head] = [
            Span(doc, tokens[p.start], tokens[p.end - 1] + 1, label=p.role, kb_id=numbers[group][p.anchor])
            for p in reading.parts[head]
        ]


def _attributes(doc: Doc, tokens: Sequence[int], reading: Reading) -> None:
    strings = doc.vocab.strings
    table = np.zeros((len(doc), 5), dtype=np.uint64)
    at = np.array(tokens)
    columns = (reading.tags, reading.pos, reading.lemmas, reading.relations)
    for column, values in enumerate(columns):
        keys = {value: strings.add(value) for value in dict.fromkeys(values)}
        table[at, column] = [keys[value] for value in values]
    heads = np.arange(len(doc))
    heads[at] = at[np.array(reading.heads)]
    words = frozenset(tokens)
    last = tokens[0]
    for token in range(len(doc)):
        if token in words:
            last = token
            continue
        heads[token] = last
        table[token, :4] = [strings.add(value) for value in ("_SP", "SPACE", doc[token].text, "dep")]
    table[:, 4] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    doc.from_array([TAG, POS, LEMMA, DEP, HEAD], table)  # type: ignore[arg-type]


@Language.factory(
    "kg_model", assigns=["token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "doc.ents", "doc.cats"]
)
def make_model(nlp: Language, name: str, folder: str | None = None) -> LanguageModel:  # noqa: ARG001 - spaCy's signature
    """Make the component with the model in `folder`, by default the one that ships with the project.

    Raises:
        KgError: the model is missing or broken.
    """
    return LanguageModel(Reader(Network(Path(folder) if folder else resources.folder("model"))))
