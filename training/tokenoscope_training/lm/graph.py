"""The ONNX graph of a decoder with a cache, written node by node so that batch, ids and past stay free.

ids int32 [b, n], past float32 [2 depth, b, heads, t, head] (keys and values of every layer in turn; t may be 0) -> logits
float32 [b, n, symbols], hidden float32 [b, n, width] (what the logits are read from) and present, the past of t + n, which is
at most the context.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from ..neural.export import OPSET
from .net import Decoder

_IR_VERSION = 9


class Nodes:
    """Nodes and constants; methods return the name of what they add."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def const(self, value: np.ndarray | list[int] | float, name: str = "") -> str:
        """A constant: lists as int64, numbers as float32."""
        kind = np.int64 if isinstance(value, list) else np.float32
        array = value if isinstance(value, np.ndarray) else np.array(value, kind)
        name = name or f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind: str, *inputs: str, to: str = "", **attributes: object) -> str:
        """One node with one output."""
        return self.many(kind, 1, *inputs, to=to, **attributes)[0]

    def many(self, kind: str, count: int, *inputs: str, to: str = "", **attributes: object) -> list[str]:
        """One node with `count` outputs."""
        name = f"{kind.lower()}_{len(self.nodes)}"
        outputs = [to or name] if count == 1 else [f"{name}_{i}" for i in range(count)]
        self.nodes.append(helper.make_node(kind, list(inputs), outputs, name=f"n_{name}", **attributes))
        return outputs


class _Writer(Nodes):
    def __init__(self, net: Decoder) -> None:
        super().__init__()
        self.net, self.shape = net, net.shape
        self.weights = {name: value.detach().float().numpy() for name, value in net.state_dict().items()}
        self.eps, self.last_axis = self.const(1e-6), self.const([-1])

    def norm(self, x: str, to: str = "") -> str:
        mean = self.op("ReduceMean", self.op("Mul", x, x), self.last_axis)
        return self.op("Div", x, self.op("Sqrt", self.op("Add", mean, self.eps)), to=to)

    def linear(self, x: str, weight: str) -> str:
        return self.op("MatMul", x, self.const(self.weights[weight].T, weight))

    def turn(self, x: str, cos: str, sin: str) -> str:
        m, rest = self.shape.rotated // 2, self.shape.head - self.shape.rotated
        a, b, still = self.many("Split", 3, x, self.const([m, m, rest]), axis=-1)
        first = self.op("Sub", self.op("Mul", a, cos), self.op("Mul", b, sin))
        second = self.op("Add", self.op("Mul", a, sin), self.op("Mul", b, cos))
        return self.op("Concat", first, second, still, axis=-1)

    def layer(self, x: str, index: int, past: tuple[str, str], cos: str, sin: str, seen: str) -> tuple[str, str, str]:
        shape, name = self.shape, f"layers.{index}"
        heads = self.const([0, 0, 3 * shape.heads, shape.head])
        qkv = self.op("Reshape", self.linear(self.norm(x), f"{name}.enter"), heads)
        qk, v = self.many("Split", 2, qkv, self.const([2 * shape.heads, shape.heads]), axis=2)
        q, k = self.many("Split", 2, self.turn(qk, cos, sin), self.const([shape.heads, shape.heads]), axis=2)
        q, k, v = (self.op("Transpose", part, perm=[0, 2, 1, 3]) for part in (q, k, v))
        k, v = self.op("Concat", past[0], k, axis=2), self.op("Concat", past[1], v, axis=2)
        scores = self.op("MatMul", q, self.op("Transpose", k, perm=[0, 1, 3, 2]))
        scores = self.op("Mul", scores, self.const(shape.head**-0.5))
        shares = self.op("Softmax", self.op("Where", seen, scores, self.const(-1e9)), axis=-1)
        mixed = self.op("Transpose", self.op("MatMul", shares, v), perm=[0, 2, 1, 3])
        mixed = self.op("Reshape", mixed, self.const([0, 0, shape.width]))
        x = self.op("Add", x, self.linear(mixed, f"{name}.leave"))
        up = self.linear(self.norm(x), f"{name}.up")
        bell = self.op("Add", self.op("Erf", self.op("Div", up, self.const(2**0.5))), self.const(1.0))
        gelu = self.op("Mul", self.op("Mul", up, bell), self.const(0.5))
        return self.op("Add", x, self.linear(gelu, f"{name}.down")), k, v


def build(net: Decoder) -> onnx.ModelProto:
    """The graph with float32 weights inside; `neural.export.store` makes them small."""
    w, shape = _Writer(net), net.shape
    t = w.op("Squeeze", w.op("Shape", "past", start=3, end=4))
    end = w.op("Add", t, w.op("Squeeze", w.op("Shape", "ids", start=1, end=2)))
    one, zero = w.const(np.array(1, np.int64)), w.const(np.array(0, np.int64))
    places = w.op("Range", t, end, one)
    keys = w.op("Range", zero, end, one)
    seen = w.op("LessOrEqual", w.op("Unsqueeze", keys, w.const([0])), w.op("Unsqueeze", places, w.const([1])))
    cos, sin = (w.op("Gather", w.const(part.numpy()), places, axis=0) for part in (net.cos, net.sin))
    table = w.const(w.weights["table"], "table_weight")
    x = w.norm(w.op("Gather", table, "ids", axis=0))
    depth = shape.depth
    pasts = w.many("Split", 2 * depth, "past", axis=0, num_outputs=2 * depth)
    first = w.const([0])
    pasts = [w.op("Squeeze", part, first) for part in pasts]
    presents: list[str] = []
    for index in range(depth):
        x, k, v = w.layer(x, index, (pasts[2 * index], pasts[2 * index + 1]), cos, sin, seen)
        presents += [w.op("Unsqueeze", part, first) for part in (k, v)]
    w.op("Concat", *presents, axis=0, to="present")
    hidden = w.norm(x, to="hidden")
    gain = float(w.weights["gain"][0])
    if shape.dealt:
        gain *= shape.width**-0.5
        hidden = w.linear(hidden, "last")
    read = w.op("Slice", table, first, w.const([shape.symbols]), first)
    out = w.op("MatMul", hidden, w.op("Transpose", read, perm=[1, 0]))
    w.op("Mul", out, w.const(gain), to="logits")
    cache = [2 * depth, "batch", shape.heads, "past_length", shape.head]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT32, ["batch", "length"]),
        helper.make_tensor_value_info("past", TensorProto.FLOAT, cache),
    ]
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "length", shape.symbols]),
        helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "length", shape.width]),
        helper.make_tensor_value_info("present", TensorProto.FLOAT, [*cache[:3], "total_length", shape.head]),
    ]
    graph = helper.make_graph(w.nodes, "decoder", inputs, outputs, w.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = _IR_VERSION
    return model
