"""From a PyTorch module to an ONNX graph whose large weights lie as fp16 in a file that graphs may share.

Storage is fp16, arithmetic float32: every stored weight is cast when the session is created. `round_weights` puts
the reference on the same values, so reference and graphs agree to rounding of sums.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from ..onnx_graph import WeightFile

OPSET = 18
_INLINE_BYTES = 4096
_TURNED_BYTES = 65_536
"""Smaller matrices are stored both ways round rather than turned."""


def int8_rows(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """float32 [m, n] -> int8 [m, n] and float32 scales [m, 1]."""
    scale = np.maximum(np.abs(matrix).max(1, keepdims=True), 1e-12).astype(np.float32) / np.float32(127)
    return np.rint(matrix / scale).astype(np.int8), scale


def int8_filters(filters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A convolution's float32 [m, n, h, w] -> int8 of that shape and float32 scales [m, 1, 1, 1]."""
    levels, scale = int8_rows(filters.reshape(len(filters), -1))
    return levels.reshape(filters.shape), scale.reshape(-1, 1, 1, 1)


def round_weights(module: nn.Module, matrices_int8: bool = False, filters_int8: bool = False) -> nn.Module:
    """Rounds all large float parameters and buffers to what is stored, in place; see `store`."""
    with torch.no_grad():
        for name, value in (*module.named_parameters(), *module.named_buffers()):
            if value.dtype != torch.float32 or value.nbytes <= _INLINE_BYTES:
                continue
            if (matrices_int8 and value.ndim == 2) or (filters_int8 and _is_filter(name, value.ndim)):
                levels, scale = (int8_rows if value.ndim == 2 else int8_filters)(value.numpy())
                value.copy_(torch.from_numpy(levels.astype(np.float32) * scale))
            else:
                value.copy_(value.half().float())
    return module


def _is_filter(name: str, dims: int) -> bool:
    """Whether it is a convolution's weight: tables of four dimensions need more than 8 bits."""
    return dims == 4 and name.endswith("weight")


def to_onnx(
    module: nn.Module, inputs: tuple[torch.Tensor, ...], names: Sequence[str], *outputs: str
) -> onnx.ModelProto:
    """Exports `module(*inputs)`, whose results are called `outputs`, with static shapes, opset 18."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.onnx"
        with torch.no_grad():
            torch.onnx.export(
                module.eval(), inputs, str(path), input_names=list(names), output_names=list(outputs),
                opset_version=OPSET, dynamo=True, external_data=False, verbose=False,
            )  # fmt: skip
        model = onnx.load(io.BytesIO(path.read_bytes()))
    del model.graph.value_info[:]
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    del model.metadata_props[:]
    return model


def store(
    model: onnx.ModelProto, weights: WeightFile, matrices_int8: bool = False, filters_int8: bool = False
) -> None:
    """Moves the large initializers into `weights`: float32 ones as fp16 with a cast behind them.

    With `matrices_int8`, matrices as int8 with a scale for each row of the module's own weight. The exporter may
    have transposed it; so whichever axis gives whole numbers is taken. With `filters_int8`, convolutions as int8
    with a scale for each output channel. A matrix whose transpose is in `weights` already is not stored again: the
    graph turns it when the session is created.
    """
    kept: list[onnx.TensorProto] = []
    before: list[onnx.NodeProto] = []
    for tensor in model.graph.initializer:
        external = tensor.data_location == TensorProto.EXTERNAL
        array = None if external else numpy_helper.to_array(tensor)
        if array is None or array.nbytes <= _INLINE_BYTES:
            kept.append(tensor)
        elif array.dtype == np.float32 and (
            (array.ndim == 2 and matrices_int8) or (filters_int8 and _is_filter(tensor.name, array.ndim))
        ):
            levels, scale = _best_int8(array) if array.ndim == 2 else int8_filters(array)
            names = [f"{tensor.name}_int8", f"{tensor.name}_scale", f"{tensor.name}_wide"]
            kept += [_placed(names[0], levels, weights, before), numpy_helper.from_array(scale, names[1])]
            before += [
                helper.make_node("Cast", [names[0]], [names[2]], to=TensorProto.FLOAT),
                helper.make_node("Mul", [names[2], names[1]], [tensor.name]),
            ]
        elif array.dtype == np.float32 and np.abs(array).max() < 65504:
            name = f"{tensor.name}_fp16"
            kept.append(_placed(name, array.astype(np.float16), weights, before))
            before.append(helper.make_node("Cast", [name], [tensor.name], to=TensorProto.FLOAT))
        else:
            kept.append(_placed(tensor.name, array, weights, before))
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes = [*before, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _best_int8(array: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = int8_rows(array), tuple(part.T for part in int8_rows(array.T))
    error = [np.abs(levels * scale - array).max() for levels, scale in (rows, columns)]
    return rows if error[0] <= error[1] else columns


def _placed(
    name: str, array: np.ndarray, weights: WeightFile, before: list[onnx.NodeProto]
) -> onnx.TensorProto:
    may_turn = array.ndim == 2 and array.nbytes > _TURNED_BYTES and weights.find(array) is None
    if not may_turn or weights.find(array.T) is None:
        return _external(name, array, weights)
    before.append(helper.make_node("Transpose", [f"{name}_turned"], [name], perm=[1, 0]))
    return _external(f"{name}_turned", array.T, weights)


def _external(name: str, array: np.ndarray, weights: WeightFile) -> onnx.TensorProto:
    place = weights.add(array)
    tensor = TensorProto(name=name, data_type=helper.np_dtype_to_tensor_dtype(array.dtype), dims=array.shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", place.location), ("offset", place.offset), ("length", place.length)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def chain(first: onnx.ModelProto, second: onnx.ModelProto, joint: str, shared: Sequence[str]) -> onnx.ModelProto:
    """Feeds `first`'s only output into `second`'s input `joint`; inputs in `shared` keep their names."""
    out = onnx.ModelProto()
    out.CopyFrom(first)
    graph, drawn = out.graph, first.graph.output[0].name
    own = {value.name for value in second.graph.output}
    inner = f"{drawn}_inner"

    def renamed(name: str) -> str:
        if name == joint:
            return inner
        return name if name in shared or name in own or not name else f"second_{name}"

    for node in graph.node:
        node.input[:] = [inner if name == drawn else name for name in node.input]
        node.output[:] = [inner if name == drawn else name for name in node.output]
    for tensor in second.graph.initializer:
        graph.initializer.add().CopyFrom(tensor)
        graph.initializer[-1].name = renamed(tensor.name)
    for node in second.graph.node:
        added = graph.node.add()
        added.CopyFrom(node)
        added.name = node.name and f"second_{node.name}"
        added.input[:] = [renamed(name) for name in node.input]
        added.output[:] = [renamed(name) for name in node.output]
    present = {value.name for value in graph.input}
    graph.input.extend(v for v in second.graph.input if v.name not in present and v.name != joint)
    del graph.output[:]
    graph.output.extend(second.graph.output)
    del out.opset_import[:]
    out.opset_import.append(helper.make_opsetid("", OPSET))
    out.ir_version = max(first.ir_version, second.ir_version)
    return out


def write(model: onnx.ModelProto, path: Path) -> None:
    """Writes and checks a graph; the weights files must lie beside it already."""
    model.producer_name = "tokenoscope-training"
    path.write_bytes(model.SerializeToString())
    onnx.checker.check_model(str(path), full_check=True)
