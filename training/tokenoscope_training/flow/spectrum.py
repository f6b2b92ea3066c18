"""What the tokens leave out, as a spectrum: the standard deviation of every frequency of the residual by prefix length.

White noise multiplied by it is as strong in every frequency as the residual is, so that the flow need not move energy
between frequencies and few steps do.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from ..ladder.base import Base
from ..log import say
from ..neural import pictures
from .grid import Grid

_BATCH = 50


class Spectrum(nn.Module):
    """`levels` float [knots, 3, side, side]: the logarithm of the standard deviation at k = 1, 2, 4, ...; a buffer."""

    def __init__(self, knots: int, side: int) -> None:
        super().__init__()
        self.register_buffer("levels", torch.zeros(knots, 3, side, side))
        self.register_buffer("places", torch.arange(knots).float(), persistent=False)
        v, u = np.mgrid[0:side, 0:side]
        coarse = 1 / (1 + (np.hypot(v, u) / 8) ** 4)
        self.register_buffer("coarse", torch.from_numpy(coarse).float(), persistent=False)

    def forward(self, k: torch.Tensor) -> torch.Tensor:
        """k float [n] -> standard deviations [n, 3, side, side], interpolated in log k."""
        weights = (1 - (torch.log2(k)[:, None] - self.places).abs()).clamp_min(0)
        return (weights @ self.levels.flatten(1)).view(-1, *self.levels.shape[1:]).exp()


@torch.no_grad()
def measure(under: Base, grid: Grid, rgb: np.ndarray, ids: np.ndarray, knots: int) -> torch.Tensor:
    """`Spectrum.levels` from training pictures uint8 [n, s, s, 3] and their ids."""
    levels = []
    for knot in range(knots):
        total = torch.zeros(3, grid.side, grid.side, dtype=torch.float64)
        for start in range(0, len(rgb), _BATCH):
            part = slice(start, start + _BATCH)
            target = pictures.to_planar(np.asarray(rgb[part]))
            drawn = under.decode(np.asarray(ids[part]), np.full(len(target), 2**knot))
            total += grid.frequencies(grid.down(target - drawn)).double().square().sum(0)
        deviation = (total / len(rgb)).sqrt()
        levels.append(deviation.clamp_min(1e-4).log().float())
        say(f"  spectrum at {2**knot} tokens: {float(deviation.square().sum().sqrt()) / grid.side:.4f} of 1 a pixel")
    return torch.stack(levels)
