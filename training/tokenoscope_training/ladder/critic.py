"""Small critics on a frozen feature network: which features come from photographs?

The projected discriminator of Sauer, Chitta, Mueller and Geiger (2021), with our own features: the network that
the perceptual loss runs anyway is reused, so a critic costs little, and it cannot see (and so not be won over by)
what the features do not hold.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.func import functional_call
from torch.nn import functional as F


class Critics(nn.Module):
    """One head of two convolutions for each stage of features."""

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        self.heads = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width, 48, 3, padding=1), nn.LeakyReLU(0.2), nn.Conv2d(48, 1, 1))
            for width in widths
        )

    def forward(self, features: list[torch.Tensor]) -> torch.Tensor:
        """Features of the judged stages -> scores [n, places]."""
        return torch.cat([head(f).flatten(1) for head, f in zip(self.heads, features, strict=True)], 1)

    def losses(
        self, real: list[torch.Tensor], drawn: list[torch.Tensor], weights: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The critics' hinge loss (which leaves the drawer alone) and the drawer's (which leaves the critics alone).

        `weights` [n] say how much each picture counts, 1 by default.
        """
        scores = self([f.detach() for f in real]), self([f.detach() for f in drawn])
        own = F.relu(1 - scores[0]).mean(1) + F.relu(1 + scores[1]).mean(1)
        frozen = {name: value.detach() for name, value in self.named_parameters()}
        drawer = -functional_call(self, frozen, (drawn,)).mean(1)
        if weights is None:
            return own.mean(), drawer.mean()
        return (own * weights).mean(), (drawer * weights).mean()
