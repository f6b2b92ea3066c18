"""Both graphs of a karhunen model as ONNX, built node by node.

The encoder runs level by level (see `model.levels`), every level as batched matrix products, so no loop and
no chain of K stages. All index maps are gathers: nothing scatters. Arithmetic is float32 and int32 only;
fp16 and int8 are storage, cast at load.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from .codebooks import CODES
from .export_local import LocalPart
from .export_weighed import WeighedPart, calm_windows
from .model import Model, Rows, levels
from .onnx_graph import Graph, WeightFile, stored_arrays
from .transform import COLOUR, dct_rows

WEIGHTS = "weights.bin"
PAIRS = CODES * CODES


class _Layout:
    """Tokens sorted by level, and where their codes lie in the weights file."""

    def __init__(self, model: Model, weights: WeightFile) -> None:
        level = levels(model.tokens.components)
        self.order = np.argsort(level, kind="stable")
        self.sizes = np.bincount(level)
        self.components = model.tokens.components[self.order]
        self.count, self.dims = self.components.shape
        self.books = [
            weights.add(book[self.order].astype(np.float16)) for book in (model.tokens.first, model.tokens.second)
        ]

    def book(self, graph: Graph, which: int, start: int, stop: int) -> str:
        """Codes of tokens start..stop (sorted by level), float32 [stop - start, 256, D]."""
        one = CODES * self.dims * 2
        name = graph.external(
            self.books[which].part(start * one, (stop - start) * one), np.dtype(np.float16),
            (stop - start, CODES, self.dims), "codes",
        )  # fmt: skip
        return graph.op("Cast", name, to=TensorProto.FLOAT)


def _f32(array: np.ndarray) -> np.ndarray:
    return np.asarray(array, dtype=np.float32)


def _int(array: np.ndarray) -> np.ndarray:
    return np.asarray(array, dtype=np.int32)


def _project(graph: Graph, rows: Rows, column: str) -> list[str]:
    """The stored rows times a column vector [n, 1]: parts of [m, 1]."""
    parts = [graph.op("MatMul", graph.op("Cast", graph.const(rows.fine, "fine"), to=TensorProto.FLOAT), column)]
    if len(rows.coarse):
        coarse = graph.op("Cast", graph.const(rows.coarse, "coarse"), to=TensorProto.FLOAT)
        scaled = graph.op("Mul", column, graph.const(rows.column[:, None], "column_scale"))
        part = graph.op("MatMul", coarse, scaled)
        parts.append(graph.op("Mul", part, graph.const(rows.row[:, None], "row_scale")))
    return parts


def _expand(graph: Graph, rows: Rows, vector: str, start: int) -> str:
    """vector [1, ...] from `start` times the stored rows: [1, n]."""
    middle, stop = start + len(rows.fine), start + len(rows.fine) + len(rows.coarse)
    fine = graph.op("Cast", graph.const(rows.fine, "fine"), to=TensorProto.FLOAT)
    out = graph.op("MatMul", graph.cut(vector, start, middle, 1), fine)
    if not len(rows.coarse):
        return out
    coarse = graph.op("Cast", graph.const(rows.coarse, "coarse"), to=TensorProto.FLOAT)
    scaled = graph.op("Mul", graph.cut(vector, middle, stop, 1), graph.const(rows.row[None], "row_scale"))
    part = graph.op("Mul", graph.op("MatMul", scaled, coarse), graph.const(rows.column[None], "column_scale"))
    return graph.op("Add", out, part)


def _analysis(graph: Graph, model: Model, image: str) -> tuple[str, str]:
    """image [1, 3, size, size] -> opponent planes [3, size, size] and components [m]."""
    zone = model.basis.zone
    centred = graph.op("Sub", image, graph.const(np.float32(0.5)))
    planes = graph.op("MatMul", graph.const(_f32(COLOUR)), graph.reshape(centred, 3, zone.size**2))
    planes = graph.reshape(planes, 3, zone.size, zone.size)
    flat = []
    for start, stop, side in ((0, 1, zone.luma), (1, 3, zone.chroma)):
        rows = _f32(dct_rows(side, zone.size))
        block = graph.op("MatMul", graph.const(rows), graph.cut(planes, start, stop, 0))
        block = graph.op("MatMul", block, graph.const(rows.T))
        flat.append(graph.reshape(block, (stop - start) * side * side))
    kept = graph.op("Concat", *flat, axis=0)
    if zone.base:
        kept = graph.op("Mul", kept, graph.const(np.float32(zone.gain**-2)))
    even = graph.op("Sub", graph.op("Gather", kept, graph.const(_int(zone.even))), graph.const(model.basis.mean))
    odd = graph.op("Gather", kept, graph.const(_int(zone.odd)))
    parts = _project(graph, model.even, graph.reshape(even, -1, 1)) + _project(
        graph, model.odd, graph.reshape(odd, -1, 1)
    )
    return planes, graph.reshape(graph.op("Concat", *parts, axis=0), -1)


def _search(graph: Graph, layout: _Layout, residual: str, start: int, stop: int) -> tuple[str, str]:
    """Ids [n] of the tokens start..stop and what they describe, [n, D].

    The cost of all 65,536 sums is one matrix product: |x - a|^2 - 2 (x - a) b + |b|^2, as
    [x - a, |x - a|^2, 1] times [-2 b; 1; |b|^2].
    """
    n, dims = stop - start, layout.dims
    index = graph.const(_int(layout.components[start:stop].reshape(-1)))
    x = graph.reshape(graph.op("Gather", residual, index), n, 1, dims)
    first, second = (layout.book(graph, which, start, stop) for which in range(2))
    rest = graph.op("Sub", x, first)
    ones = graph.const(np.ones((n, CODES, 1), np.float32))
    left = graph.op("Concat", rest, graph.total(graph.op("Mul", rest, rest), 2), ones, axis=2)
    twice = graph.op("Mul", second, graph.const(np.float32(-2)))
    norms = graph.total(graph.op("Mul", second, second), 2)
    right = graph.op("Transpose", graph.op("Concat", twice, ones, norms, axis=2), perm=[0, 2, 1])
    cost = graph.reshape(graph.op("MatMul", left, right), n, PAIRS)
    ids = graph.op("Cast", graph.op("ArgMin", cost, axis=1, keepdims=0), to=TensorProto.INT32)
    return ids, _described(graph, layout, ids, first, second, n)


def _described(graph: Graph, layout: _Layout, ids: str, first: str, second: str, n: int) -> str:
    """The sums of codes that ids [n] name, [n, D]."""
    size = graph.const(np.int32(CODES))
    high = graph.op("Div", ids, size)
    low = graph.op("Sub", ids, graph.op("Mul", high, size))
    base = graph.const(_int(np.arange(n) * CODES))
    parts = [
        graph.op("Gather", graph.reshape(book, n * CODES, layout.dims), graph.op("Add", part, base))
        for book, part in ((first, high), (second, low))
    ]
    return graph.op("Add", *parts)


def _local_parts(model: Model) -> list[LocalPart]:
    first = np.cumsum([len(model.tokens.components), *(part.count for part in model.local)])
    return [
        (LocalPart if part.responses is None else WeighedPart)(part, model.basis.zone.size, int(at))
        for part, at in zip(model.local, first, strict=False)
    ]


def _encoder(model: Model, weights: WeightFile, layout: _Layout) -> tuple[Graph, list, list]:
    graph = Graph("encoder", weights)
    zone = model.basis.zone
    planes, analysed = _analysis(graph, model, "image")
    residual = analysed
    found, start = [], 0
    for number, size in enumerate(layout.sizes):
        stop = start + int(size)
        ids, described = _search(graph, layout, residual, start, stop)
        found.append(ids)
        # Every component reads the one place that describes it at this level, or the zero at the end.
        place = np.full(model.basis.count, size * layout.dims)
        place[layout.components[start:stop].reshape(-1)] = np.arange(size * layout.dims)
        padded = graph.op(
            "Concat", graph.reshape(described, -1), graph.const(np.zeros(1, np.float32)), axis=0
        )
        residual = graph.op("Sub", residual, graph.op("Gather", padded, graph.const(_int(place))))
        start = stop
    sorted_ids = graph.op("Concat", *found, axis=0)
    ordered = graph.op("Gather", sorted_ids, graph.const(_int(np.argsort(layout.order))))
    described = graph.reshape(graph.op("Sub", analysed, residual), 1, -1)
    drawn = graph.reshape(graph.op("Concat", *_synthesis(graph, model, described), axis=0), 3, zone.size, zone.size)
    left, all_ids, parts = graph.op("Sub", planes, drawn), [ordered], _local_parts(model)
    weighed = any(isinstance(part, WeighedPart) for part in parts)
    calm = calm_windows(graph, "image", zone.size) if weighed else []
    for number, part in enumerate(parts):
        if isinstance(part, WeighedPart):
            part.calm = calm
        ids, left = part.encode(graph, left, number + 1 < len(parts))
        all_ids.append(ids)
    graph.reshape(graph.op("Concat", *all_ids, axis=0), 1, model.count, output="ids")
    return (
        graph,
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, zone.size, zone.size])],
        [helper.make_tensor_value_info("ids", TensorProto.INT32, [1, model.count])],
    )


def _touching(layout: _Layout, components: int) -> np.ndarray:
    """int [components, most visits]: where, in the flat [K * D] of described values, each is touched."""
    flat = layout.components.reshape(-1)
    visits = [np.flatnonzero(flat == component) for component in range(components)]
    out = np.full((components, max(map(len, visits))), len(flat))
    for component, places in enumerate(visits):
        out[component, : len(places)] = places
    return out


def _synthesis(graph: Graph, model: Model, vector: str) -> list[str]:
    """components [1, m] -> luma [1, size^2] and chroma [2, size^2] planes."""
    basis, zone = model.basis, model.basis.zone
    even = graph.op("Add", _expand(graph, model.even, vector, 0), graph.const(basis.mean[None]))
    odd = _expand(graph, model.odd, vector, len(basis.even))
    parts = graph.op("Concat", even, odd, graph.const(np.zeros((1, 1), np.float32)), axis=1)
    place = np.full(zone.total, len(zone.even) + len(zone.odd))
    place[np.concatenate([zone.even, zone.odd])] = np.arange(len(zone.even) + len(zone.odd))
    kept = graph.op("Gather", graph.reshape(parts, -1), graph.const(_int(place)))
    if zone.base:
        kept = graph.op("Mul", kept, graph.const(np.float32(zone.gain**2)))
    planes, edge = [], 0
    for count, side in ((1, zone.luma), (2, zone.chroma)):
        rows = _f32(dct_rows(side, zone.size))
        block = graph.reshape(graph.cut(kept, edge, edge + count * side**2, 0), count, side, side)
        plane = graph.op("MatMul", graph.op("MatMul", graph.const(rows.T), block), graph.const(rows))
        planes.append(graph.reshape(plane, count, zone.size**2))
        edge += count * side**2
    return planes


def _decoder(model: Model, weights: WeightFile, layout: _Layout) -> tuple[Graph, list, list]:
    graph = Graph("decoder", weights)
    zone, count = model.basis.zone, layout.count
    ids = graph.reshape("ids", model.count)
    given = graph.op("Gather", ids, graph.const(_int(layout.order)))
    first, second = (layout.book(graph, which, 0, count) for which in range(2))
    described = _described(graph, layout, given, first, second, count)
    kept = graph.op("Less", graph.const(_int(layout.order[:, None])), "k")
    masked = graph.op("Mul", described, graph.op("Cast", kept, to=TensorProto.FLOAT))
    padded = graph.op("Concat", graph.reshape(masked, -1), graph.const(np.zeros(1, np.float32)), axis=0)
    touched = graph.op("Gather", padded, graph.const(_int(_touching(layout, model.basis.count))))
    fixed = _synthesis(graph, model, graph.reshape(graph.total(touched, 1, keepdims=0), 1, -1))
    planes = fixed
    for part in _local_parts(model):
        planes = [graph.op("Add", *pair) for pair in zip(planes, part.decode(graph, ids, "k"), strict=True)]
    mixed = graph.op("MatMul", graph.const(_f32(COLOUR.T)), graph.op("Concat", *planes, axis=0))
    shifted = graph.op("Add", mixed, graph.const(np.float32(0.5)))
    graph.reshape(shifted, 1, 3, zone.size, zone.size, output="image")
    return (
        graph,
        [
            helper.make_tensor_value_info("ids", TensorProto.INT32, [1, model.count]),
            helper.make_tensor_value_info("k", TensorProto.INT32, [1]),
        ],
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, zone.size, zone.size])],
    )


def export(model: Model, folder: Path, location: str = WEIGHTS, borrowed: Path | None = None) -> None:
    """Writes encoder.onnx, decoder.onnx and the weights they share.

    What the model folder `borrowed` has in its weights file already is read from a copy of it, not stored again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = [] if borrowed is None else stored_arrays(borrowed)
    for name in {place.location for _, place in known}:
        shutil.copyfile(borrowed / name, folder / name)
    weights = WeightFile(location, known)
    layout = _Layout(model, weights)
    graphs = [_encoder(model, weights, layout), _decoder(model, weights, layout)]
    weights.write(folder)
    for graph, inputs, outputs in graphs:
        graph.save(folder / f"{graph.name}.onnx", inputs, outputs)


def decode_mflop(model: Model) -> float:
    """Floating point operations of one decode, in millions: the products with the basis and the transforms."""
    basis, zone = model.basis, model.basis.zone
    flop = 2 * (basis.even.size + basis.odd.size)
    for count, side in ((1, zone.luma), (2, zone.chroma)):
        flop += 2 * count * (zone.size * side * side + zone.size * zone.size * side)
    return round((flop + sum(part.flop() for part in _local_parts(model)) + 2 * 9 * zone.size**2) / 1e6, 1)
