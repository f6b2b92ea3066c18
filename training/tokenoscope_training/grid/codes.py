"""Codes on a sphere: unit vectors, of which a latent takes the one with the smallest angle to it.

The codes follow the latents that chose them by a moving average instead of by gradient, and codes that nobody chooses are
given latents of the batch (van den Oord, Vinyals, Kavukcuoglu 2017; unit vectors: Yu et al. 2021).
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F


class SphereCodes(nn.Module):
    """`codes` [count, dims] are unit vectors; `sums` and `mass` the moving averages that they come from."""

    def __init__(self, count: int, dims: int, decay: float = 0.99, reseed_every: int = 200) -> None:
        super().__init__()
        self.count, self.dims, self.decay, self.reseed_every = count, dims, decay, reseed_every
        self.reseeds = True
        """Whether unused codes may move; off at the end of a run, so that the averaged weights fit the codes."""
        self.register_buffer("codes", F.normalize(torch.randn(count, dims), dim=1))
        self.register_buffer("sums", self.codes.clone())
        self.register_buffer("mass", torch.ones(count))
        self.register_buffer("age", torch.zeros((), dtype=torch.int64))

    def forward(self, z: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[..., dims] -> codes of the same shape with the latents' gradient, and how far latents are from their codes."""
        with torch.autocast(z.device.type, enabled=False):
            unit = F.normalize(z.float(), dim=-1)
            if self.training and self.age == 0:
                self._scatter(unit.detach().reshape(-1, self.dims), torch.ones_like(self.mass, dtype=torch.bool))
            ids = self._nearest(unit)
            code = self.codes[ids]
            if self.training:
                self._follow(unit.detach().reshape(-1, self.dims), ids.reshape(-1))
            return unit + (code - unit).detach(), (unit - code.detach()).square().sum(-1).mean()

    @torch.no_grad()
    def near(self, z: torch.Tensor, count: int) -> torch.Tensor:
        """[..., dims] -> one of the `count` codes nearest to each latent, drawn uniformly: the same shape."""
        likeness = F.normalize(z.float(), dim=-1) @ self.codes.T
        nearest = likeness.topk(count, dim=-1).indices
        rank = torch.randint(count, (*nearest.shape[:-1], 1), device=z.device)
        return self.codes[nearest.gather(-1, rank).squeeze(-1)]

    def _nearest(self, unit: torch.Tensor) -> torch.Tensor:
        return (unit @ self.codes.T).argmax(-1)

    @torch.no_grad()
    def _follow(self, unit: torch.Tensor, ids: torch.Tensor) -> None:
        chosen = torch.bincount(ids, minlength=self.count).float()
        self.mass.lerp_(chosen, 1 - self.decay)
        self.sums.lerp_(torch.zeros_like(self.sums).index_add_(0, ids, unit), 1 - self.decay)
        self.age += 1
        if self.reseeds and self.age % self.reseed_every == 0:
            self._scatter(unit, self.mass < 0.03 * self.mass.mean())
        self.codes.copy_(F.normalize(self.sums, dim=1))

    def _scatter(self, unit: torch.Tensor, unused: torch.Tensor) -> None:
        """Puts unused codes where latents of the batch are."""
        count = int(unused.sum())
        if count == 0:
            return
        taken = unit[torch.randint(len(unit), (count,), device=unit.device)]
        self.mass[unused] = self.mass.mean().clamp_min(1e-3)
        self.sums[unused] = taken * self.mass[unused][:, None]
        self.codes[unused] = taken

    @torch.no_grad()
    def settle(self) -> None:
        """Unit length again: the average of unit vectors over training steps is a little shorter."""
        self.codes.copy_(F.normalize(self.codes, dim=1))

    def ids(self, z: torch.Tensor) -> torch.Tensor:
        """[..., dims] -> int32 [...]."""
        return self._nearest(F.normalize(z.float(), dim=-1)).to(torch.int32)

    def values(self, ids: torch.Tensor) -> torch.Tensor:
        """int [...] -> [..., dims]."""
        return self.codes[ids.long()]
