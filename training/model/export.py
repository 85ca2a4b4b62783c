"""Turns trained weights into what ships: `python -m training.model.export BUILD BASE MODEL`.

BUILD holds `model.safetensors` and `labels.json` of a training, BASE the published encoder's tokenizer, MODEL receives the
ONNX graphs (the encoder's weights as int8, its activations quantised while running), `labels.json` and `tokenizer.json`. With `--fp32 DIR`
the same graphs are kept unquantised beside, so that `training/evaluate.py --model DIR` can tell what quantisation costs.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from training.model.fuse import fuse
from training.model.network import HIDDEN, Anchored, Network, Sizes

OPSET = 18


class EncoderGraph(nn.Module):
    """Pieces to word states, the logits of all token heads side by side, and arcs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.heads = nn.Linear(HIDDEN, sum(layer.out_features for layer in network.tokens.values()))
        self.heads.weight = nn.Parameter(torch.cat([layer.weight for layer in network.tokens.values()]))
        self.heads.bias = nn.Parameter(torch.cat([layer.bias for layer in network.tokens.values()]))

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return states, tokens and arcs as the runtime expects them, which gives rows of one length: no mask."""
        encoded = self.network.encoder(pieces, torch.ones_like(pieces, dtype=features.dtype), features)
        rows = torch.arange(pieces.shape[0])[:, None] * pieces.shape[1]
        x = encoded.reshape(-1, HIDDEN)[first + rows]
        return x, self.heads(x), self.network.arcs(x, torch.ones(1))


class RelationGraph(nn.Module):
    """States of words and row numbers of their heads to scores of dependency labels."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, heads: Tensor) -> Tensor:
        """Return scores (words, relations)."""
        return self.network.labels(states, states[heads])


class AnchoredGraph(nn.Module):
    """States of words to BIO scores of each word of a window for each anchor."""

    def __init__(self, head: Anchored) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor, anchors: Tensor, words: Tensor, at: Tensor) -> Tensor:
        """Return scores (anchors, words, three for each span role)."""
        projected = self.head.word(states)
        return self.head(self.head.anchor(states[anchors]), projected[words], at)


def graphs(network: Network) -> dict[str, tuple[nn.Module, tuple[Tensor, ...], dict[str, tuple[str, ...]], list[str]]]:
    """Return file stem → module, example inputs, axes by input name, output names."""
    batch, length, words = 2, 12, 9
    encoder = (
        torch.randint(5, 99, (batch, length)),
        torch.zeros(batch, length, network.encoder.features.in_features),
        torch.arange(words).expand(batch, words).contiguous(),
    )
    states = torch.randn(20, HIDDEN)
    anchored = (states, torch.tensor([1, 2, 3]), torch.arange(18).reshape(3, 6), torch.tensor([1, 2, 0]))
    found = {
        "encoder": (
            EncoderGraph(network),
            encoder,
            {
                "pieces": ("batch", "pieces"),
                "features": ("batch", "pieces"),
                "first": ("batch", "words"),
            },
            ["states", "tokens", "arcs"],
        ),
        "relations": (
            RelationGraph(network),
            (states, torch.arange(20)),
            {"states": ("words",), "heads": ("words",)},
            ["scores"],
        ),
    }
    for name, head in network.anchored.items():
        axes = {"states": ("all",), "anchors": ("anchors",), "words": ("anchors", "words"), "at": ("anchors",)}
        found[name] = (AnchoredGraph(head), anchored, axes, ["scores"])
    return found


def export(network: Network, folder: Path) -> None:
    """Write the graphs of `network` in single precision to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (module, example, axes, outputs) in graphs(network).items():
        shapes = {key: dict.fromkeys(range(len(names)), torch.export.Dim.DYNAMIC) for key, names in axes.items()}
        torch.onnx.export(
            module.eval(),
            example,
            folder / f"{name}.onnx",
            input_names=list(axes),
            output_names=outputs,
            dynamic_shapes=tuple(shapes[key] for key in axes),
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )


def quantise(source: Path, target: Path) -> None:
    """Write the graph `source` with weights as int8 and few, large operations to `target`.

    Seven bits of eight are used (`reduce_range`), so that processors without VNNI instructions do not overflow.
    """
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    onnx.save(fuse(onnx.load(target)), target)


def load(build: Path) -> Network:
    """Return the trained network of the folder `build`."""
    description = json.loads((build / "labels.json").read_text(encoding="utf-8"))
    weights = load_file(build / "model.safetensors")
    sizes = Sizes(
        features=len(description["features"]),
        tokens={head: len(names) for head, names in description["tokens"].items()},
        relations=len(description["relations"]),
        anchored={name: 3 * len(parts) for name, parts in description["anchored"].items()},
    )
    network = Network(weights["encoder.words.weight"].shape[0], sizes)
    network.load_state_dict(weights)
    return network.eval()


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--fp32", type=Path)
    arguments = parser.parse_args()
    arguments.model.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = arguments.fp32 or Path(scratch)
        export(load(arguments.build), full)
        for path in sorted(full.glob("*.onnx")):
            if path.stem == "encoder":
                quantise(path, arguments.model / path.name)
            elif full != arguments.model:
                shutil.copy(path, arguments.model / path.name)
            onnx.checker.check_model(arguments.model / path.name)
        for folder in {full, arguments.model}:
            shutil.copy(arguments.build / "labels.json", folder / "labels.json")
            shutil.copy(arguments.base / "tokenizer.json", folder / "tokenizer.json")


if __name__ == "__main__":
    main()
