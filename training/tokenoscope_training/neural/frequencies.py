"""A picture's strongest DCT frequencies in PyTorch: a linear code of photographs that needs no stored basis."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from ..transform import COLOUR, dct_rows, horizontal_parity


class Frequencies(nn.Module):
    """Pictures of `size` pixels to chosen coefficients and back; everything is a buffer, so `.to(device)` moves it.

    `places` int [m] index the lowest `luma` x `luma` frequencies of luma and `chroma` x `chroma` of each opponent colour,
    one after the other (vertical frequency first, flattened), as transform.py does.
    """

    def __init__(self, size: int, luma: int, chroma: int, places: torch.Tensor | None = None) -> None:
        """Without `places` all frequencies of the blocks."""
        super().__init__()
        self.size, self.luma, self.chroma = size, luma, chroma
        total = luma**2 + 2 * chroma**2
        chosen = torch.arange(total) if places is None else places.cpu()
        # Where each frequency comes from; those that are not chosen come from a zero behind all others.
        origin = torch.full((total,), len(chosen)).scatter(0, chosen, torch.arange(len(chosen)))
        parity = torch.from_numpy(horizontal_parity(luma, chroma))[chosen]
        self.components = len(chosen)
        buffers = {
            "places": chosen, "origin": origin,
            "mirrored": torch.where(parity == 1, -1.0, 1.0),
            "colour": torch.from_numpy(COLOUR.astype(np.float32)),
            # [1, count, size]: a matrix would be stored with 8 bits, which the strong low frequencies do not bear.
            "rows_luma": torch.from_numpy(dct_rows(luma, size)[None].astype(np.float32)),
            "rows_chroma": torch.from_numpy(dct_rows(chroma, size)[None].astype(np.float32)),
        }  # fmt: skip
        for name, value in buffers.items():
            self.register_buffer(name, value, persistent=False)

    def project(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] in [0, 1] -> coefficients [n, m]. Those of the mirrored picture are these times `mirrored`."""
        planes = torch.einsum("ck,nkyx->ncyx", self.colour, image - 0.5)
        luma = self.rows_luma @ planes[:, :1] @ self.rows_luma.mT
        chroma = self.rows_chroma @ planes[:, 1:] @ self.rows_chroma.mT
        return torch.cat([luma.flatten(1), chroma.flatten(1)], 1)[:, self.places]

    def synthesise(self, components: torch.Tensor) -> torch.Tensor:
        """The inverse of `project`: RGB [n, 3, s, s], not clamped."""
        n, edge = len(components), self.luma**2
        whole = torch.cat([components, components.new_zeros(n, 1)], 1)[:, self.origin]
        luma = self.rows_luma.mT @ whole[:, :edge].view(n, 1, self.luma, -1) @ self.rows_luma
        chroma = self.rows_chroma.mT @ whole[:, edge:].view(n, 2, self.chroma, -1) @ self.rows_chroma
        return torch.einsum("ck,ncyx->nkyx", self.colour, torch.cat([luma, chroma], 1)) + 0.5


def strongest(coefficients: torch.Tensor, count: int) -> torch.Tensor:
    """Places int64 [count], ascending, of the largest variances among coefficients [n, total] of all frequencies."""
    return coefficients.var(0).topk(count).indices.sort().values
