"""A vision transformer over a short convolutional stem, for pictures of any multiple of 8 pixels.

Three strided convolutions instead of one large patch projection make small transformers learn much sooner (Xiao et al.
2021). Positions are waves of the place in the picture, not learned, so that one network sees 64 and 128 pixels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.transformer import Block

PATCH = 8


def places(across: int, width: int) -> torch.Tensor:
    """Waves of both coordinates, which run from 0 to 1 whatever the picture's size: float [across^2, width]."""
    quarter = width // 4
    waves = math.pi * torch.exp(torch.linspace(0, math.log(24), quarter))
    line = (torch.arange(across) + 0.5) / across
    angles = line[:, None] * waves
    one = torch.cat([angles.sin(), angles.cos()], 1)
    rows = one[:, None].expand(across, across, -1)
    columns = one[None].expand(across, across, -1)
    return torch.cat([rows, columns], 2).reshape(across * across, -1)


class EyeNet(nn.Module):
    """`classes` answers from the class token behind `depth` layers; patches are squares of 8 pixels."""

    def __init__(
        self, classes: int, side: int, width: int, depth: int, heads: int, stem: tuple[int, int, int]
    ) -> None:
        super().__init__()
        self.width, self.heads = width, heads
        a, b, c = stem
        self.stem = nn.ModuleList(
            (nn.Conv2d(3, a, 3, 2, 1), nn.Conv2d(a, b, 3, 2, 1), nn.Conv2d(b, c, 3, 2, 1), nn.Conv2d(c, width, 1))
        )
        self.class_token = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.layers = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, classes)
        self.register_buffer("places", places(side // PATCH, width), persistent=False)

    @classmethod
    def create(cls, settings: Mapping[str, Any], classes: int) -> EyeNet:
        """The module of a recipe, freshly initialised."""
        sizes = (settings["side"], settings["width"], settings["depth"], settings["heads"])
        return cls(classes, *sizes, tuple(settings["stem"]))

    def enter(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] in [0, 1] -> tokens [n, 1 + (s / 8)^2, width], the class token first."""
        x = image * 4 - 2
        for index, layer in enumerate(self.stem):
            x = layer(x)
            if index < len(self.stem) - 1:
                x = F.gelu(x)
        across = x.shape[-1]
        patches = x.flatten(2).transpose(1, 2)
        known = across * across == len(self.places)
        patches = patches + (self.places if known else places(across, self.width)).to(patches)
        return torch.cat([self.class_token.to(patches.dtype).expand(len(x), -1, -1), patches], 1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] -> logits [n, classes]."""
        x = self.enter(image)
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x[:, 0]))

    def look(self, image: torch.Tensor) -> dict[str, torch.Tensor]:
        """What the exported graph gives, all float32; layers count from 0, tokens begin with the class token.

        - `probabilities` [n, classes], `class_token` [n, width] and `patches` [n, t - 1, width]: the network's answer,
          and the normalised tokens that it comes from
        - `attention` [n, depth, heads, t]: what the class token looks at, in every layer
        - `keys` [n, depth, heads, t - 1, width / heads]: the patches' normalised keys
        - `layers` [n, depth, t, width]: all tokens behind each layer
        """
        x = self.enter(image)
        n, t, _ = x.shape
        attention, keys, layers = [], [], []
        for layer in self.layers:
            inner = layer.attention
            q, k, _ = inner.enter(layer.attention_norm(x)).view(n, t, 3, inner.heads, inner.head).permute(2, 0, 3, 1, 4)
            k = inner.key_norm(k)
            scores = inner.query_norm(q[:, :, :1]) @ k.transpose(2, 3) * inner.head**-0.5
            attention.append(scores.softmax(-1)[:, :, 0])
            keys.append(k[:, :, 1:])
            x = layer(x)
            layers.append(x)
        x = self.norm(x)
        return {
            "probabilities": self.head(x[:, 0]).softmax(-1), "class_token": x[:, 0], "patches": x[:, 1:],
            "attention": torch.stack(attention, 1), "keys": torch.stack(keys, 1), "layers": torch.stack(layers, 1),
        }  # fmt: skip
