"""How far a network is from what the corpora say."""

from torch import Tensor
from torch.nn import functional

from training.model.network import Network
from training.model.texts import IGNORE, Batch

SMOOTHING = 0.02


def losses(network: Network, x: Tensor, found: Batch) -> dict[str, Tensor]:
    """Return the loss of each head by what the corpora say; `x` (rows, words, 384) are the states of words."""
    result = {}
    for name, layer in network.tokens.items():
        head = name.removesuffix("_layer")
        result[head] = _mean(layer(x), found.labels[head], SMOOTHING)
    result["arc"] = _mean(arcs(network, x, found), found.heads)
    result["relation"] = _mean(network.labels(x, at_heads(x, found.heads)), found.relations)
    for layer, (rows, at, gold) in found.anchored.items():
        scores = anchored(network, layer, x, rows, at)
        result[layer] = _mean(scores.view(*gold.shape, 3), gold) * 6
    return result


def arcs(network: Network, x: Tensor, found: Batch) -> Tensor:
    """Return scores (rows, words, words) of heads within the same sentence."""
    same = found.sentence[:, :, None] == found.sentence[:, None, :]
    return network.arcs(x, found.known.float()).float().masked_fill(~same, -1e4)


def anchored(network: Network, layer: str, x: Tensor, rows: Tensor, at: Tensor) -> Tensor:
    """Return scores (anchors, words, labels) for the anchors `at` in `rows`."""
    head = network.anchored[layer]
    result: Tensor = head(head.anchor(x[rows, at]), head.word(x)[rows], at)
    return result


def _mean(scores: Tensor, gold: Tensor, smoothing: float = 0.0) -> Tensor:
    total = functional.cross_entropy(
        scores.float().flatten(0, -2),
        gold.flatten(),
        ignore_index=IGNORE,
        reduction="sum",
        label_smoothing=smoothing,
    )
    return total / (gold != IGNORE).sum().clamp_min(1)


def at_heads(x: Tensor, heads: Tensor) -> Tensor:
    """Return the states (rows, words, 384) of the `heads` (rows, words) of words; those of the first word where none is known."""
    return x.gather(1, heads.clamp_min(0)[..., None].expand(-1, -1, x.shape[2]))
