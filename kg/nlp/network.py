"""The trained network as ONNX graphs; `training/model/export.py` writes them."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.errors import KgError
from kg.nlp.windows import Layout, Pieces

Floats = NDArray[np.float32]


class Inventory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the numbers that the network puts out mean (`labels.json`).

    Args:
        features: names of the features of a word, in the order of their columns.
        pieces: the most pieces of a window.
        tokens: head → labels, in the order of their columns.
        relations: dependency labels.
        anchored: head → the roles that words play for an anchor.
    """

    features: tuple[str, ...]
    pieces: int
    tokens: Mapping[str, tuple[str, ...]]
    relations: tuple[str, ...]
    anchored: Mapping[str, tuple[str, ...]]


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Logistic regression that tells texts about conflict from others (`gate.json`).

    Args:
        weights: (384,), of the mean state of a text's words.
        bias: in logits.
    """

    weights: tuple[float, ...]
    bias: float


class Encoded(NamedTuple):
    """What the encoder says of a batch: states (rows, words, 384), scores of each token head, arcs (rows, words, words)."""

    states: Floats
    tokens: Mapping[str, Floats]
    arcs: Floats


class Network:
    """The graphs of one model folder, each run on one thread.

    Args:
        folder: holds `encoder.onnx`, `relations.onnx`, one graph for each anchored head, `gate.json`, `labels.json`, `tokenizer.json`.

    Raises:
        KgError: a file is missing or not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        try:
            described = (folder / "labels.json").read_bytes()
            self.inventory = msgspec.json.decode(described, type=Inventory)
            self._gate = msgspec.json.decode((folder / "gate.json").read_bytes(), type=Gate)
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # `tokenizers` raises nothing narrower
            msg = f"{folder}: the language model cannot be read ({error}): install conflict-kg again"
            raise KgError(msg) from error
        self._gate_weights = np.array(self._gate.weights, dtype=np.float64)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.pieces = Pieces(tokenizer)
        self._encoder = _session(folder / "encoder.onnx")
        self._relations = _session(folder / "relations.onnx")
        self._anchored = {name: _session(folder / f"{name}.onnx") for name in self.inventory.anchored}
        self._hidden = self._encoder.get_outputs()[0].shape[-1]
        self._width = sum(map(len, self.inventory.tokens.values()))
        ends = np.cumsum([len(labels) for labels in self.inventory.tokens.values()]).tolist()
        self._columns = {
            head: slice(start, end) for head, start, end in zip(self.inventory.tokens, [0, *ends], ends, strict=False)
        }

    def encode(self, layout: Layout) -> Encoded:
        """Return what the encoder and the heads on it say of a batch; 0 stands where a row has no word.

        The rows go through the graph one by one: its activations are quantised with one scale for all that goes through
        together, so that a window would be read differently beside other windows.
        """
        rows, width = layout.known.shape
        states = np.zeros((rows, width, self._hidden), dtype=np.float32)
        tokens = np.zeros((rows, width, self._width), dtype=np.float32)
        arcs = np.zeros((rows, width, width), dtype=np.float32)
        for row in range(rows):
            own, length, count = slice(row, row + 1), int(layout.mask[row].sum()), int(layout.known[row].sum())
            states[own, :count], tokens[own, :count], arcs[own, :count, :count] = self._encoder.run(
                ["states", "tokens", "arcs"],
                {
                    "pieces": layout.pieces[own, :length],
                    "features": layout.features[own, :length],
                    "first": layout.first[own, :count],
                },
            )
        return Encoded(states, {head: tokens[..., columns] for head, columns in self._columns.items()}, arcs)

    def conflict(self, state: Floats) -> float:
        """Return how probable it is that a text whose words have the mean `state` (384,) tells of conflict, in hundredths."""
        logit = float(np.dot(self._gate_weights, state)) + self._gate.bias
        return round(1.0 / (1.0 + math.exp(-min(max(logit, -30.0), 30.0))), 2)

    def relations(self, states: Floats, heads: NDArray[np.int64]) -> Floats:
        """Return scores (words, relations) of dependency labels of one window.

        Args:
            states: (words, 384).
            heads: (words,), the head of each word.
        """
        (scores,) = self._relations.run(["scores"], {"states": states, "heads": heads})
        return np.asarray(scores)

    def anchored(self, head: str, states: Floats, anchors: NDArray[np.int64]) -> Floats:
        """Return scores (anchors, roles, words, 3) of O, B and I in one window.

        Args:
            head: "arguments" or "speech".
            states: (words, 384).
            anchors: (anchors,), words.
        """
        words = np.broadcast_to(np.arange(len(states)), (len(anchors), len(states)))
        given = {"states": states, "anchors": anchors, "words": np.ascontiguousarray(words), "at": anchors}
        (scores,) = self._anchored[head].run(["scores"], given)
        found = np.asarray(scores).reshape(*words.shape, len(self.inventory.anchored[head]), 3)
        return found.transpose(0, 2, 1, 3)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    # More than this fuses additions into the normalisations behind them, which is five times slower than both apart.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own kinds, which it does not export
        msg = f"{path}: the language model cannot be read ({error}): install conflict-kg again"
        raise KgError(msg) from error
