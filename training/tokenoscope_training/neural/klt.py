"""karhunen's leading components in PyTorch: a linear code of photographs that learned models start from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..transform import COLOUR, dct_rows


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))


class Klt(nn.Module):
    """Pictures to components and back; everything is a buffer, so `.to(device)` moves it."""

    def __init__(self, checkpoint: Path, evens: int, odds: int) -> None:
        """The first `evens` components that mirroring keeps and `odds` that it turns, of karhunen's checkpoint."""
        super().__init__()
        with np.load(checkpoint) as fitted:
            self.size, self.luma, self.chroma = (int(v) for v in fitted["zone"])
            arrays = {
                "mean": fitted["mean"], "even": fitted["even"][:evens], "odd": fitted["odd"][:odds],
                "zone_even": fitted["zone_even"], "zone_odd": fitted["zone_odd"],
                "colour": COLOUR.astype(np.float32),
                "rows_luma": dct_rows(self.luma, self.size).astype(np.float32),
                "rows_chroma": dct_rows(self.chroma, self.size).astype(np.float32),
            }  # fmt: skip
        for name, array in arrays.items():
            self.register_buffer(name, _tensor(array), persistent=False)
        self.evens, self.components = len(self.even), len(self.even) + len(self.odd)

    def project(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] in [0, 1] -> components [n, m], even ones first."""
        planes = torch.einsum("ck,nkyx->ncyx", self.colour, image - 0.5)
        luma = self.rows_luma @ planes[:, :1] @ self.rows_luma.T
        chroma = self.rows_chroma @ planes[:, 1:] @ self.rows_chroma.T
        kept = torch.cat([luma.flatten(1), chroma.flatten(1)], 1)
        even = (kept[:, self.zone_even] - self.mean) @ self.even.T
        return torch.cat([even, kept[:, self.zone_odd] @ self.odd.T], 1)

    def synthesise(self, components: torch.Tensor) -> torch.Tensor:
        """The inverse of `project`: RGB [n, 3, s, s], not clamped."""
        n, edge = len(components), self.luma**2
        kept = components.new_zeros(n, edge + 2 * self.chroma**2)
        kept[:, self.zone_even] = components[:, : self.evens] @ self.even + self.mean
        kept[:, self.zone_odd] = components[:, self.evens :] @ self.odd
        luma = self.rows_luma.T @ kept[:, :edge].view(n, 1, self.luma, -1) @ self.rows_luma
        chroma = self.rows_chroma.T @ kept[:, edge:].view(n, 2, self.chroma, -1) @ self.rows_chroma
        return torch.einsum("ck,ncyx->nkyx", self.colour, torch.cat([luma, chroma], 1)) + 0.5
