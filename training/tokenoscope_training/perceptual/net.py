"""The feature network: five stages of plain 3x3 convolutions, each at half the resolution of the one before."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

WIDTHS = (16, 32, 64, 128, 192)


class Stage(nn.Module):
    """Convolutions with batch normalisation and ReLU; the first one may halve the resolution."""

    def __init__(self, inside: int, outside: int, convolutions: int, stride: int) -> None:
        super().__init__()
        self.convolutions = nn.ModuleList()
        self.norms = nn.ModuleList()
        for index in range(convolutions):
            source = inside if index == 0 else outside
            step = stride if index == 0 else 1
            self.convolutions.append(nn.Conv2d(source, outside, 3, step, 1, bias=False, padding_mode="zeros"))
            self.norms.append(nn.BatchNorm2d(outside))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, inside, h, w] -> [n, outside, h / stride, w / stride]."""
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            x = F.relu(norm(convolution(x)))
        return x


class FeatureNet(nn.Module):
    """Pictures to the features of five stages, and to an embedding for training."""

    def __init__(self, widths: tuple[int, ...] = WIDTHS, embedding: int = 128) -> None:
        super().__init__()
        edges = (3, *widths)
        self.stages = nn.ModuleList(
            Stage(edges[i], edges[i + 1], 1 if i == 0 else 2, 1 if i == 0 else 2) for i in range(len(widths))
        )
        wide = 2 * widths[-1]
        self.head = nn.Sequential(nn.Linear(widths[-1], wide), nn.ReLU(), nn.Linear(wide, embedding))

    def features(self, image: torch.Tensor) -> list[torch.Tensor]:
        """RGB [n, 3, h, w] in [0, 1] -> the stages' features, at h, h / 2, h / 4, h / 8, h / 16."""
        x = (image - 0.5) * 4
        out = []
        for stage in self.stages:
            x = stage(x)
            out.append(x)
        return out

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, h, w] in [0, 1] -> unit embeddings float32 [n, embedding]."""
        pooled = self.features(image)[-1].float().mean((2, 3))
        return F.normalize(self.head(pooled).float(), dim=1)
