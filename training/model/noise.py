"""What is done to the texts while training, so that the model relies on no single clue."""

import dataclasses

import torch
from torch import Tensor

from training.model.texts import Batch


class Noise:
    """Hides features and words, drops case and spaces.

    Args:
        names: of the features.
        mask: the piece that hides another.
        device: of the batches.
    """

    def __init__(self, names: list[str], mask: int, device: str) -> None:
        self._at = {name: column for column, name in enumerate(names)}
        groups = [
            [column for name, column in self._at.items() if name.startswith("trigger:")],
            [column for name, column in self._at.items() if name.startswith(("name", "demonym"))],
            [self._at["weapon"], self._at["weapon_model"]],
            [column for name, column in self._at.items() if name.startswith(("cue", "harm:"))],
        ]
        kept = torch.ones(len(groups) + 1, len(names))
        for row, group in enumerate(groups):
            kept[row, group] = 0.0
        kept[-1, [*groups[1], self._at["weapon_model"]]] = 0.0
        self._kept, self._mask = kept.to(device), mask

    def __call__(self, found: Batch) -> Batch:
        """Return the batch with noise."""
        features, rows, device = found.features.clone(), len(found.pieces), found.pieces.device
        for kept in self._kept[:-1]:
            hidden = torch.rand(rows, 1, 1, device=device) < 0.1
            features = torch.where(hidden, features * kept, features)
        capitals = [self._at[name] for name in ("title", "upper", "mixed", "initial")]
        shapes = [*capitals, self._at["lower"]]
        numeric = features[..., self._at["number"]] > 0
        spelling = {column: features[..., column].clone() for column in shapes}
        cased = torch.stack([features[..., column] for column in capitals]).amax(0)
        for share, shape in ((0.06, "lower"), (0.03, "upper"), (0.03, "title")):
            chosen = torch.rand(rows, 1, device=device) < share
            spelled = torch.maximum(cased, features[..., self._at["lower"]])
            for column in shapes:
                value = spelled if column == self._at[shape] else torch.zeros_like(spelled)
                features[..., column] = torch.where(chosen, value, features[..., column])
            if shape == "lower":
                features = torch.where(chosen[..., None], features * self._kept[-1], features)
        for column in shapes:
            features[..., column] = torch.where(numeric, spelling[column], features[..., column])
        self._respace(found, features)
        hidden = (torch.rand(found.pieces.shape, device=device) < 0.03) & (found.word >= 0)
        return dataclasses.replace(found, features=features, pieces=torch.where(hidden, self._mask, found.pieces))

    def _respace(self, found: Batch, features: Tensor) -> None:
        """Take away the white space before some sentences, or begin a line or a paragraph there; wrap the lines of some windows."""
        starts = found.labels["sentence"] == 1
        drawn = torch.rand(starts.shape, device=features.device)
        line, paragraph = starts & (drawn >= 0.12) & (drawn < 0.24), starts & (drawn >= 0.2) & (drawn < 0.24)
        marks = {"glued": starts & (drawn < 0.12), "newline": line, "blank_line": paragraph}
        word, inside = found.word.clamp_min(0), found.word >= 0
        touched = (starts & (drawn < 0.24)).gather(1, word) & inside
        for name, values in marks.items():
            column = features[..., self._at[name]]
            features[..., self._at[name]] = torch.where(touched, values.gather(1, word).float(), column)
        wrapped = torch.rand(len(word), 1, device=features.device) < 0.04
        wrapped = wrapped & (word % 12 == 11) & inside & ~touched
        features[..., self._at["newline"]] = torch.where(wrapped, 1.0, features[..., self._at["newline"]])
