"""What lies in an exported graph: its weights as numbers, and as the state of the module that it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper
from torch import nn


def widen(model: onnx.ModelProto, files: Path, own: Iterable[str]) -> None:
    """Brings what lies in `own` files into the graph: fp16 as the float32 that it is cast to, all else as it is."""
    uses: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            uses.setdefault(name, []).append(node)
    gone: list[str] = []
    for tensor in model.graph.initializer:
        place = {entry.key: entry.value for entry in tensor.external_data}
        if place.get("location") not in own:
            continue
        start, length = int(place["offset"]), int(place["length"])
        raw = (files / place["location"]).read_bytes()[start : start + length]
        kind = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)
        array = np.frombuffer(raw, kind).reshape(tuple(tensor.dims))
        name = tensor.name
        if tensor.data_type == TensorProto.FLOAT16:
            (cast,) = uses[name]
            assert cast.op_type == "Cast"
            array, name = array.astype(np.float32), cast.output[0]
            gone.append(name)
        tensor.CopyFrom(numpy_helper.from_array(array, name))
    kept = [node for node in model.graph.node if node.output[0] not in gone]
    del model.graph.node[:]
    model.graph.node.extend(kept)


def stored_state(model: Path, graphs: Iterable[str], root: str) -> dict[str, torch.Tensor]:
    """The float parameters and buffers under `root` ("net", "flow") that graphs of a folder hold, as they compute with them."""
    state: dict[str, torch.Tensor] = {}
    for name in graphs:
        graph = onnx.load(model / f"{name}.onnx")
        values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.graph.initializer}
        for node in graph.graph.node:
            if node.op_type == "Cast" and node.input[0] in values and values[node.input[0]].dtype in (np.float16, np.int8):
                values[node.output[0]] = values[node.input[0]].astype(np.float32)
            elif node.op_type == "Mul" and all(part in values for part in node.input):
                values[node.output[0]] = values[node.input[0]] * values[node.input[1]]
        for key, value in values.items():
            at = key.find(f"{root}.")
            if at in (0, len("second_")) and not key.endswith(("_int8", "_fp16", "_scale", "_wide")):
                state[key[at + len(root) + 1 :]] = torch.from_numpy(np.array(value))
    return state


def filled(module: nn.Module, state: dict[str, torch.Tensor]) -> nn.Module:
    """The module with such a state, which may hold more than it needs, in evaluation mode."""
    own = module.state_dict()
    module.load_state_dict({name: state[name].reshape(value.shape) for name, value in own.items()})
    return module.eval().requires_grad_(False)
