"""The network: one small transformer that reads words in context, and a head for each layer of annotation.

The encoder is all-MiniLM-L6-v2 (six layers, 384 units). It is uncased, so that spelling (capitals, line breaks, missing
spaces) and what the ontology and the gazetteer know of a word come in as features, added to the piece embeddings.
Heads read the first piece of each word:

- one linear layer for each layer of labels a word bears (sentence start, tags, lemma script, entities, triggers, …);
- a biaffine head for dependency arcs (Dozat and Manning 2017), and a cheaper product of vectors for their labels;
- "anchored" heads that label all words once for each anchor: arguments for each trigger, source and content for each cue.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
ARC, LABEL, ANCHOR = 192, 96, 192
MOST_WEIGHT = 64
"""A weight that ships as int8 is this many steps at most (`training/model/export.py`, `reduce_range`)."""
DISTANCES = 64
"""Distances in words between an anchor and a word are cut at plus and minus half of this."""


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many labels each head tells apart.

    Args:
        features: width of the feature vector of a piece.
        tokens: head → number of labels, for the heads that label each word.
        relations: number of dependency labels.
        anchored: head → number of labels, for the heads that label words for each anchor.
    """

    features: int
    tokens: dict[str, int]
    relations: int
    anchored: dict[str, int]


class _Rounding(torch.autograd.Function):
    """Rounds to the nearest of evenly spaced values; gradients pass through as if it had not (Jacob et al. 2018)."""

    @staticmethod
    def forward(_: object, x: Tensor, step: Tensor, zero: Tensor) -> Tensor:
        """Return `x` in whole steps from `zero`; both broadcast to the shape of `x`."""
        return x.float().div(step).add_(zero).round_().sub_(zero).mul_(step)

    @staticmethod
    def backward(_: object, gradient: Tensor) -> tuple[Tensor, None, None]:  # type: ignore[override]
        """Return the gradient as it came."""
        return gradient, None, None


