"""The learned tokenizer for a GPU: registers read the patches in order, any prefix of them draws the picture.

The architecture of One-D-Piece and FlexTok in small: patches and registers through a transformer, FSQ on the
registers, nested dropout. karhunen's linear path is a skip connection at both ends: the encoder also sees the
leading components, the decoder adds its picture to one that a linear map of the kept tokens draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.prefix import kept
from ..neural.quantise import Fsq
from ..neural.transformer import FORBIDDEN, Block, from_patches, register_mask, to_patches


class LadderVit(nn.Module):
    """`basis` [components, values], `mean` and `scale` are karhunen's leading components at a quarter of the side."""

    def __init__(
        self, size: int, patch: int, tokens: int, levels: Sequence[int], encoder: tuple[int, int],
        decoder: tuple[int, int], components: int, ordered: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.size, self.patch, self.tokens, self.ordered = size, patch, tokens, ordered
        self.quantiser = Fsq(levels)
        patches, inside = (size // patch) ** 2, 3 * patch**2
        (depth, wide), (draws, width) = encoder, decoder
        self.enter = nn.Linear(inside, wide)
        self.places = nn.Parameter(torch.randn(1, patches + tokens, wide) * 0.02)
        self.linear_in = nn.Linear(components, wide)
        self.encoder = nn.ModuleList(Block(wide, wide // 64 or 1) for _ in range(depth))
        self.encoder_norm = nn.LayerNorm(wide)
        self.code = nn.Linear(wide, self.quantiser.dims)
        self.uncode = nn.Linear(self.quantiser.dims, width)
        self.draw_places = nn.Parameter(torch.randn(1, patches + tokens, width) * 0.02)
        self.missing = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.decoder = nn.ModuleList(Block(width, width // 64 or 1) for _ in range(draws))
        self.decoder_norm = nn.LayerNorm(width)
        self.leave = nn.Linear(width, inside)
        self.linear_out = nn.Linear(tokens * self.quantiser.dims, components)
        for layer in (self.leave, self.linear_out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        mask = register_mask(patches, tokens) if ordered else torch.zeros(patches + tokens, patches + tokens)
        self.register_buffer("mask", mask, persistent=False)
        self.register_buffer("basis", torch.zeros(components, 3 * (size // 4) ** 2))
        self.register_buffer("mean", torch.full((3 * (size // 4) ** 2,), 0.5))
        self.register_buffer("scale", torch.ones(components))

    @classmethod
    def create(cls, settings: Mapping[str, Any], size: int, ordered: bool = True) -> LadderVit:
        """The module of a recipe."""
        return cls(
            size, settings["patch"], settings["tokens"], settings["levels"],
            (settings["encoder_depth"], settings["encoder_width"]),
            (settings["decoder_depth"], settings["decoder_width"]), settings["components"], ordered,
        )  # fmt: skip

    def latents(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] in [0, 1] -> [n, tokens, dims], before quantisation."""
        patches = self.enter(to_patches(image * 2 - 1, self.patch))
        linear = self.linear_in((F.avg_pool2d(image, 4).flatten(1) - self.mean) @ self.basis.T / self.scale)
        registers = linear[:, None].expand(-1, self.tokens, -1)
        x = torch.cat([patches, registers], 1) + self.places
        for block in self.encoder:
            x = block(x, self.mask)
        return self.code(self.encoder_norm(x[:, -self.tokens :])).float()

    def draw(self, values: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Quantised [n, tokens, dims], k int [n] -> RGB [n, 3, s, s]; tokens from k on are replaced and masked."""
        mine = kept(k, self.tokens)
        values = values * mine[..., None]
        registers = torch.where(mine[..., None], self.uncode(values), self.missing.to(values.dtype))
        patches = self.draw_places.shape[1] - self.tokens
        blank = self.draw_places[:, :patches].expand(len(values), -1, -1)
        x = torch.cat([blank, registers + self.draw_places[:, patches:]], 1)
        seen = torch.cat([mine.new_ones(len(values), patches), mine], 1)
        mask = torch.where(seen, 0.0, FORBIDDEN)[:, None, None]
        for block in self.decoder:
            x = block(x, mask)
        drawn = from_patches(self.leave(self.decoder_norm(x[:, :patches])), self.patch)
        linear = (self.linear_out(values.flatten(1)) * self.scale) @ self.basis + self.mean
        linear = linear.view(-1, 3, self.size // 4, self.size // 4)
        return drawn.float() + F.interpolate(linear.float(), scale_factor=4, mode="bilinear")

    def forward(self, image: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Pictures from the first k of their tokens."""
        return self.draw(self.quantiser(self.latents(image)), k)
