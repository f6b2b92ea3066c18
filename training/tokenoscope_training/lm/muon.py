"""Muon for matrices that consist of square blocks: momentum, orthogonalised, all blocks in one batched product.

Jordan et al. 2024, https://kellerjordan.github.io/posts/muon. Every block of width x width (each of query, key, value, and
the thirds of the network's matrices) is orthogonalised by itself.
"""

from __future__ import annotations

import torch
from torch import nn

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalised(blocks: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """Newton-Schulz: [k, d, d] -> matrices of the same singular vectors, singular values near 1."""
    a, b, c = _COEFFICIENTS
    x = blocks / (blocks.square().sum((1, 2), keepdim=True).sqrt() + 1e-7)
    for _ in range(rounds):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * (square @ square)) @ x
    return x


class Muon:
    """Updates `matrices`, whose sizes are multiples of `width`, from their gradients."""

    def __init__(self, matrices: list[nn.Parameter], width: int, momentum: float, decay: float, half: bool) -> None:
        self.matrices, self.width, self.momentum, self.decay, self.half = matrices, width, momentum, decay, half
        self.state = torch.zeros_like(self._blocks([p.detach() for p in matrices]))

    def _blocks(self, tensors: list[torch.Tensor]) -> torch.Tensor:
        """All square blocks [k, width, width], row blocks first."""
        d = self.width
        cut = [t.reshape(t.shape[0] // d, d, t.shape[1] // d, d).transpose(1, 2).reshape(-1, d, d) for t in tensors]
        return torch.cat(cut)

    def _matrices(self, blocks: torch.Tensor) -> list[torch.Tensor]:
        d, out, begin = self.width, [], 0
        for p in self.matrices:
            rows, columns = p.shape[0] // d, p.shape[1] // d
            part = blocks[begin : begin + rows * columns].view(rows, columns, d, d)
            out.append(part.transpose(1, 2).reshape(p.shape))
            begin += rows * columns
        return out

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """One update. A matrix without a gradient counts as one with a gradient of zero."""
        grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in self.matrices]
        # One bad batch must not end a run that nobody can repeat.
        grad = torch.nan_to_num(self._blocks(grads), nan=0.0, posinf=0.0, neginf=0.0)
        self.state.lerp_(grad, 1 - self.momentum)
        ahead = grad.lerp(self.state, self.momentum)
        update = orthogonalised(ahead.bfloat16() if self.half else ahead).float()
        torch._foreach_mul_(self.matrices, 1 - rate * self.decay)
        torch._foreach_add_(self.matrices, self._matrices(update), alpha=-rate)
