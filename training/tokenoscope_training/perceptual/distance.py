"""The distance: how differently a feature network answers to two pictures.

At every place the features are divided by the square root of their energy plus a constant, so that a difference
counts less in busy places (contrast masking) and noise in flat places is not amplified. The squared
differences are averaged over places and summed over the stages, each scaled so that all stages count equally and
JPEG at quality 10 is at distance 1 on average. It is this project's own measure, neither LPIPS nor comparable to it.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from .net import FeatureNet


class Distance(nn.Module):
    """`weights` [stages] and the masking constants `floors` [stages] are set by `calibrate`."""

    def __init__(self, net: FeatureNet) -> None:
        super().__init__()
        self.net = net
        stages = len(net.stages)
        self.register_buffer("weights", torch.full((stages,), 1.0 / stages))
        self.register_buffer("floors", torch.ones(stages))

    def normalised(self, image: torch.Tensor) -> list[torch.Tensor]:
        """RGB [n, 3, h, w] in [0, 1] -> masked features of every stage."""
        features = self.net.features(image)
        return [
            f * torch.rsqrt(f.float().square().sum(1, keepdim=True) + floor).to(f.dtype)
            for f, floor in zip(features, self.floors, strict=True)
        ]

    def between(self, a: list[torch.Tensor], b: list[torch.Tensor]) -> torch.Tensor:
        """Masked features of two sets of pictures -> distances float32 [n]."""
        parts = [(x - y).float().square().sum(1).mean((1, 2)) for x, y in zip(a, b, strict=True)]
        return (torch.stack(parts, 1) * self.weights).sum(1)

    def forward(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """Two sets of RGB pictures [n, 3, h, w] in [0, 1] -> distances float32 [n]."""
        return self.between(self.normalised(a), self.normalised(b))

    @torch.no_grad()
    def calibrate(self, originals: torch.Tensor, reference: torch.Tensor) -> None:
        """Sets floors and weights: `reference` are the originals as JPEG at quality 10."""
        self.weights.fill_(1)
        features = self.net.features(originals)
        self.floors.copy_(torch.stack([0.25 * f.float().square().sum(1).mean() for f in features]))
        a, b = self.normalised(originals), self.normalised(reference)
        parts = torch.stack([(x - y).float().square().sum(1).mean() for x, y in zip(a, b, strict=True)])
        self.weights.copy_(1 / (parts * len(parts)))


def save(distance: Distance, path: Path) -> None:
    """Writes network and calibration."""
    torch.save(distance.state_dict(), path)


def load(path: Path) -> Distance:
    """Reads what `save` wrote; frozen, in evaluation mode."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    widths = tuple(
        state[f"net.stages.{i}.convolutions.0.weight"].shape[0]
        for i in range(sum(name.endswith("convolutions.0.weight") for name in state))
    )
    distance = Distance(FeatureNet(widths, state["net.head.2.weight"].shape[0]))
    distance.load_state_dict(state)
    return distance.eval().requires_grad_(False)
