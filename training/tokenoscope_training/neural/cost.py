"""What a network costs to run."""

from __future__ import annotations

import torch
from torch import nn


def convolution_flop(module: nn.Module, *inputs: torch.Tensor) -> float:
    """Floating point operations of `module(*inputs)`: those of its convolutions, two for each multiplication."""
    total = 0

    def count(layer: nn.Module, _: object, output: torch.Tensor) -> None:
        nonlocal total
        assert isinstance(layer, nn.Conv2d)
        total += 2 * layer.weight.numel() * output.shape[2] * output.shape[3]

    hooks = [m.register_forward_hook(count) for m in module.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        module(*inputs)
    for hook in hooks:
        hook.remove()
    return float(total)
