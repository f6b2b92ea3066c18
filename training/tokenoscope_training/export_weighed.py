"""The choice of weighed local tokens in the encoder graph: `weighed.py` node by node."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from .export_local import LocalPart
from .local import PLACES, phase_order
from .masking import C2, LUMA, SCALES, counts, halving, tents, windows
from .onnx_graph import Graph


def calm_windows(graph: Graph, image: str, size: int) -> list[str]:
    """C2 / (2 variance + C2) in the windows of every scale, each [count, count], of an image [1, 3, size, size]."""
    luma = graph.op("MatMul", graph.const(LUMA[None].astype(np.float32)), graph.reshape(image, 3, size * size))
    luma, out = graph.reshape(luma, size, size), []
    for scale in range(SCALES):
        plane = _both_ways(graph, halving(size, scale), luma) if scale else luma
        window = windows(size, scale, counts(size, scale))
        mean = _both_ways(graph, window, plane)
        square = _both_ways(graph, window, graph.op("Mul", plane, plane))
        spread = graph.op("Sub", square, graph.op("Mul", mean, mean))
        twice = graph.op("Mul", graph.op("Relu", spread), graph.const(np.float32(2)))
        floor = graph.const(np.float32(C2))
        out.append(graph.op("Div", floor, graph.op("Add", twice, floor)))
    return out


def _both_ways(graph: Graph, rows: np.ndarray, plane: str) -> str:
    left = rows.astype(np.float32)
    return graph.op("MatMul", graph.op("MatMul", graph.const(left), plane), graph.turned(left))


class WeighedPart(LocalPart):
    """A part whose errors are weighed; set `calm` before `encode`."""

    calm: list[str]

    def _calm(self, graph: Graph) -> str:
        """Float32 [phases * PLACES, S], by phase."""
        side = self.size // self.part.block
        maps = [graph.const(np.ones((1, side * side), np.float32))]
        for scale, inverse in enumerate(self.calm):
            block = _both_ways(graph, tents(side, counts(self.size, scale)), inverse)
            maps.append(graph.reshape(block, 1, side * side))
        every = graph.op("Transpose", graph.op("Concat", *maps, axis=0), perm=[1, 0])
        return graph.op("Gather", every, graph.const(phase_order(side).reshape(-1).astype(np.int32)))

    def choose(self, graph: Graph, blocks: str, more: bool) -> tuple[str, str]:
        """As `weighed.rounds`: each book searches everywhere once, then only where it has just drawn."""
        assert self.part.responses is not None
        phases, found = self.part.phases, []
        calm, responses = self._calm(graph), graph.const(self.part.responses)
        weights = graph.op("MatMul", calm, responses)
        base = graph.const((np.arange(phases) * PLACES).astype(np.int32))
        books = self.book(graph)
        uses = np.bincount(self.part.book_of)
        for number, count in enumerate(uses):
            book = graph.reshape(graph.cut(books, number, number + 1, 0), self.codes, self.dims)
            right = self._right(graph, book, responses)
            gain, code = (graph.reshape(x, phases, PLACES) for x in self._best(graph, blocks, weights, calm, right))
            for turn in range(count):
                place = graph.op("Cast", graph.op("ArgMax", gain, axis=1, keepdims=0), to=TensorProto.INT32)
                at = graph.op("Add", place, base)
                chosen = graph.op("Gather", graph.reshape(code, -1), at)
                ids = graph.op("Add", graph.op("Mul", place, graph.const(np.int32(self.codes))), chosen)
                found.append(ids)
                last = turn + 1 == count
                if last and number + 1 == len(uses) and not more:
                    break
                shape = graph.op("Gather", book, chosen)
                here = graph.op("Equal", graph.reshape(place, phases, 1), graph.const(np.arange(PLACES, dtype=np.int32)[None]))
                if not last:
                    left = graph.op("Sub", graph.op("Gather", blocks, at), shape)
                    again = self._best(graph, left, graph.op("Gather", weights, at), graph.op("Gather", calm, at), right)
                    gain, code = (
                        graph.op("Where", here, graph.reshape(new, phases, 1), old)
                        for new, old in zip(again, (gain, code), strict=True)
                    )
                spread = graph.op(
                    "Mul",
                    graph.reshape(graph.op("Cast", here, to=TensorProto.FLOAT), phases, PLACES, 1),
                    graph.reshape(shape, phases, 1, self.dims),
                )
                blocks = graph.op("Sub", blocks, graph.reshape(spread, phases * PLACES, self.dims))
        return graph.op("Concat", *found, axis=0), blocks

    def _right(self, graph: Graph, book: str, responses: str) -> str:
        """What weighed blocks and their calm are multiplied with: [D + S, codes]."""
        across = graph.op("Transpose", book, perm=[1, 0])
        norms = graph.op("MatMul", responses, graph.op("Mul", across, across))
        return graph.op("Concat", graph.op("Add", across, across), graph.op("Neg", norms), axis=0)

    def _best(self, graph: Graph, values: str, weights: str, calm: str, right: str) -> tuple[str, str]:
        """Values [m, D] -> what the best code takes away, float32 [m, 1], and the code, int32 [m, 1]."""
        left = graph.op("Concat", graph.op("Mul", values, weights), calm, axis=1)
        score = graph.op("MatMul", left, right)
        code = graph.op("ArgMax", score, axis=1, keepdims=1)
        return graph.op("GatherElements", score, code, axis=1), graph.op("Cast", code, to=TensorProto.INT32)
