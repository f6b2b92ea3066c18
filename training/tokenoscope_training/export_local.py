"""One part of the local tokens in both graphs: its lapped transform and its rounds."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from .lapped import lapped_rows
from .local import PLACES, Local, phase_order
from .onnx_graph import Graph


class LocalPart:
    """Where every kept value lies: (phase, place, dimension) against the planes' lapped coefficients.

    Only frequencies below the highest kept one are computed, for luma and for chroma.
    """

    def __init__(self, part: Local, size: int, first: int) -> None:
        """`first` is the number of the part's first token among all."""
        self.part, self.size, self.first = part, size, first
        self.books, self.codes, self.dims = part.levels.shape
        self.rounds = len(part.book_of)
        side = size // part.block
        plane, v, u = np.unravel_index(part.dims, (3, part.block, part.block))
        luma = plane == 0
        self.limits = [int(np.maximum(v, u)[mask].max(initial=0)) + 1 for mask in (luma, ~luma)]
        width = side * np.where(luma, *self.limits)
        start = np.where(luma, 0, (side * self.limits[0]) ** 2 + (plane - 1) * (side * self.limits[1]) ** 2)
        by, bx = np.divmod(phase_order(side).reshape(-1, 1), side)
        step = np.where(luma, *self.limits)
        self.index = (start + (by * step + v) * width + bx * step + u).reshape(-1)
        self.lengths = [(side * self.limits[0]) ** 2, 2 * (side * self.limits[1]) ** 2]

    def _rows(self, which: int) -> np.ndarray:
        kept = np.arange(self.size) % self.part.block < self.limits[which]
        return lapped_rows(self.size, self.part.block)[kept].astype(np.float32)

    def _turned(self, graph: Graph, rows: np.ndarray) -> str:
        # The smaller models keep both, so that their decoders need no further operator to be drawn plainly.
        return graph.turned(rows) if self.part.uses else graph.const(np.ascontiguousarray(rows.T))

    def book(self, graph: Graph) -> str:
        """All codebooks, float32 [books, codes, D]."""
        levels = graph.op("Cast", graph.const(self.part.levels, "books"), to=TensorProto.FLOAT)
        return graph.op("Mul", levels, graph.const(self.part.scale, "book_scale"))

    def encode(self, graph: Graph, planes: str, more: bool) -> tuple[str, str]:
        """Planes [3, size, size] of what earlier tokens left -> ids [rounds * phases] and what these leave.

        Without `more` parts to come the planes are not computed but passed through.
        """
        flat = []
        for which, (start, stop) in enumerate(((0, 1), (1, 3))):
            rows = self._rows(which)
            block = graph.op("MatMul", graph.const(rows), graph.cut(planes, start, stop, 0))
            flat.append(graph.reshape(graph.op("MatMul", block, self._turned(graph, rows)), self.lengths[which]))
        kept = graph.op("Gather", graph.op("Concat", *flat, axis=0), graph.const(self.index.astype(np.int32)))
        analysed = graph.reshape(kept, self.part.phases * PLACES, self.dims)
        ids, blocks = self.choose(graph, analysed, more)
        if not more:
            return ids, planes
        drawn = graph.op("Concat", *self._draw(graph, graph.op("Sub", analysed, blocks)), axis=0)
        return ids, graph.op("Sub", planes, graph.reshape(drawn, 3, self.size, self.size))

    def choose(self, graph: Graph, blocks: str, more: bool) -> tuple[str, str]:
        """Blocks [phases * PLACES, D] -> ids of all rounds, and with `more` what these leave of the blocks."""
        phases, places = self.part.phases, self.part.phases * PLACES
        books, found = self.book(graph), []
        ones = graph.const(np.ones((places, 1), np.float32))
        for number in range(self.rounds):
            book = graph.reshape(graph.cut(books, number, number + 1, 0), self.codes, self.dims)
            twice = graph.op("Mul", book, graph.const(np.float32(-2)))
            norms = graph.total(graph.op("Mul", book, book), 1)
            right = graph.op("Transpose", graph.op("Concat", twice, norms, axis=1), perm=[1, 0])
            cost = graph.op("MatMul", graph.op("Concat", blocks, ones, axis=1), right)
            best = graph.op("ArgMin", graph.reshape(cost, phases, PLACES * self.codes), axis=1, keepdims=0)
            ids = graph.op("Cast", best, to=TensorProto.INT32)
            found.append(ids)
            if more or number + 1 < self.rounds:
                placed = self._placed(graph, ids, book, np.zeros(1, np.int64), None)
                blocks = graph.op("Sub", blocks, graph.reshape(placed, places, self.dims))
        return graph.op("Concat", *found, axis=0), blocks

    def _placed(self, graph: Graph, ids: str, book: str, book_of: np.ndarray, mask: str | None) -> str:
        """ids [rounds * phases] -> the codes at their places, [rounds, phases, PLACES, D]; `book` holds all rows."""
        rounds = len(book_of)
        count = rounds * self.part.phases
        codes = graph.const(np.int32(self.codes))
        place = graph.op("Div", ids, codes)
        code = graph.op("Sub", ids, graph.op("Mul", place, codes))
        base = np.repeat(book_of * self.codes, self.part.phases).astype(np.int32)
        shape = graph.op("Gather", book, graph.op("Add", code, graph.const(base)))
        if mask is not None:
            shape = graph.op("Mul", shape, mask)
        places = graph.const(np.arange(PLACES, dtype=np.int32)[None])
        here = graph.op("Cast", graph.op("Equal", graph.reshape(place, count, 1), places), to=TensorProto.FLOAT)
        spread = graph.op(
            "Mul", graph.reshape(here, count, PLACES, 1), graph.reshape(shape, count, 1, self.dims)
        )
        return graph.reshape(spread, rounds, self.part.phases, PLACES, self.dims)

    def decode(self, graph: Graph, ids: str, k: str) -> list[str]:
        """All ids [K] and k -> what the part's tokens add to luma [1, size^2] and chroma [2, size^2]."""
        count = self.part.count
        mine = graph.cut(ids, self.first, self.first + count, 0)
        numbers = np.arange(self.first, self.first + count, dtype=np.int32)[:, None]
        mask = graph.op("Cast", graph.op("Less", graph.const(numbers), k), to=TensorProto.FLOAT)
        book = graph.reshape(self.book(graph), self.books * self.codes, self.dims)
        placed = self._placed(graph, mine, book, self.part.book_of, mask)
        return self._draw(graph, graph.total(placed, 0, keepdims=0))

    def _draw(self, graph: Graph, blocks: str) -> list[str]:
        """Kept values of all blocks -> luma [1, size^2] and chroma [2, size^2]."""
        padded = graph.op("Concat", graph.reshape(blocks, -1), graph.const(np.zeros(1, np.float32)), axis=0)
        where = np.full(sum(self.lengths), len(self.index))
        where[self.index] = np.arange(len(self.index))
        spread = graph.op("Gather", padded, graph.const(where.astype(np.int32)))
        planes, edge = [], 0
        for which, channels in enumerate((1, 2)):
            rows = self._rows(which)
            part = graph.cut(spread, edge, edge + self.lengths[which], 0)
            block = graph.reshape(part, channels, len(rows), len(rows))
            plane = graph.op("MatMul", graph.op("MatMul", self._turned(graph, rows), block), graph.const(rows))
            planes.append(graph.reshape(plane, channels, self.size**2))
            edge += self.lengths[which]
        return planes

    def flop(self) -> int:
        """Floating point operations of the inverse lapped transform."""
        size, sides = self.size, [limit * self.size // self.part.block for limit in self.limits]
        return sum(2 * c * (size * s * s + size * size * s) for c, s in zip((1, 2), sides, strict=True))
