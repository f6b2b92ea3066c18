"""A convolutional autoencoder with a dense binary middle, cut at random prefixes."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.blocks import Length, Residual
from ..neural.prefix import kept
from ..neural.quantise import Sign


class GlyphNet(nn.Module):
    """Grey pictures of `side` pixels to `tokens` of `bits` signs and back."""

    def __init__(self, side: int, tokens: int, bits: int, width: int, thin: int, depth: int, condition: int) -> None:
        super().__init__()
        self.tokens, self.bits, self.side, self.thin = tokens, bits, side, thin
        self.quantiser = Sign(bits)
        places = (side // 8) ** 2
        self.stem = nn.Conv2d(16, width, 3, padding=1)
        self.read = nn.ModuleList(Residual(width) for _ in range(depth))
        self.shrink = nn.Conv2d(width, thin, 2, 2)
        self.gather = nn.Linear(places * thin, tokens * bits)
        self.length = Length(condition)
        self.spread = nn.Linear(tokens * bits, places * thin)
        self.grow = nn.Conv2d(thin, 4 * width, 1)
        self.write = nn.ModuleList(Residual(width, condition) for _ in range(2 * depth))
        self.out = nn.Conv2d(width, 16, 3, padding=1)

    def latents(self, grey: torch.Tensor) -> torch.Tensor:
        """[n, 1, side, side] in [0, 1] -> [n, tokens, bits]."""
        x = self.stem(F.pixel_unshuffle(grey * 2 - 1, 4))
        for block in self.read:
            x = block(x)
        return self.gather(self.shrink(F.relu(x)).flatten(1)).float().view(-1, self.tokens, self.bits)

    def draw(self, values: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Signs [n, tokens, bits], k int [n] -> logits of white [n, 1, side, side]."""
        values = values * kept(k, self.tokens)[..., None]
        condition = self.length(k.float())
        side = self.side // 8
        x = self.spread(values.flatten(1)).view(-1, self.thin, side, side)
        x = F.pixel_shuffle(self.grow(x), 2)
        for block in self.write:
            x = block(x, condition)
        return F.pixel_shuffle(self.out(F.relu(x)), 4)

    def forward(self, grey: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Logits of the pictures from their first k tokens."""
        return self.draw(self.quantiser(self.latents(grey)), k)
