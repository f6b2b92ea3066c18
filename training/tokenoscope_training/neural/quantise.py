"""Quantisers: continuous latents to ids and back, with gradients passed straight through.

Each has `forward(z) -> quantised z` for training, `ids(z)` and `values(ids)` for the exported graphs. Arithmetic on
ids is float32 and int32: fp16 has no whole numbers above 2,048.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional as F


class Fsq(nn.Module):
    """Finite scalar quantisation (Mentzer, Minnen, Agustsson, Tschannen 2023).

    Dimension i takes `levels[i]` whole values; with even levels they are -l/2 .. l/2 - 1, scaled by l/2, so that no
    l + 1st value appears (the half step is taken before the tanh).
    """

    def __init__(self, levels: Sequence[int]) -> None:
        super().__init__()
        sizes = torch.tensor(levels, dtype=torch.float32)
        self.count = int(sizes.prod())
        self.dims = len(levels)
        half = (sizes - 1) * (1 - 1e-3) / 2
        offset = torch.where(sizes % 2 == 0, 0.5, 0.0)
        buffers = {
            "sizes": sizes, "reach": half, "offset": offset, "shift": torch.atanh(offset / half),
            "middle": torch.floor(sizes / 2), "basis": torch.cumprod(torch.cat([torch.ones(1), sizes[:-1]]), 0),
        }  # fmt: skip
        for name, value in buffers.items():
            self.register_buffer(name, value, persistent=False)

    def _whole(self, z: torch.Tensor) -> torch.Tensor:
        bounded = torch.tanh(z.float() + self.shift) * self.reach - self.offset
        return bounded + (bounded.round() - bounded).detach()

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        """[..., dims] -> the same, each dimension one of its levels in [-1, 1)."""
        return self._whole(z) / self.middle

    def ids(self, z: torch.Tensor) -> torch.Tensor:
        """[..., dims] -> int32 [...]."""
        bounded = torch.tanh(z.float() + self.shift) * self.reach - self.offset
        return ((bounded.round() + self.middle) * self.basis).sum(-1).to(torch.int32)

    def values(self, ids: torch.Tensor) -> torch.Tensor:
        """int [...] -> [..., dims], what `forward` gave."""
        basis, sizes = self.basis.to(torch.int32), self.sizes.to(torch.int32)
        digits = torch.div(ids.to(torch.int32)[..., None], basis, rounding_mode="floor") % sizes
        return (digits.float() - self.middle) / self.middle


class Sign(nn.Module):
    """One bit a dimension (Yu et al. 2023, look-up free quantisation): the sign of the latent."""

    def __init__(self, bits: int) -> None:
        super().__init__()
        self.dims, self.count = bits, 2**bits
        self.register_buffer("basis", 2 ** torch.arange(bits, dtype=torch.float32), persistent=False)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        """[..., bits] -> -1 or 1; the gradient is that of tanh."""
        soft = torch.tanh(z.float())
        hard = torch.where(soft > 0, 1.0, -1.0)
        return soft + (hard - soft).detach()

    def ids(self, z: torch.Tensor) -> torch.Tensor:
        """[..., bits] -> int32 [...]."""
        return ((z.float() > 0).float() * self.basis).sum(-1).to(torch.int32)

    def values(self, ids: torch.Tensor) -> torch.Tensor:
        """int [...] -> [..., bits] of -1 and 1."""
        digits = torch.div(ids.to(torch.int32)[..., None], self.basis.to(torch.int32), rounding_mode="floor") % 2
        return digits.float() * 2 - 1


class Vq(nn.Module):
    """The nearest of learned codes (van den Oord, Vinyals, Kavukcuoglu 2017); the codes follow by gradient."""

    def __init__(self, codes: int, dims: int, commitment: float = 0.25) -> None:
        super().__init__()
        self.dims, self.count, self.commitment = dims, codes, commitment
        self.codes = nn.Parameter(torch.randn(codes, dims) * 0.5)

    def forward(self, z: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[..., dims] -> codes of the same shape, and the loss that pulls codes and latents together."""
        code = self.values(self.ids(z))
        pull = F.mse_loss(code, z.detach()) + self.commitment * F.mse_loss(z, code.detach())
        return z + (code - z).detach(), pull

    def ids(self, z: torch.Tensor) -> torch.Tensor:
        """[..., dims] -> int32 [...]."""
        score = 2 * z.float() @ self.codes.T - self.codes.square().sum(1)
        return score.argmax(-1).to(torch.int32)

    def values(self, ids: torch.Tensor) -> torch.Tensor:
        """int [...] -> [..., dims]."""
        return self.codes[ids.long()]
