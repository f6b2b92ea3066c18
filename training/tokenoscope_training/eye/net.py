"""A vision transformer over the trunk's features; every patch is a square of 16 pixels. Only the transformer is trained.

The class token begins as the mean of the patches, so that before any training a linear map can answer from it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from ..neural.transformer import Block
from .trunk import CHANNELS, SCALE, Trunk


def places(across: int, width: int) -> torch.Tensor:
    """Waves of both coordinates, which run from 0 to 1 whatever the picture's size: float [across^2, width]."""
    quarter = width // 4
    waves = math.pi * torch.exp(torch.linspace(0, math.log(across), quarter))
    line = (torch.arange(across) + 0.5) / across
    angles = line[:, None] * waves
    one = torch.cat([angles.sin(), angles.cos()], 1)
    rows = one[:, None].expand(across, across, -1)
    columns = one[None].expand(across, across, -1)
    return torch.cat([rows, columns], 2).reshape(across * across, -1)


class EyeNet(nn.Module):
    """`classes` answers from the class token behind `depth` layers."""

    def __init__(self, classes: int, side: int, width: int, depth: int, heads: int) -> None:
        super().__init__()
        self.trunk = Trunk().requires_grad_(False)
        self.side, self.width, self.heads = side, width, heads
        self.enter = nn.Linear(CHANNELS, width)
        self.class_token = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.layers = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, classes)
        self.register_buffer("places", places(side // SCALE, width), persistent=False)

    @classmethod
    def create(cls, settings: Mapping[str, Any], classes: int) -> EyeNet:
        """The module of a recipe, freshly initialised but for the trunk, which must be given."""
        return cls(classes, settings["side"], settings["width"], settings["depth"], settings["heads"])

    def tokens(self, features: torch.Tensor, kept: torch.Tensor | None = None) -> torch.Tensor:
        """The trunk's features [n, 112, h, w] -> [n, 1 + h w, width], the class token first; of each picture only `kept` int [n, m]."""
        patches = self.enter(features.flatten(2).transpose(1, 2))
        patches = patches + self.places.to(patches.dtype)
        if kept is not None:
            patches = patches.gather(1, kept[..., None].expand(-1, -1, self.width))
        first = self.class_token.to(patches.dtype) + patches.mean(1, keepdim=True)
        return torch.cat([first, patches], 1)

    def answer(self, features: torch.Tensor, kept: torch.Tensor | None = None) -> torch.Tensor:
        """The trunk's features -> logits [n, classes]."""
        x = self.tokens(features, kept)
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x[:, 0]))

    @torch.no_grad()
    def begin(self, features: torch.Tensor, answers: torch.Tensor, strength: float = 1.0) -> None:
        """Sets the head by ridge regression: from the class tokens of an untrained network to log probabilities.

        features [n, 112, h, w], answers [n, classes].
        """
        x = self.norm(self.tokens(features)[:, 0]).double()
        x = torch.cat([x, torch.ones_like(x[:, :1])], 1)
        y = (answers.double() + 1e-3).log()
        gram = x.T @ x + strength * torch.eye(x.shape[1], dtype=x.dtype, device=x.device)
        solved = torch.linalg.solve(gram, x.T @ y).float()
        self.head.weight.copy_(solved[:-1].T)
        self.head.bias.copy_(solved[-1])

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] in [0, 1] -> logits [n, classes]."""
        return self.answer(self.trunk(image))

    def look(self, image: torch.Tensor) -> dict[str, torch.Tensor]:
        """What the exported graph gives, all float32; layers count from 0, tokens begin with the class token.

        - `probabilities` [n, classes], `class_token` [n, width] and `patches` [n, t - 1, width]: the network's answer,
          and the normalised tokens that it comes from
        - `attention` [n, depth, heads, t]: what the class token looks at, in every layer
        - `keys` [n, depth, heads, t - 1, width / heads]: the patches' normalised keys
        - `layers` [n, depth, t, width]: all tokens behind each layer
        """
        x = self.tokens(self.trunk(image))
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
