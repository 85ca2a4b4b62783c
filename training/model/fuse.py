"""Rewrites the quantised encoder into fewer, larger operations: `python -m training.model.fuse MODEL/encoder.onnx`.

Exporter and quantiser write each step of the network as nodes of its own; onnxruntime spends a third of the time between
them. Here a quantised linear layer becomes one node, and layers that read the same input one layer, whose output is
split; attention becomes one node, as does GELU. The weights stay as they are, bit by bit. The mask goes, since windows
go through the graph one by one and nothing is padded. What is fused already stays: a second run changes nothing.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, helper, numpy_helper

DOMAIN = "com.microsoft"
"""onnxruntime's own operations, which every build of it has."""


class Linear(NamedTuple):
    """A quantised linear layer: the names of its input, its constants and its output."""

    source: str
    weight: str
    scale: str
    bias: str
    target: str


class Graph:
    """A graph whose nodes are found by what they read and write.

    Args:
        proto: the graph; `fuse` changes it.
    """

    def __init__(self, proto: GraphProto) -> None:
        self.proto = proto
        self._constants = {tensor.name: tensor for tensor in proto.initializer}
        self._makers = {name: node for node in proto.node for name in node.output}
        self._readers: dict[str, list[NodeProto]] = {}
        for node in proto.node:
            for name in node.input:
                self._readers.setdefault(name, []).append(node)

    def kinds(self, kind: str) -> list[NodeProto]:
        """Return all nodes of one kind."""
        return [node for node in self.proto.node if node.op_type == kind]

    def before(self, name: str, *kinds: str) -> NodeProto:
        """Return the node that `kinds` lead to from `name`, each the maker of the first input of the one before.

        Raises:
            ValueError: the exporter wrote something else.
        """
        node = self._makers[name]
        for number, kind in enumerate(kinds):
            node = self._makers[node.input[0]] if number else node
            if node.op_type != kind:
                msg = f"{node.name} is {node.op_type} and not {kind}: adapt training/model/fuse.py to the exporter"
                raise ValueError(msg)
        return node

    def after(self, node: NodeProto, *kinds: str) -> NodeProto:
        """Return the node that `kinds` lead to from `node`, each the only reader of the one before.

        Raises:
            ValueError: the exporter wrote something else.
        """
        for kind in kinds:
            readers = self._readers[node.output[0]]
            if [reader.op_type for reader in readers] != [kind]:
                msg = f"{node.name} is not read by one {kind}: adapt training/model/fuse.py to the exporter"
                raise ValueError(msg)
            node = readers[0]
        return node

    def bias(self, node: NodeProto) -> NodeProto | None:
        """Return the addition of a constant that is the only reader of `node`."""
        readers = self._readers.get(node.output[0], [])
        if len(readers) == 1 and readers[0].op_type == "Add" and readers[0].input[1] in self._constants:
            return readers[0]
        return None

    def constant(self, name: str) -> NDArray[np.generic]:
        """Return the value of a constant."""
        return np.asarray(numpy_helper.to_array(self._constants[name]))

    def add(self, name: str, value: NDArray[np.generic]) -> str:
        """Make a constant and return its name."""
        self.proto.initializer.append(numpy_helper.from_array(value, name))
        return name

    def replace(self, nodes: Sequence[NodeProto]) -> None:
        """Put `nodes` in the place of those that made their outputs, drop what is used no more, and sort."""
        made = {name: node for node in nodes for name in node.output}
        makers = self._makers | made
        ordered: list[NodeProto] = []
        done: set[int] = set()
        stack = [(makers[output.name], False) for output in reversed(self.proto.output)]
        while stack:
            node, ready = stack.pop()
            if ready:
                ordered.append(node)
            elif id(node) not in done:
                done.add(id(node))
                stack += [(node, True), *((makers[name], False) for name in reversed(node.input) if name in makers)]
        used = {name for node in ordered for name in node.input}
        kept = [tensor for tensor in self.proto.initializer if tensor.name in used]
        inputs = [value for value in self.proto.input if value.name in used]
        for field, values in (("node", ordered), ("initializer", kept), ("input", inputs), ("value_info", [])):
            self.proto.ClearField(field)
            getattr(self.proto, field).extend(values)


