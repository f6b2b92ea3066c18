"""Training pictures that live on the accelerator with their ids: crops and mirror images, encoded once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from .. import data
from ..log import say
from ..torch_graph import TorchGraph


@dataclass(frozen=True)
class Pool:
    """`rgb` uint8 [n, s, s, 3] and `ids` int32 [n, K] on one device."""

    rgb: torch.Tensor
    ids: torch.Tensor

    def take(self, chosen: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Pictures as float RGB [b, 3, s, s] in [0, 1], channels last in memory, and their ids."""
        index = torch.from_numpy(chosen).to(self.rgb.device)
        return planar(self.rgb[index]), self.ids[index]


def planar(rgb: torch.Tensor) -> torch.Tensor:
    """uint8 [n, h, w, 3] -> float [n, 3, h, w] in [0, 1], channels last in memory."""
    return rgb.permute(0, 3, 1, 2).float().div(255)


def _squares(rgb: torch.Tensor, square: int, size: int, rng: np.random.Generator) -> torch.Tensor:
    """One random square of side `square` of each picture, at `size`; half of them mirrored."""
    room, count = rgb.shape[1] - square + 1, len(rgb)
    y, x = (torch.from_numpy(rng.integers(room, size=(count, 1))) + torch.arange(square) for _ in range(2))
    y, x = y.to(rgb.device), x.to(rgb.device)
    which = torch.arange(count, device=rgb.device)[:, None, None]
    cut = planar(rgb[which, y[:, :, None], x[:, None, :]])
    if square != size:
        cut = F.interpolate(cut, size=(size, size), mode="bicubic", antialias=True)
    mirrored = torch.from_numpy(rng.random(count) < 0.5).to(rgb.device)
    cut = torch.where(mirrored[:, None, None, None], cut.flip(3), cut)
    return cut.clamp(0, 1).mul(255).round().byte().permute(0, 2, 3, 1).contiguous()


def usual(rgb: np.ndarray) -> np.ndarray:
    """Indices of the pictures to train on: of those rotated onto black, one in four."""
    return np.flatnonzero(~data.dark_corners(rgb) | (np.arange(len(rgb)) % 4 == 0))


def fill(
    rgb: np.ndarray, size: int, rounds: int, encoder: TorchGraph, device: torch.device, seed: int, batch: int = 512
) -> Pool:
    """Each picture `rounds` times: first whole, then as a random square of 80 to 100 percent of its side."""
    rng = np.random.default_rng(seed)
    chosen = usual(rgb)
    pictures, ids = [], []
    for turn in range(rounds):
        for start in range(0, len(chosen), batch):
            part = torch.from_numpy(np.ascontiguousarray(rgb[chosen[start : start + batch]])).to(device)
            square = rgb.shape[1] if turn == 0 else 8 * round(rgb.shape[1] * float(rng.uniform(0.8, 1)) / 8)
            squares = _squares(part, square, size, rng)
            pictures.append(squares)
            ids.append(torch.cat([encoder(half) for half in planar(squares).split(256)]).int())
        say(f"  {sum(map(len, pictures))} squares of {len(chosen)} pictures are encoded")
    return Pool(torch.cat(pictures), torch.cat(ids))
