"""Prepared texts as flat tensors, and batches of windows of them; needs torch alone, so that it runs where only that is.

`training/model/prepare.py` writes the file. Words of all texts stand one behind the other, and so do their pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

IGNORE = -100
STEP = 32
"""Windows are padded to a multiple of so many pieces: few shapes."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Tensors of a batch; the names are those of the network's arguments.

    `anchored`: layer → rows of the batch (anchors,), words (anchors,), labels (anchors, words, parts). Of anchors that are
    there only to fill up, all labels are `IGNORE`. `fold`: of each row's text. `word`: of each piece.
    """

    pieces: Tensor
    mask: Tensor
    features: Tensor
    first: Tensor
    known: Tensor
    word: Tensor
    labels: dict[str, Tensor]
    heads: Tensor
    relations: Tensor
    sentence: Tensor
    anchored: dict[str, tuple[Tensor, Tensor, Tensor]]
    fold: Tensor


class Texts:
    """All texts of a training.

    Args:
        path: what `training/model/prepare.py` wrote.
        device: where the tensors go.
        layers: anchored layer → number of its parts.
    """

    def __init__(self, path: Path, device: str, layers: dict[str, int], features: int) -> None:
        with safe_open(path, "pt") as file:
            told = file.metadata()
        self.heads = told["heads"].split(" ")
        self.corpora = told["corpora"].split(" ")
        self.opening, self.closing, self.mask = (int(told[name]) for name in ("opening", "closing", "mask"))
        self._layers = layers
        found = {name: value.to(device) for name, value in load_file(path).items()}
        self._pieces = found["pieces"].long()
        self._at = torch.cat((found["sizes"].new_zeros(1).long(), found["sizes"].long().cumsum(0)))
        self._word = torch.repeat_interleave(torch.arange(len(self._at) - 1, device=device), found["sizes"].long())
        bits = torch.arange(7, -1, -1, device=device, dtype=torch.uint8)
        self._features = (found["features"][:, :, None] >> bits & 1).flatten(1)[:, :features].contiguous()
        self._labels, self._head, self._relation = found["labels"], found["head"].long(), found["relation"]
        self._sentence = found["sentence"].long()
        self._windows = found["windows"].long()
        self.windows = found["windows"].cpu().long()
        self.documents = found["documents"].cpu().long()
        """(texts, 2): corpus, number within the corpus."""
        self._fold = found["documents"][:, 1].long()
        self._anchors = {layer: found[f"{layer}.at"].long() for layer in layers}
        self._spans = {layer: _padded(found[f"{layer}.spans"].long(), len(self._anchors[layer])) for layer in layers}

    def __len__(self) -> int:
        return len(self._at) - 1

    def batch(self, chosen: Tensor, length: int, anchors: int) -> Batch:
        """Return the windows numbered `chosen` (rows,) in `length` pieces, with up to `anchors` anchors of each layer."""
        start, end = self._windows[chosen, 2], self._windows[chosen, 3]
        word = start[:, None] + torch.arange(length - 2, device=chosen.device)
        known = word < end[:, None]
        word = torch.where(known, word, start[:, None])
        begin, total = self._at[start], self._at[end] - self._at[start]
        place = torch.arange(length, device=chosen.device)[None]
        inside = (place >= 1) & (place <= total[:, None])
        index = torch.where(inside, begin[:, None] + place - 1, begin[:, None])
        pieces = torch.where(inside, self._pieces[index], 0)
        pieces = torch.where(place == 0, self.opening, torch.where(place == total[:, None] + 1, self.closing, pieces))
        labels = self._labels[word].long()
        head, relation = self._head[word], self._relation[word].long()
        headed = known & (head >= start[:, None]) & (head < end[:, None])
        return Batch(
            pieces=pieces,
            mask=(place < total[:, None] + 2).float(),
            features=self._features[self._word[index]] * inside[..., None].float(),
            first=torch.where(known, self._at[word] - begin[:, None] + 1, 0),
            known=known,
            word=torch.where(inside, self._word[index] - start[:, None], -1),
            labels={name: torch.where(known, labels[..., column], IGNORE) for column, name in enumerate(self.heads)},
            heads=torch.where(headed, head - start[:, None], IGNORE),
            relations=torch.where(known & (head >= 0), relation, IGNORE),
            sentence=torch.where(known, self._sentence[word], -1),
            anchored={layer: self._anchored(layer, start, end, length - 2, anchors) for layer in self._layers},
            fold=self._fold[self._windows[chosen, 1]],
        )

    def _anchored(self, layer: str, start: Tensor, end: Tensor, words: int, most: int) -> tuple[Tensor, Tensor, Tensor]:
        at = self._anchors[layer]
        low = torch.searchsorted(at, start)
        ends = (torch.searchsorted(at, end) - low).cumsum(0)
        number = torch.arange(most, device=start.device)
        row = torch.searchsorted(ends, number, right=True)
        used = row < len(start)
        row = row.clamp_max(len(start) - 1)
        before = torch.where(row > 0, ends[(row - 1).clamp_min(0)], 0)
        index = torch.where(used, low[row] + number - before, 0)
        first, last = start[row], end[row]
        place = first[:, None] + torch.arange(words, device=start.device)
        marks = torch.zeros(most, words, self._layers[layer], dtype=torch.long, device=start.device)
        for part, a, b in self._columns(layer, index):
            whole = (a >= first) & (b <= last) & (part >= 0)
            column = part.clamp_min(0)
            here = (place >= a[:, None]) & (place < b[:, None]) & whole[:, None]
            own = marks.gather(2, column[:, None, None].expand(-1, words, 1))[..., 0]
            free = ((own > 0) & (place == a[:, None])).any(1, keepdim=True).logical_not()
            value = torch.where(here & free, torch.where(place == a[:, None], 1, 2), own)
            marks = marks.scatter(2, column[:, None, None].expand(-1, words, 1), value[..., None])
        real = (place < last[:, None]) & used[:, None]
        return row, torch.where(used, at[index] - first, 0), torch.where(real[..., None], marks, IGNORE)

    def _columns(self, layer: str, index: Tensor) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        spans = self._spans[layer][index]
        for number in range(spans.shape[1]):
            part, a, b = spans[:, number].unbind(1)
            yield part, a, b


def _padded(spans: Tensor, anchors: int) -> Tensor:
    """Return (anchors, most spans of one, 3) of part, start and end from rows of anchor, part, start and end; part -1 fills up."""
    counts = torch.bincount(spans[:, 0], minlength=anchors)
    first = counts.cumsum(0) - counts
    slot = torch.arange(len(spans), device=spans.device) - first[spans[:, 0]]
    result = spans.new_full((anchors, max(int(counts.max()), 1), 3), -1)
    result[spans[:, 0], slot] = spans[:, 1:]
    return result
