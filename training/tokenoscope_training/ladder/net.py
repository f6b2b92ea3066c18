"""The learned part of the decoder: from karhunen's picture to the residual that it lacks."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.blocks import Length, UNet


class Refiner(nn.Module):
    """Adds a residual to karhunen's picture; knows how many tokens it was drawn from.

    One fixed plane of noise joins the picture: a network that sees only a smooth picture cannot draw texture
    that is not periodic. The plane is a constant, so equal tokens give equal pictures.
    """

    def __init__(self, size: int, widths: tuple[int, int, int], depths: tuple[int, ...], condition: int) -> None:
        super().__init__()
        self.length = Length(condition)
        self.net = UNet(4, widths, depths, condition)
        noise = torch.randn(1, 1, size, size, generator=torch.Generator().manual_seed(0))
        self.register_buffer("noise", noise, persistent=False)

    def forward(self, drawn: torch.Tensor, k: torch.Tensor, noise: torch.Tensor | None = None) -> torch.Tensor:
        """drawn RGB [n, 3, h, w], k float [n], noise [n, 1, h, w] (the plane by default) -> RGB [n, 3, h, w]."""
        return drawn + self._residual(drawn, self.length(k), noise)

    def _residual(self, drawn: torch.Tensor, condition: torch.Tensor, noise: torch.Tensor | None) -> torch.Tensor:
        if noise is None:
            noise = self.noise.expand(len(drawn), -1, -1, -1)
        return self.net(torch.cat([(drawn - 0.5) * 4, noise], 1), condition) * 0.25


class RealismRefiner(Refiner):
    """A refiner that is also told how realistic to draw, from 0 (least squared error) to 1 (most lifelike).

    The conditional decoder of "Multi-Realism Image Compression with a Conditional Generator" (Agustsson, Minnen,
    Toderici, Mentzer, 2023): one network draws the whole trade of distortion for perception (Blau and Michaeli
    2018), so how far to go is chosen after training, for each prefix length. The last layer has a residual for either
    end, which are mixed; everything before it is told the mixture.
    """

    def __init__(self, size: int, widths: tuple[int, int, int], depths: tuple[int, ...], condition: int) -> None:
        super().__init__(size, widths, depths, condition)
        self.realism = Length(condition, logarithm=False)
        self.joint = nn.Linear(2 * condition, condition)
        self.net.out = nn.Conv2d(self.net.out.in_channels, 6, 3, padding=1)
        nn.init.zeros_(self.net.out.weight)
        nn.init.zeros_(self.net.out.bias)

    def draw(self, drawn: torch.Tensor, k: torch.Tensor, realism: torch.Tensor) -> torch.Tensor:
        """drawn RGB [n, 3, s, s], k float [n], realism float [n] in [0, 1] -> RGB [n, 3, s, s]."""
        told = torch.cat([self.length(k), self.realism(realism)], 1)
        exact, lifelike = self._residual(drawn, F.relu(self.joint(F.relu(told))), None).chunk(2, 1)
        share = realism[:, None, None, None]
        return drawn + (1 - share) * exact + share * lifelike
