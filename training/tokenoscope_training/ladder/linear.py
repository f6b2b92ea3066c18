"""karhunen's leading components at a quarter of the side: the linear path beside the transformer."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from .codec import Codec
from .vit import LadderVit


@torch.no_grad()
def give(net: LadderVit, codec: Codec, thumbnails: torch.Tensor) -> None:
    """Sets basis, mean and scale: `thumbnails` [n, 3, s / 4, s / 4] tell the components' spread."""
    count, half = len(net.basis), len(net.basis) // 2
    chosen = torch.cat([torch.arange(half), codec.evens + torch.arange(count - half)])
    mean = codec.synthesise(torch.zeros(1, codec.components))
    one = torch.zeros(count, codec.components)
    one[torch.arange(count), chosen] = 1
    rows = F.avg_pool2d(codec.synthesise(one) - mean, 4).flatten(1)
    # Not quite orthogonal any more after averaging; the network's own matrices make up for it.
    net.basis.copy_(rows / rows.norm(dim=1, keepdim=True))
    net.mean.copy_(F.avg_pool2d(mean, 4).flatten())
    net.scale.copy_(((thumbnails.flatten(1) - net.mean) @ net.basis.T).std(0))