class Rounded(nn.Module):
    """A module that can be trained as it will run: weights in seven bits for each output, inputs in eight for each window."""

    rounding = False

    def rounded(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the input `x` (batch, length, units) of linear layers, rounded while training simulates that.

        `mask` (batch, length) is 0 for padding, which is not there when the model runs.
        """
        if not (self.rounding and self.training):
            return x
        least, most = torch.aminmax((x.detach().float() * mask[..., None]).flatten(1), dim=1)
        least, most = least.clamp_max(0.0), most.clamp_min(0.0)
        step = ((most - least).clamp_min(1e-8) / 255)[:, None, None]
        return _Rounding.apply(x, step, (-least[:, None, None] / step).round())


class Linear(nn.Linear, Rounded):
    """A linear layer whose weights are rounded while training simulates that."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - torch's name
        """Return the outputs (…, outputs) of `input` (…, inputs)."""
        if not (self.rounding and self.training):
            return super().forward(input)
        return functional.linear(input, rounded_weights(self.weight, 1), self.bias)


def rounded_weights(weight: Tensor, inputs: int) -> Tensor:
    """Return a matrix as its int8 copy has it: a step size for each output; `inputs` is the axis of the inputs."""
    step = weight.detach().abs().amax(inputs, keepdim=True).clamp_min(1e-8) / MOST_WEIGHT
    result: Tensor = _Rounding.apply(weight, step, torch.zeros_like(step))
    return result


def rounded_table(weight: Tensor) -> Tensor:
    """Return an embedding table as its copy in eight bits has it: one step size for the whole table, from least to most."""
    step = (weight.max() - weight.min()) / 255
    return (weight / step).round() * step


def simulate_rounding(network: nn.Module, *, on: bool = True) -> None:
    """From now on train the layers that ship as int8 with its rounding, or not."""
    for module in network.modules():
        if isinstance(module, Rounded):
            module.rounding = on


class Layer(Rounded):
    """One transformer layer as in BERT (post-norm); names follow the published weights."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.inner, self.outer = Linear(HIDDEN, INNER), Linear(INNER, HIDDEN)
        self.norm1, self.norm2 = (nn.LayerNorm(HIDDEN, eps=1e-12) for _ in range(2))
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor, bias: Tensor) -> Tensor:
        """Return the next states of `x` (batch, length, 384).

        `mask` (batch, length) is 0 for the padding, which `bias` (batch, 1, 1, length) hides.
        """
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, ATTENTION_HEADS, -1).transpose(1, 2)

        y = self.rounded(x, mask)
        query, key, value = split(self.query(y)), split(self.key(y)), split(self.value(y))
        scores = query @ key.transpose(2, 3) / math.sqrt(HIDDEN // ATTENTION_HEADS) + bias
        weights = self.dropout(scores.softmax(-1))
        context = (weights @ value).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.dropout(self.output(self.rounded(context, mask))))
        inner = functional.gelu(self.inner(self.rounded(x, mask)))
        return self.norm2(x + self.dropout(self.outer(self.rounded(inner, mask))))


class Encoder(nn.Module):
    """Pieces and their features to states."""

    def __init__(self, vocabulary: int, features: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.features = Linear(features, HIDDEN, bias=False)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)
        nn.init.zeros_(self.features.weight)

    def forward(self, pieces: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """Return the states (batch, length, 384) of `pieces` (batch, length)."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.positions(positions)[None] + self.features(features))
        x = self.dropout(x)
        bias = (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, mask, bias)
        return x


class Anchored(nn.Module):
    """Labels every word of a window once for each anchor word."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.anchor, self.word = nn.Linear(HIDDEN, ANCHOR), nn.Linear(HIDDEN, ANCHOR)
        self.distance = nn.Embedding(DISTANCES + 1, ANCHOR)
        self.output = nn.Linear(ANCHOR, labels)
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(self, anchors: Tensor, words: Tensor, at: Tensor) -> Tensor:
        """Return scores (anchors, length, labels).

        Args:
            anchors: (anchors, 192), the projected states of the anchor words.
            words: (anchors, length, 192), the projected states of the words of each anchor's window.
            at: (anchors,), where in its window each anchor stands.
        """
        steps = torch.arange(words.shape[1], device=words.device)[None] - at[:, None]
        distance = self.distance(steps.clamp(-DISTANCES // 2, DISTANCES // 2) + DISTANCES // 2)
        return self.output(self.dropout(functional.gelu(anchors[:, None] + words + distance)))


class Network(Rounded):
    """Encoder and heads."""

    def __init__(self, vocabulary: int, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, sizes.features)
        self.dropout = nn.Dropout(0.2)
        self.tokens = nn.ModuleDict({f"{name}_layer": Linear(HIDDEN, size) for name, size in sizes.tokens.items()})
        self.dependent, self.head = Linear(HIDDEN, ARC), Linear(HIDDEN, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label_dependent, self.label_head = nn.Linear(HIDDEN, LABEL), nn.Linear(HIDDEN, LABEL)
        self.label = nn.Linear(3 * LABEL, sizes.relations)
        self.anchored = nn.ModuleDict({name: Anchored(size) for name, size in sizes.anchored.items()})

    def read(self, pieces: Tensor, mask: Tensor, features: Tensor, first: Tensor) -> Tensor:
        """Return the states (batch, words, 384) of the first piece of each word."""
        encoded = self.rounded(self.encoder(pieces, mask, features), mask)
        return self.dropout(encoded.gather(1, first[..., None].expand(-1, -1, HIDDEN)))

    def arcs(self, x: Tensor, known: Tensor) -> Tensor:
        """Return scores (batch, words, words): how well the third axis heads the second; a root heads itself.

        `known` (batch, words) is 0 where there is no word.
        """
        dependent, head = functional.gelu(self.dependent(x)), functional.gelu(self.head(x))
        dependent, head = self.dropout(self.rounded(dependent, known)), self.dropout(head)
        arc = self.arc[:-1]
        if self.rounding and self.training:
            arc = rounded_weights(arc, 0)
        return (dependent @ arc + self.arc[-1]) @ head.transpose(1, 2) / math.sqrt(ARC)

    def labels(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Return scores (…, relations) of states `dependent` and of the states of their heads."""
        a, b = functional.gelu(self.label_dependent(dependent)), functional.gelu(self.label_head(head))
        return self.label(self.dropout(torch.cat((a, b, a * b), -1)))


def published(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the encoder's parameters under our names, from the tensors of the published model."""
    found = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "output": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for layer in range(LAYERS):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                found[f"layers.{layer}.{ours}.{part}"] = weights[f"encoder.layer.{layer}.{theirs}.{part}"]
    return found
