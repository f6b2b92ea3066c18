"""The flow: coloured noise to the residual that the tokens leave out.

x_t = t noise + (1 - t) residual, both on the half-size grid; the velocity is noise - residual. The noise has the
residual's spectrum and, in the high frequencies, its local strength, which a small network of its own predicts from
the drawn picture. So if both were Gaussian, the best velocity would be a(t) x_t with

    a = (2 t - 1) / s^2,  s^2 = t^2 + (1 - t)^2,

and what remains has the variance 1 / s^2 (of the noise's): the network only computes that remainder, from inputs and
to outputs of variance 1 at every time, place and prefix length (compare Karras, Aittala, Aila, Laine 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from ..neural.blocks import Length, Residual
from .grid import Grid
from .spectrum import Spectrum

CELL = 4
"""Local strength is given for cells of this many pixels of the grid."""
_REACH = 2.5
_PICTURE = 12


class Strength(nn.Module):
    """Predicts the local strength of what is missing: log standard deviation of luma and chroma in each cell."""

    def __init__(self, width: int, condition: int) -> None:
        super().__init__()
        self.length = Length(condition)
        self.enter = nn.Conv2d(_PICTURE * CELL * CELL, width, 3, padding=1)
        self.block = Residual(width, condition)
        self.out = nn.Conv2d(width, 2, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, picture: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """picture [n, 12, s / 2, s / 2] (see `Flow.start`), k float [n] -> [n, 2, s / 8, s / 8]."""
        x = self.enter(F.pixel_unshuffle(picture, CELL))
        return _REACH * torch.tanh(self.out(F.relu(self.block(x, self.length(k)))) / _REACH)


class Velocity(nn.Module):
    """A small U-Net over 2x2 patches of the grid; its output starts at zero."""

    def __init__(self, widths: tuple[int, int, int], depths: tuple[int, ...], condition: int) -> None:
        super().__init__()
        a, b, c = widths
        self.length = Length(condition)
        self.time = Length(condition, logarithm=False)
        self.stem = nn.Conv2d((3 + _PICTURE + 2) * 4, a, 3, padding=1)
        self.down_b = nn.Conv2d(a, b, 2, 2)
        self.down_c = nn.Conv2d(b, c, 2, 2)
        self.up_b = nn.Conv2d(c, b, 1)
        self.up_a = nn.Conv2d(b, a, 1)
        self.out = nn.Conv2d(a, 12, 3, padding=1)
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

    def forward(self, x: torch.Tensor, condition: torch.Tensor, k: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        """x [n, 3, s / 2, s / 2] of variance 1, condition [n, 14, s / 2, s / 2], k and t float [n] -> like x."""
        told = F.relu(self.length(k) + self.time(t))
        a = self._level(0, self.stem(F.pixel_unshuffle(torch.cat([x, condition], 1), 2)), told)
        b = self._level(1, self.down_b(a), told)
        c = self._level(2, self.down_c(b), told)
        b = self._level(3, b + _double(self.up_b(F.relu(c))), told)
        a = self._level(4, a + _double(self.up_a(F.relu(b))), told)
        return F.pixel_shuffle(self.out(F.relu(a)), 2)


def _double(x: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class Flow(nn.Module):
    """All of it, as the graphs run it; k and t are float [n]."""

    def __init__(self, settings: Mapping[str, Any], size: int, knots: int) -> None:
        super().__init__()
        condition = settings["condition"]
        self.temperature: float = settings["temperature"]
        self.grid = Grid(size)
        self.spectrum = Spectrum(knots, self.grid.side)
        self.strength = Strength(settings["strength_width"], condition)
        self.velocity = Velocity(tuple(settings["widths"]), tuple(settings["depths"]), condition)

    def condition(self, drawn: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Drawn RGB [n, 3, s, s] in [0, 1] -> [n, 14, s / 2, s / 2]: its 2x2 patches, log strength of luma and chroma."""
        picture = F.pixel_unshuffle((drawn - 0.5) * 4, 2)
        strength = self.strength(picture, k)
        wide = F.interpolate(strength.detach(), scale_factor=float(CELL), mode="bilinear", align_corners=False)
        return torch.cat([picture, wide], 1)

    def colour(self, noise: torch.Tensor, condition: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """Standard normal noise [n, 3, s / 2, s / 2] -> noise like the residual."""
        shaped = self.spectrum(k) * self.grid.frequencies(noise)
        coarse = self.grid.places(self.spectrum.coarse * shaped)
        fine = self.grid.places((1 - self.spectrum.coarse) * shaped)
        return coarse + fine * _planes(condition)

    def begin(self, noise: torch.Tensor, condition: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """What sampling begins with: `colour`'s noise, a little weaker than in training, which gives calmer pictures."""
        return self.temperature * self.colour(noise, condition, k)

    def deviation(self, condition: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """The standard deviation of `colour`'s noise, everywhere: [n, 3, s / 2, s / 2]."""
        power = self.spectrum(k).square()
        share = self.spectrum.coarse
        coarse, fine = ((w * w * power).mean((2, 3))[:, :, None, None] for w in (share, 1 - share))
        cross = (share * (1 - share) * power).mean((2, 3))[:, :, None, None]
        strength = _planes(condition)
        return (coarse + 2 * cross * strength + fine * strength.square()).sqrt()

    def forward(self, x: torch.Tensor, condition: torch.Tensor, k: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        """The velocity at x [n, 3, s / 2, s / 2] and time t."""
        deviation, time = self.deviation(condition, k), t[:, None, None, None]
        spread = time.square() + (1 - time).square()
        root = spread.sqrt()
        rest = self.velocity(x / (deviation * root), condition, k, t)
        return x * ((2 * time - 1) / spread) + rest * deviation / root

    def finish(self, x: torch.Tensor, condition: torch.Tensor) -> torch.Tensor:
        """The picture RGB [n, 3, s, s], not clamped."""
        drawn = F.pixel_shuffle(condition[:, :_PICTURE], 2) / 4 + 0.5
        return drawn + self.grid.up(x)

    def sample(
        self, noise: torch.Tensor, drawn: torch.Tensor, k: torch.Tensor, steps: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Euler steps from standard normal noise: x at t = 0, and the condition."""
        condition = self.condition(drawn, k)
        x = self.begin(noise, condition, k)
        for index in range(steps):
            t = torch.full_like(k, 1 - index / steps)
            x = x - self(x, condition, k, t) / steps
        return x, condition


def _planes(condition: torch.Tensor) -> torch.Tensor:
    """The local strength of the three planes: [n, 3, s / 2, s / 2]."""
    return condition[:, [_PICTURE, _PICTURE + 1, _PICTURE + 1]].exp()
