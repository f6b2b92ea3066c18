"""Convolutional building blocks: no normalisation, residual branches that start at zero."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional as F


class Residual(nn.Module):
    """x + conv(relu(conv(relu(x)) + shift)); the second convolution starts at zero."""

    def __init__(self, width: int, condition: int = 0) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.shift = nn.Linear(condition, width) if condition else None
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x: torch.Tensor, condition: torch.Tensor | None = None) -> torch.Tensor:
        """[n, width, h, w] and, where conditioned, [n, condition]."""
        y = self.first(F.relu(x))
        if self.shift is not None and condition is not None:
            y = y + self.shift(condition)[:, :, None, None]
        return x + self.second(F.relu(y))


class Length(nn.Module):
    """Embeds a prefix length (or a time) by waves of its logarithm."""

    def __init__(self, width: int, logarithm: bool = True) -> None:
        super().__init__()
        self.logarithm = logarithm
        self.register_buffer("waves", torch.tensor([math.pi * 2**i / 8 for i in range(6)]), persistent=False)
        self.inner = nn.Linear(13, width)
        self.outer = nn.Linear(width, width)

    def forward(self, k: torch.Tensor) -> torch.Tensor:
        """k float [n] (1 or more with `logarithm`) -> [n, width]."""
        level = (torch.log2(k) if self.logarithm else 8 * k)[:, None]
        angles = level * self.waves
        waves = torch.cat([level / 8, angles.sin(), angles.cos()], 1)
        return self.outer(F.relu(self.inner(waves)))


def _double(x: torch.Tensor) -> torch.Tensor:
    """Twice the side. Bilinear: pixel shuffle let a network draw grids that were not in the picture."""
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class UNet(nn.Module):
    """A small U-Net: a picture cut into 4x4 patches, levels at 1/4, 1/8 and 1/16 of the side, and back up to 1.

    `inside` channels per pixel in, RGB out; the output starts at zero.
    """

    def __init__(self, inside: int, widths: tuple[int, int, int], depths: tuple[int, ...], condition: int) -> None:
        super().__init__()
        a, b, c = widths
        self.stem = nn.Conv2d(inside * 16, a, 3, padding=1)
        self.down_b = nn.Conv2d(a, b, 2, 2)
        self.down_c = nn.Conv2d(b, c, 2, 2)
        self.up_b = nn.Conv2d(c, b, 1)
        self.up_a = nn.Conv2d(b, a, 1)
        self.up_half = nn.Conv2d(a, 32, 1)
        self.half_scale = nn.Conv2d(32 + inside * 4, 32, 3, padding=1)
        self.up_full = nn.Conv2d(32, 16, 1)
        self.full_scale = nn.Conv2d(16 + inside, 16, 3, padding=1)
        self.out = nn.Conv2d(16, 3, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        sides = (a, b, c, b, a)
        self.levels = nn.ModuleList(
            nn.ModuleList(Residual(width, condition) for _ in range(depth))
            for width, depth in zip(sides, depths, strict=True)
        )

    def _level(self, index: int, x: torch.Tensor, condition: torch.Tensor) -> torch.Tensor:
        for block in self.levels[index]:
            x = block(x, condition)
        return x

    def forward(self, image: torch.Tensor, condition: torch.Tensor) -> torch.Tensor:
        """image [n, inside, h, w], condition [n, condition] -> [n, 3, h, w]."""
        a = self._level(0, self.stem(F.pixel_unshuffle(image, 4)), condition)
        b = self._level(1, self.down_b(a), condition)
        c = self._level(2, self.down_c(b), condition)
        b = self._level(3, b + _double(self.up_b(F.relu(c))), condition)
        a = self._level(4, a + _double(self.up_a(F.relu(b))), condition)
        half = torch.cat([_double(self.up_half(F.relu(a))), F.pixel_unshuffle(image, 2)], 1)
        full = torch.cat([_double(self.up_full(F.relu(self.half_scale(half)))), image], 1)
        return self.out(F.relu(self.full_scale(full)))
