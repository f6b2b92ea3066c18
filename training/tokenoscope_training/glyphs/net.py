"""A convolutional autoencoder with binary codes on three grids, cut at random prefixes.

For 64 pixels: 16 tokens on a grid of 4x4, then 64 on one of 8x8, then 64 more on the same; within a grid in the
order of a dither matrix, so that every prefix is spread over the picture. Convolutions everywhere: a stroke is
learned once, not once for every place.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.blocks import Length, Residual
from ..neural.prefix import kept
from ..neural.quantise import Sign


def dither_order(side: int) -> torch.Tensor:
    """The cells of a grid (side a power of two) in the order of Bayer's matrix: int [side^2]."""
    rank = torch.zeros(1, 1, dtype=torch.long)
    while len(rank) < side:
        rank = torch.cat([torch.cat([4 * rank, 4 * rank + 2], 1), torch.cat([4 * rank + 3, 4 * rank + 1], 1)])
    return rank.flatten().argsort()


def _even(x: torch.Tensor) -> torch.Tensor:
    """Unit energy at every place. Without it the latents grow until their signs pass no gradient back."""
    x = F.relu(x).float()
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-4)


class GlyphNet(nn.Module):
    """Grey pictures of `side` pixels to `tokens` of `bits` signs and back; `widths` at 1/4, 1/8 and 1/16."""

    def __init__(self, side: int, bits: int, widths: tuple[int, int, int], depth: int, condition: int) -> None:
        super().__init__()
        self.bits, self.side = bits, side
        self.quantiser = Sign(bits)
        a, b, c = widths
        self.grids = (side // 16, side // 8, side // 8)
        orders = [dither_order(grid) for grid in self.grids]
        self.tokens = sum(map(len, orders))
        for index, order in enumerate(orders):
            self.register_buffer(f"order_{index}", order, persistent=False)
            self.register_buffer(f"place_{index}", order.argsort(), persistent=False)
        self.stem = nn.Conv2d(16, a, 3, padding=1)
        self.down_b = nn.Conv2d(a, b, 2, 2)
        self.down_c = nn.Conv2d(b, c, 2, 2)
        self.read = nn.ModuleList(nn.ModuleList(Residual(width) for _ in range(depth)) for width in widths)
        self.coarse = nn.Conv2d(c, bits, 1)
        self.fine = nn.Conv2d(b, 2 * bits, 1)
        self.length = Length(condition)
        self.from_coarse = nn.Conv2d(bits + 1, c, 1)
        self.from_fine = nn.Conv2d(2 * (bits + 1), b, 3, padding=1)
        self.up_b = nn.Conv2d(c, 4 * b, 1)
        self.up_a = nn.Conv2d(b, 4 * a, 1)
        self.write = nn.ModuleList(
            nn.ModuleList(Residual(width, condition) for _ in range(count))
            for width, count in ((c, depth), (b, 2 * depth), (a, 2 * depth))
        )
        self.out = nn.Conv2d(a, 16, 3, padding=1)

    def _order(self, name: str, index: int) -> torch.Tensor:
        return self.get_buffer(f"{name}_{index}")

    def latents(self, grey: torch.Tensor) -> torch.Tensor:
        """[n, 1, side, side] in [0, 1] -> [n, tokens, bits]."""
        x = self.stem(F.pixel_unshuffle(grey * 2 - 1, 4))
        maps = []
        for index, down in enumerate((None, self.down_b, self.down_c)):
            x = x if down is None else down(F.relu(x))
            for block in self.read[index]:
                x = block(x)
            maps.append(x)
        fine = self.fine(_even(maps[1])).chunk(2, 1)
        grids = [self.coarse(_even(maps[2])), *fine]
        flat = [grid.float().flatten(2).transpose(1, 2)[:, self._order("order", i)] for i, grid in enumerate(grids)]
        return torch.cat(flat, 1)

    def draw(self, values: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Signs [n, tokens, bits], k int [n] -> logits of white [n, 1, side, side]."""
        mask = kept(k, self.tokens)[..., None].to(values.dtype)
        given = torch.cat([values * mask, mask], 2)
        grids, start = [], 0
        for index, grid in enumerate(self.grids):
            part = given[:, start : start + grid * grid][:, self._order("place", index)]
            grids.append(part.transpose(1, 2).reshape(len(given), self.bits + 1, grid, grid))
            start += grid * grid
        condition = self.length(k.float())
        x = self._write(0, self.from_coarse(grids[0]), condition)
        x = F.pixel_shuffle(self.up_b(F.relu(x)), 2) + self.from_fine(torch.cat(grids[1:], 1))
        x = self._write(1, x, condition)
        x = self._write(2, F.pixel_shuffle(self.up_a(F.relu(x)), 2), condition)
        return F.pixel_shuffle(self.out(F.relu(x)), 4)

    def _write(self, index: int, x: torch.Tensor, condition: torch.Tensor) -> torch.Tensor:
        for block in self.write[index]:
            x = block(x, condition)
        return x

    def forward(self, grey: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Logits of the pictures from their first k tokens."""
        return self.draw(self.quantiser(self.latents(grey)), k)
