"""A small ONNX graph builder whose large constants lie in one shared weights file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 8
_INLINE_BYTES = 1024
_ALIGN = 64


@dataclass(frozen=True)
class Place:
    """Where an array's bytes lie: a file beside the graph, the first byte, and how many."""

    location: str
    offset: int
    length: int

    def part(self, start: int, length: int) -> Place:
        """Some of its bytes."""
        return Place(self.location, self.offset + start, length)


class WeightFile:
    """Arrays one after the other; equal bytes are stored once, so both graphs share them.

    `known` arrays, in other files, are not stored again, nor is what one of them begins with.
    """

    def __init__(self, location: str, known: Sequence[tuple[bytes, Place]] = ()) -> None:
        self.location = location
        self.data = bytearray()
        self._known = known
        self._seen: dict[bytes, Place] = {}

    def add(self, array: np.ndarray) -> Place:
        """Stores the array, returns where."""
        payload = np.ascontiguousarray(array).tobytes()
        if payload not in self._seen:
            self._seen[payload] = self._borrow(payload) or self._append(payload)
        return self._seen[payload]

    def _borrow(self, payload: bytes) -> Place | None:
        found = (place for known, place in self._known if known.startswith(payload))
        place = next(found, None)
        return place and place.part(0, len(payload))

    def _append(self, payload: bytes) -> Place:
        self.data.extend(b"\0" * (-len(self.data) % _ALIGN))
        self.data.extend(payload)
        return Place(self.location, len(self.data) - len(payload), len(payload))

    def find(self, array: np.ndarray) -> Place | None:
        """Where these bytes already are."""
        return self._seen.get(np.ascontiguousarray(array).tobytes())

    def write(self, folder: Path) -> None:
        """Writes the file under its location."""
        (folder / self.location).write_bytes(bytes(self.data))


def stored_arrays(folder: Path) -> list[tuple[bytes, Place]]:
    """What the graphs of a model folder keep outside of themselves, and where."""
    out = {}
    for graph in ("encoder.onnx", "decoder.onnx"):
        for tensor in onnx.load(str(folder / graph), load_external_data=False).graph.initializer:
            given = {entry.key: entry.value for entry in tensor.external_data}
            if given:
                place = Place(given["location"], int(given["offset"]), int(given["length"]))
                out[place] = (folder / place.location).read_bytes()[place.offset : place.offset + place.length]
    return [(payload, place) for place, payload in out.items()]


class Graph:
    """Nodes and constants of one graph; methods return the name of the value they add."""

    def __init__(self, name: str, weights: WeightFile) -> None:
        self.name = name
        self.weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: list[onnx.TensorProto] = []
        self._count = 0

    def _fresh(self, hint: str) -> str:
        self._count += 1
        return f"{hint}_{self._count}"

    def const(self, array: np.ndarray, hint: str = "const") -> str:
        """A constant: inline where small (shapes must be), else in the weights file."""
        name = self._fresh(hint)
        array = np.asarray(array)
        if array.nbytes <= _INLINE_BYTES:
            self._initializers.append(numpy_helper.from_array(array, name))
            return name
        return self.external(self.weights.add(array), array.dtype, array.shape, name)

    def external(self, place: Place, dtype: np.dtype, shape: tuple[int, ...], hint: str) -> str:
        """A constant that lies in a weights file; may be a part of another one."""
        name = self._fresh(hint)
        tensor = TensorProto(name=name, data_type=helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", place.location), ("offset", place.offset), ("length", place.length)):
            tensor.external_data.add(key=key, value=str(value))
        self._initializers.append(tensor)
        return name

    def op(self, kind: str, *inputs: str, output: str | None = None, **attributes: object) -> str:
        """Adds a node with one output."""
        name = output or self._fresh(kind.lower())
        self._nodes.append(helper.make_node(kind, list(inputs), [name], name=f"n_{name}", **attributes))
        return name

    def reshape(self, value: str, *shape: int, output: str | None = None) -> str:
        """Reshape to a fixed shape."""
        return self.op("Reshape", value, self.const(np.array(shape, np.int64), "shape"), output=output)

    def turned(self, matrix: np.ndarray) -> str:
        """A constant's transpose, stored as the constant itself: runtimes turn it once, when they load the graph."""
        return self.op("Transpose", self.const(matrix), perm=[1, 0])

    def cut(self, value: str, start: int, stop: int, axis: int) -> str:
        """Slice along one axis."""
        bounds = [self.const(np.array([v], np.int64), "bound") for v in (start, stop, axis)]
        return self.op("Slice", value, *bounds)

    def total(self, value: str, axis: int, keepdims: int = 1) -> str:
        """ReduceSum along one axis."""
        return self.op("ReduceSum", value, self.const(np.array([axis], np.int64), "axis"), keepdims=keepdims)

    def save(self, path: Path, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> None:
        """Checks and writes the graph; the weights file must be there already."""
        graph = helper.make_graph(self._nodes, self.name, inputs, outputs, self._initializers)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="tokenoscope-training"
        )
        model.ir_version = IR_VERSION
        path.write_bytes(model.SerializeToString())
        onnx.checker.check_model(str(path), full_check=True)