def fuse(model: ModelProto) -> ModelProto:
    """Return `model` with fewer, larger nodes; it is used up."""
    for node in model.graph.node:
        if node.op_type == "Shape" and node.input[0] == "mask":
            node.input[0] = "pieces"
    for rewrite in (_linears, _attention, _gelu):
        graph = Graph(model.graph)
        graph.replace(list(rewrite(graph)))
    if all(used.domain != DOMAIN for used in model.opset_import):
        model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    onnx.checker.check_model(model)
    return model


def _linears(graph: Graph) -> Iterator[NodeProto]:
    layers: dict[str, list[Linear]] = {}
    for node in graph.kinds("MatMulInteger"):
        scaled = graph.after(node, "Cast", "Mul")
        scale = graph.before(scaled.input[1], "Mul").input[1]
        bias = graph.bias(scaled)
        if graph.constant(node.input[3]).any():
            msg = f"{node.name}: the zero of its weights is not 0: quantise them symmetrically"
            raise ValueError(msg)
        layer = Linear(
            source=graph.before(node.input[0], "DynamicQuantizeLinear").input[0],
            weight=node.input[1],
            scale=scale,
            bias=bias.input[1] if bias else "",
            target=(bias or scaled).output[0],
        )
        layers.setdefault(layer.source, []).append(layer)
    for source, group in layers.items():
        if len(group) > 1:
            yield from _joined(graph, source, group)
        else:
            yield _linear(*group[0])


def _joined(graph: Graph, source: str, group: Sequence[Linear]) -> Iterator[NodeProto]:
    weight, scale, bias = (
        graph.add(f"{source}.{name}", np.concatenate([graph.constant(part) for part in parts], axis=-1))
        for name, parts in zip(("weight", "scale", "bias"), list(zip(*group, strict=True))[1:4], strict=True)
    )
    sizes = graph.add(f"{source}.sizes", np.array([len(graph.constant(layer.bias)) for layer in group]))
    yield _linear(source, weight, scale, bias, f"{source}.linear")
    targets = [layer.target for layer in group]
    yield helper.make_node("Split", [f"{source}.linear", sizes], targets, f"{source}.split", axis=-1)


def _linear(source: str, weight: str, scale: str, bias: str, target: str) -> NodeProto:
    inputs = [source, weight, scale, "", bias]
    return helper.make_node("DynamicQuantizeMatMul", inputs, [target], f"{target}.node", domain=DOMAIN)


def _attention(graph: Graph) -> Iterator[NodeProto]:
    for node in graph.kinds("Softmax"):
        divided = graph.before(node.input[0], "Add", "Div")
        product, weighted = graph.before(divided.input[0], "MatMul"), graph.after(node, "MatMul")
        views = [graph.before(name, "Transpose", "Reshape") for name in (*product.input, weighted.input[1])]
        yield helper.make_node(
            "MultiHeadAttention",
            [view.input[0] for view in views],
            graph.after(weighted, "Transpose", "Reshape").output,
            f"{node.name}.attention",
            domain=DOMAIN,
            num_heads=graph.constant(graph.before(views[0].input[1], "Concat").input[2]).item(),
            scale=1.0 / graph.constant(divided.input[1]).item(),
        )


def _gelu(graph: Graph) -> Iterator[NodeProto]:
    for node in graph.kinds("Erf"):
        source = graph.before(node.input[0], "Div").input[0]
        target = graph.after(node, "Add", "Mul", "Mul").output
        yield helper.make_node("Gelu", [source], target, f"{node.name}.gelu", domain=DOMAIN)


def main() -> None:
    """Read the command line and rewrite the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path)
    path = parser.parse_args().encoder
    onnx.save(fuse(onnx.load(path)), path)


if __name__ == "__main__":
    main()
