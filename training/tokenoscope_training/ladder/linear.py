"""karhunen's leading components at a quarter of the side: the linear path beside the transformer."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from ..neural.klt import Klt
from .vit import LadderVit


@torch.no_grad()
def give(net: LadderVit, klt: Klt, thumbnails: torch.Tensor) -> None:
    """Sets basis, mean and scale to those of `klt`, which has as many components: `thumbnails` [n, 3, s / 4, s / 4] tell the components' spread."""
    mean = klt.synthesise(torch.zeros(1, klt.components))
    rows = F.avg_pool2d(klt.synthesise(torch.eye(klt.components)) - mean, 4).flatten(1)
    # Not quite orthogonal any more after averaging; the network's own matrices make up for it.
    net.basis.copy_(rows / rows.norm(dim=1, keepdim=True))
    net.mean.copy_(F.avg_pool2d(mean, 4).flatten())
    net.scale.copy_(((thumbnails.flatten(1) - net.mean) @ net.basis.T).std(0))
