"""A convolutional autoencoder with one token for every square of 8 x 8 pixels, row by row from the top left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.blocks import Residual
from ..neural.prefix import kept
from .codes import SphereCodes

PATCH = 8


class GridNet(nn.Module):
    """Pictures of `side` pixels (any multiple of 8 while training); `widths` at 1/4 and 1/8 of the side.

    `depths` counts the residual blocks: of the encoder at 1/4 and 1/8, of the decoder at 1/8 and 1/4.
    """

    def __init__(
        self, side: int, codes: int, dims: int, widths: tuple[int, int], depths: tuple[int, int, int, int]
    ) -> None:
        super().__init__()
        a, b = widths
        self.side, self.tokens = side, (side // PATCH) ** 2
        self.quantiser = SphereCodes(codes, dims)
        self.stem = nn.Conv2d(48, a, 3, padding=1)
        self.down = nn.Conv2d(a, b, 2, 2)
        self.code = nn.Conv2d(b, dims, 1)
        self.enter = nn.Conv2d(dims, b, 3, padding=1)
        self.up = nn.Conv2d(b, 4 * a, 1)
        self.out = nn.Conv2d(a, 48, 3, padding=1)
        self.smooth = nn.Conv2d(3, 3, 3, padding=1)
        nn.init.zeros_(self.smooth.weight)
        nn.init.zeros_(self.smooth.bias)
        self.levels = nn.ModuleList(
            nn.ModuleList(Residual(width) for _ in range(depth)) for width, depth in zip((a, b, b, a), depths, strict=True)
        )

    @classmethod
    def create(cls, settings: Mapping[str, Any]) -> GridNet:
        """The module of a recipe, freshly initialised."""
        return cls(
            settings["side"], settings["codes"], settings["dims"], tuple(settings["widths"]), tuple(settings["depths"])
        )

    def _level(self, index: int, x: torch.Tensor) -> torch.Tensor:
        for block in self.levels[index]:
            x = block(x)
        return F.relu(x)

    def latents(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, h, w] in [0, 1] -> [n, h w / 64, dims], before the nearest code is taken."""
        x = self._level(0, self.stem(F.pixel_unshuffle(image * 2 - 1, 4)))
        return self.code(self._level(1, self.down(x))).flatten(2).transpose(1, 2)

    def draw(self, values: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Codes [n, tokens, dims] of a square grid, k int [n] -> RGB; tokens from k on are zero, which no code is."""
        n, tokens, dims = values.shape
        across = int(tokens**0.5)
        given = values * kept(k, tokens)[..., None].to(values.dtype)
        x = self.enter(given.transpose(1, 2).reshape(n, dims, across, across))
        x = self._level(3, F.pixel_shuffle(self.up(self._level(2, x)), 2))
        drawn = F.pixel_shuffle(self.out(x), 4)
        return drawn + self.smooth(drawn) + 0.5

    def forward(
        self, image: torch.Tensor, k: torch.Tensor, wrong: torch.Tensor | None = None, near: int = 1
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Pictures from the first k of their tokens, and how far latents are from their codes.

        Where `wrong` bool [n, tokens], the decoder is given any of the `near` codes nearest to the latent instead: latent
        perturbation (Qiu et al. 2025). Codes and latents are drawn together as if nothing had happened.
        """
        latents = self.latents(image)
        values, apart = self.quantiser(latents)
        if wrong is not None:
            values = values + (wrong[..., None] * (self.quantiser.near(latents, near) - values)).detach()
        return self.draw(values, k), apart
