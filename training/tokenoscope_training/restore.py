"""A shipped karhunen model as arrays again, from its two files: so that another model can stand on its weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from . import shared
from .codebooks import Tokens
from .local import Local
from .model import Model, Rows
from .pca import Basis
from .transform import Zone


class _Constants:
    """The constants of a graph by the hint in their names, in the order of the exporter."""

    def __init__(self, path: Path) -> None:
        self._all = onnx.load(str(path)).graph.initializer

    def named(self, hint: str) -> list[np.ndarray]:
        """Every constant of that hint."""
        return [numpy_helper.to_array(t) for t in self._all if t.name.rstrip("0123456789_") == hint]

    def after(self, hint: str, number: int, dtype: type, least: int) -> np.ndarray:
        """The first constant of `dtype` with at least that many values behind the `number`-th one of a hint."""
        names = [t.name for t in self._all]
        at = [i for i, name in enumerate(names) if name.rstrip("0123456789_") == hint][number]
        arrays = (numpy_helper.to_array(t) for t in self._all[at + 1 :])
        return next(array for array in arrays if array.dtype == dtype and array.size >= least)


def _chroma(total: int, luma: int) -> int:
    """The side of two chroma blocks that fill `total` together with one of luma."""
    return int(np.sqrt((total - luma**2) // 2))


def _zone(decoder: _Constants, evens: int, odds: int) -> Zone:
    """Where each kept coefficient lies among the blocks: the decoder gathers by it."""
    place = decoder.after("column_scale", 1, np.int32, evens + odds)
    luma = decoder.after("column_scale", 1, np.float32, 1025)
    chroma = _chroma(len(place), luma.shape[1])
    where = np.full(evens + odds + 1, -1)
    where[place] = np.arange(len(place))
    return Zone(len(luma), luma.shape[1], chroma, where[:evens], where[evens : evens + odds])


def _tokens(decoder: _Constants) -> Tokens:
    """Components from the table of which described values touch each of them."""
    order = decoder.named("const")[0]
    first, second = (book.astype(np.float32) for book in decoder.named("codes"))
    touching = next(a for a in decoder.named("const") if a.dtype == np.int32 and a.ndim == 2 and a.shape[1] > 1)
    flat = np.full(first.shape[0] * first.shape[2] + 1, -1)
    flat[touching.reshape(-1)] = np.repeat(np.arange(len(touching)), touching.shape[1])
    back = np.argsort(order)
    return Tokens(flat[:-1].reshape(len(first), -1)[back], first[back], second[back])


def _local(decoder: _Constants, number: int, size: int, phases: int, block: int) -> Local:
    """A part whose dimensions are read from where the values of the first block lie."""
    levels, scale = decoder.named("books")[number], decoder.named("book_scale")[number]
    dims, side = levels.shape[2], size // block
    where = decoder.after("book_scale", number, np.int32, 1025)
    first = np.full(phases * 16 * dims + 1, -1)
    first[where] = np.arange(len(where))
    luma = decoder.after("book_scale", number, np.float32, 1025).shape[1]
    chroma = _chroma(len(where), luma)
    index = first[:dims]
    plane = np.where(index < luma**2, 0, 1 + (index - luma**2) // chroma**2)
    inside = np.where(plane == 0, index, (index - luma**2) % chroma**2)
    v, u = np.divmod(inside, np.where(plane == 0, luma, chroma))
    assert max(v.max(), u.max()) < block and side * block == size
    return Local(block, phases, plane * block**2 + v * block + u, levels, scale)


def restore(folder: Path, blocks: tuple[int, ...] = (16, 8)) -> Model:
    """The model of a folder; `blocks` are the sizes of its local parts. Checked by its golden data in the tests."""
    whole = shared.gather(folder)
    decoder = _Constants(whole / "decoder.onnx")
    rows = []
    for number in range(2):
        fine, coarse = decoder.named("fine")[number], decoder.named("coarse")[number]
        rows.append(Rows(fine, coarse, decoder.named("row_scale")[number][0], decoder.named("column_scale")[number][0]))
    even, odd = rows
    mean = decoder.after("column_scale", 0, np.float32, 1025)[0]
    zone = _zone(decoder, even.fine.shape[1], odd.fine.shape[1])
    basis = Basis(zone, mean, even.dense(), odd.dense())
    parts = [
        _local(decoder, number, zone.size, (zone.size // block) ** 2 // 16, block)
        for number, block in enumerate(blocks)
    ]
    return Model(basis, even, odd, _tokens(decoder), tuple(parts))
