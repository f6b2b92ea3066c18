"""An autoencoder over a picture's strongest frequencies: every token reads all of them and writes all of them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.prefix import kept
from ..neural.quantise import Fsq


class Dense(nn.Module):
    """A linear map beside a network of residual layers, whose output starts at zero."""

    def __init__(self, inside: int, outside: int, width: int, depth: int) -> None:
        super().__init__()
        self.straight = nn.Linear(inside, outside)
        self.enter = nn.Linear(inside, width)
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.leave = nn.Linear(width, outside)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, inside] -> [n, outside]."""
        y = self.enter(x)
        for layer in self.layers:
            y = y + layer(F.gelu(y))
        return self.straight(x) + self.leave(F.gelu(y))


class FixedNet(nn.Module):
    """`scale` [components] brings the components near unit variance; `places` and `mean` say what they are (train.py)."""

    def __init__(self, tokens: int, levels: Sequence[int], components: int, width: int, depth: int) -> None:
        super().__init__()
        self.tokens = tokens
        self.quantiser = Fsq(levels)
        latents = tokens * self.quantiser.dims
        self.encoder = Dense(components, latents, width, depth)
        self.decoder = Dense(latents, components, width, depth)
        self.register_buffer("scale", torch.ones(components))
        self.register_buffer("mean", torch.zeros(components))
        self.register_buffer("places", torch.arange(components))

    def latents(self, x: torch.Tensor) -> torch.Tensor:
        """components [n, m] -> [n, tokens, dims]."""
        return self.encoder(x / self.scale).view(len(x), self.tokens, -1)

    def draw(self, values: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Quantised latents [n, tokens, dims], k int [n] -> components [n, m]; missing tokens are zero."""
        values = values * kept(k, self.tokens)[..., None]
        return self.decoder(values.flatten(1)) * self.scale

    def forward(self, x: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """components [n, m], k int [n] -> components from the first k tokens."""
        return self.draw(self.quantiser(self.latents(x)), k)
