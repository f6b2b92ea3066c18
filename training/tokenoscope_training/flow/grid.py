"""The half-size grid of the flow: a picture's residual to 64x64 opponent planes and back, and their DCT.

`up` is cubic interpolation (Catmull and Rom 1974; Keys 1981) as a matrix, and `down` its least-squares inverse: of all
pictures that `up` can make, up(down(r)) is the nearest to r.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from ..transform import COLOUR, dct_rows

_TAPS = np.array([-9, 111, 29, -3]) / 128
"""Keys' cubic at a quarter of a pixel, for the neighbours -1, 0, 1, 2."""


def doubling(small: int) -> np.ndarray:
    """float64 [2 small, small]: every sample becomes two, a quarter of a pixel to either side; edges are repeated."""
    out = np.zeros((2 * small, small))
    for index in range(2 * small):
        centre, side = index // 2, 1 if index % 2 else -1
        for offset, tap in zip((-1, 0, 1, 2), _TAPS, strict=True):
            out[index, min(max(centre + side * offset, 0), small - 1)] += tap
    return out


class Grid(nn.Module):
    """Everything is a buffer, so `.to(device)` moves it; nothing is learned."""

    def __init__(self, size: int) -> None:
        """`size` is the pictures' side; the grid has half of it."""
        super().__init__()
        up = doubling(size // 2)
        self.side = size // 2
        for name, array in (
            ("up_rows", up), ("down_rows", np.linalg.pinv(up)),
            ("dct", dct_rows(self.side, self.side)), ("colour", COLOUR),
        ):  # fmt: skip
            self.register_buffer(name, torch.from_numpy(np.ascontiguousarray(array)).float(), persistent=False)

    def down(self, rgb: torch.Tensor) -> torch.Tensor:
        """RGB differences [n, 3, s, s] -> opponent planes [n, 3, s / 2, s / 2]."""
        small = self.down_rows @ rgb @ self.down_rows.T
        return (self.colour @ small.flatten(2)).view_as(small)

    def up(self, planes: torch.Tensor) -> torch.Tensor:
        """Opponent planes [n, 3, s / 2, s / 2] -> RGB differences [n, 3, s, s]."""
        rgb = (self.colour.T @ planes.flatten(2)).view_as(planes)
        return self.up_rows @ rgb @ self.up_rows.T

    def frequencies(self, planes: torch.Tensor) -> torch.Tensor:
        """The orthonormal DCT-II of planes [..., s / 2, s / 2]."""
        return self.dct @ planes @ self.dct.T

    def places(self, frequencies: torch.Tensor) -> torch.Tensor:
        """The inverse of `frequencies`."""
        return self.dct.T @ frequencies @ self.dct
