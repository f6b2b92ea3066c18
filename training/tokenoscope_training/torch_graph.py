"""Runs an exported graph of ours in torch, many pictures at once and on the accelerator.

The graphs of karhunen are written for one picture (their shapes are static), and onnxruntime on a CPU draws a few
hundred pictures a second from them. Training over their ids needs thousands: `torch.vmap` runs the same nodes over a
batch. Only the operators that `onnx_graph` writes are known; what depends on constants alone is computed once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

Value = torch.Tensor | np.ndarray
_SHAPES = {"Reshape": (1,), "Slice": (1, 2, 3, 4), "ReduceSum": (1,)}
"""Inputs that say how to compute, which stay on the CPU."""


class TorchGraph:
    """One graph; `inputs` and `outputs` are its names in order."""

    def __init__(self, path: Path, device: torch.device) -> None:
        model = onnx.load(path)
        self.inputs = [value.name for value in model.graph.input]
        self.outputs = [value.name for value in model.graph.output]
        control = {node.input[i] for node in model.graph.node for i in _SHAPES.get(node.op_type, ()) if i < len(node.input)}
        self._constants: dict[str, Value] = {}
        for tensor in model.graph.initializer:
            array = numpy_helper.to_array(tensor)
            moved = tensor.name not in control
            self._constants[tensor.name] = torch.from_numpy(np.array(array)).to(device) if moved else array
        self._nodes: list[onnx.NodeProto] = []
        for node in model.graph.node:
            if all(name in self._constants for name in node.input):
                self._constants[node.output[0]] = _compute(node, [self._constants[name] for name in node.input])
            else:
                self._nodes.append(node)

    def one(self, *given: torch.Tensor) -> torch.Tensor:
        """The first output for one picture's inputs, shaped as the graph declares them."""
        values = dict(self._constants) | dict(zip(self.inputs, given, strict=True))
        for node in self._nodes:
            values[node.output[0]] = _compute(node, [values[name] for name in node.input])
        result = values[self.outputs[0]]
        assert isinstance(result, torch.Tensor)
        return result

    @torch.no_grad()
    def __call__(self, *given: torch.Tensor) -> torch.Tensor:
        """A batch: each input [n, ...] without the graph's own leading 1; the first output likewise. Never in bfloat16."""
        with torch.autocast(given[0].device.type, enabled=False):
            return torch.vmap(self.one)(*(value[:, None] for value in given))[:, 0]


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def _gather(data: torch.Tensor, index: torch.Tensor, axis: int = 0) -> torch.Tensor:
    if axis:
        raise ValueError("Gather is known along the first axis only")
    return data[index.long()]


def _slice(data: torch.Tensor, starts: np.ndarray, ends: np.ndarray, axes: np.ndarray) -> torch.Tensor:
    for start, end, axis in zip(starts.tolist(), ends.tolist(), axes.tolist(), strict=True):
        data = data.narrow(axis, start, min(end, data.shape[axis]) - start)
    return data


def _cast(data: torch.Tensor, to: int) -> torch.Tensor:
    kind = onnx.helper.tensor_dtype_to_np_dtype(to)
    return data.to(torch.from_numpy(np.zeros(0, kind)).dtype)


def _divide(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return a / b if a.is_floating_point() else torch.div(a, b, rounding_mode="trunc")


def _compute(node: onnx.NodeProto, given: list[Any]) -> torch.Tensor:
    attributes = _attributes(node)
    match node.op_type:
        case "Reshape":
            return given[0].reshape(given[1].tolist())
        case "Concat":
            return torch.cat(given, attributes["axis"])
        case "Cast":
            return _cast(given[0], attributes["to"])
        case "Slice":
            return _slice(*given)
        case "Gather":
            return _gather(*given, **attributes)
        case "ReduceSum":
            return given[0].sum(given[1].tolist(), keepdim=bool(attributes.get("keepdims", 1)))
        case "Transpose":
            return given[0].permute(attributes["perm"])
        case "ArgMin":
            return given[0].argmin(attributes["axis"], keepdim=bool(attributes.get("keepdims", 1)))
        case "Add":
            return given[0] + given[1]
        case "Sub":
            return given[0] - given[1]
        case "Mul":
            return given[0] * given[1]
        case "Div":
            return _divide(*given)
        case "MatMul":
            return given[0] @ given[1]
        case "Equal":
            return given[0] == given[1]
        case "Less":
            return given[0] < given[1]
    raise ValueError(f"{node.op_type} is not known here")
