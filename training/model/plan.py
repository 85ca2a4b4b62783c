"""What a training reads, in which order and how often."""

import random
from typing import NamedTuple

import torch

from training.model.texts import STEP, Texts

VARIANTS = (0, 1, 2, 3, 3, 3)
"""Into which windows a text is cut, drawn anew each time (`training.model.prepare.LENGTHS`)."""


class Stage(NamedTuple):
    """A part of the training.

    `times`: how often a pass reads each text: the smaller its corpus and the closer to the task, the oftener. `rates`:
    highest learning rates of encoder and heads. `rounded`: so many passes at its end simulate the rounding of what ships.
    """

    name: str
    passes: int
    rates: tuple[float, float]
    times: dict[str, float]
    rounded: int = 1


BROAD = {"ud_ewt": 1.5, "gum": 1, "wikigold": 1, "crossner_politics": 1, "re3d": 4, "muc4": 0.5, "written": 5, "own": 0}
NEAR = {"ud_ewt": 0.7, "gum": 0.4, "wikigold": 0.5, "crossner_politics": 0.5, "re3d": 2, "muc4": 0.25, "written": 3, "own": 3}  # fmt: skip
ALONE = (
    Stage("broad", 7, (1.5e-4, 1.0e-3), BROAD),
    Stage("near", 2, (7e-5, 5e-4), NEAR),
    Stage("settled", 1, (4e-5, 3e-4), NEAR),
)
"""First all that teaches reading, then mostly what is like the news that the program reads, and this once more with rounding
alone; each begins with the averaged weights of the one before."""
TEACHER = (
    Stage("broad", 10, (1.8e-4, 1.2e-3), BROAD, 0),
    Stage("near", 4, (9e-5, 6e-4), NEAR, 0),
)
"""A teacher does not ship, so that nothing is rounded; more passes, for a graphics card."""
TAUGHT = (
    Stage("broad", 10, (2.0e-4, 1.2e-3), BROAD | {"muc4": 1, "own": 2}, 0),
    Stage("near", 6, (1.2e-4, 7e-4), NEAR | {"muc4": 0.5}, 3),
    Stage("settled", 3, (6e-5, 4e-4), NEAR | {"muc4": 0.5}, 3),
)
"""Of one who learns from teachers: it cannot learn them by heart as soon, so that it reads longer."""
PLANS = {"alone": ALONE, "teacher": TEACHER, "taught": TAUGHT}


class Plan:
    """Which windows a pass reads, in which batches.

    Args:
        texts: all texts.
        times: corpus → how often a pass reads each of its texts.
        size: pieces of a batch.
        left_out: fold and number of folds, of texts that are never read.
    """

    def __init__(self, texts: Texts, times: dict[str, float], size: int, left_out: tuple[int, int] | None) -> None:
        self._size, self._windows = size, texts.windows
        variants = int(texts.windows[:, 0].max()) + 1
        keys = texts.windows[:, 1] * variants + texts.windows[:, 0]
        self._bounds = torch.searchsorted(keys, torch.arange(len(texts.documents) * variants + 1)).tolist()
        self._variants = variants
        self._times = [
            0.0 if left_out and number % left_out[1] == left_out[0] else times.get(texts.corpora[corpus], 0.0)
            for corpus, number in texts.documents.tolist()
        ]
        self._lengths = ((texts.windows[:, 4] + STEP - 1) // STEP * STEP).tolist()

    def batches(self, rng: random.Random) -> list[tuple[int, list[int]]]:
        """Return length in pieces and windows of each batch; each batch of a length has as many windows."""
        found: dict[int, list[int]] = {}
        for number, times in enumerate(self._times):
            for _ in range(int(times + rng.random())):
                key = number * self._variants + rng.choice(VARIANTS)
                for window in range(self._bounds[key], self._bounds[key + 1]):
                    found.setdefault(self._lengths[window], []).append(window)
        result = []
        for length, windows in sorted(found.items()):
            rows = self._size // length
            rng.shuffle(windows)
            filled = [*windows, *rng.choices(windows, k=-len(windows) % rows)]
            result += [(length, filled[start : start + rows]) for start in range(0, len(filled), rows)]
        rng.shuffle(result)
        return result
