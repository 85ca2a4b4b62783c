"""Learning from other networks (Hinton et al. 2015)."""

from typing import NamedTuple

import torch
from torch import Tensor

from training.model.losses import anchored, arcs, at_heads
from training.model.network import Network
from training.model.texts import IGNORE, Batch

SURE = 0.2
"""A word is an anchor for learning from teachers if they hold it for one with this probability."""


class Told(NamedTuple):
    """What teachers say of a batch, as probabilities; `anchored`: layer → rows, words, probabilities, weights."""

    tokens: dict[str, Tensor]
    arcs: Tensor
    heads: Tensor
    relations: Tensor
    anchored: dict[str, tuple[Tensor, Tensor, Tensor, Tensor]]


class Teachers:
    """Networks that a student learns from: the mean of what they say.

    Teacher number k was not trained on the texts of fold k, so of those it is the one that does not just know the answer
    by heart: there it counts as much as all others together.
    """

    def __init__(self, networks: list[Network]) -> None:
        self._networks = [network.eval().requires_grad_(requires_grad=False) for network in networks]

    @torch.no_grad()
    def tell(self, found: Batch, anchors: int) -> Told:
        """Return what the teachers say of `found`, of up to `anchors` anchors of each layer."""
        count = len(self._networks)
        own = (found.fold % count)[:, None] == torch.arange(count, device=found.fold.device)
        shares = torch.where(own, 0.5 if count > 1 else 1.0, 0.5 / max(count - 1, 1))
        states = [n.read(found.pieces, found.mask, found.features, found.first) for n in self._networks]
        tokens = {
            name.removesuffix("_layer"): self._blend(
                [n.tokens[name](x) for n, x in zip(self._networks, states, strict=True)], shares
            )
            for name in self._networks[0].tokens
        }
        heads = self._blend([arcs(n, x, found) for n, x in zip(self._networks, states, strict=True)], shares)
        best = torch.where(found.heads == IGNORE, heads.argmax(-1), found.heads)
        relations = self._blend(
            [n.labels(x, at_heads(x, best)) for n, x in zip(self._networks, states, strict=True)], shares
        )
        begun = {"arguments": tokens["trigger"][..., 1], "speech": tokens["cue"][..., 1::2].sum(-1)}
        told = {}
        for layer, score in begun.items():
            most = torch.where(found.known, score, 0.0).flatten().topk(anchors)
            rows, at = most.indices // score.shape[1], most.indices % score.shape[1]
            each = [anchored(n, layer, x, rows, at) for n, x in zip(self._networks, states, strict=True)]
            each = [scores.view(*scores.shape[:2], -1, 3) for scores in each]
            told[layer] = (rows, at, self._blend(each, shares[rows]), (most.values > SURE).float())
        return Told(tokens, heads, best, relations, told)

    @staticmethod
    def _blend(scores: list[Tensor], shares: Tensor) -> Tensor:
        total = torch.zeros_like(scores[0], dtype=torch.float32)
        for number, each in enumerate(scores):
            share = shares[:, number].view(-1, *[1] * (each.dim() - 1))
            total += share * each.float().softmax(-1)
        return total


def learned(network: Network, x: Tensor, found: Batch, told: Told) -> dict[str, Tensor]:
    """Return the loss of each head by what teachers say."""
    known = found.known.float()
    event = known * (1.0 - told.tokens["trigger"][..., 0])
    result = {}
    for name, layer in network.tokens.items():
        head = name.removesuffix("_layer")
        weights = event if head in {"type", "status"} else known
        result[head] = _soft(layer(x), told.tokens[head], weights)
    result["arc"] = _soft(arcs(network, x, found), told.arcs, known)
    result["relation"] = _soft(network.labels(x, at_heads(x, told.heads)), told.relations, known)
    for layer, (rows, at, wanted, weights) in told.anchored.items():
        scores = anchored(network, layer, x, rows, at).view(wanted.shape)
        each = (weights[:, None] * known[rows])[..., None].expand(wanted.shape[:-1])
        result[layer] = _soft(scores, wanted, each) * 6
    return result


def _soft(scores: Tensor, wanted: Tensor, weights: Tensor) -> Tensor:
    each = -(wanted * scores.float().log_softmax(-1)).sum(-1)
    return (each * weights).sum() / weights.sum().clamp_min(1.0)
