"""A decoder-only transformer: RMS norm before every branch, rotary positions, GELU, its table read in and out.

Weights are float32. Arithmetic is in `dtype`, into which every matrix is cast where it is used, so that nothing depends
on autocast: what runs in bfloat16 on a GPU can be tried in bfloat16 on a CPU.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    """Sizes of one model: `symbols` can be predicted, id `start` begins a text. `dealt`: which symbol an id stands for is
    dealt anew in every text, see Decoder."""

    symbols: int
    width: int
    depth: int
    heads: int
    context: int = 512
    start: int = 256
    dealt: bool = False

    @property
    def head(self) -> int:
        """Width of one attention head."""
        return self.width // self.heads

    @property
    def rotated(self) -> int:
        """So many of a head's values are turned by the position; the rest carry none."""
        return self.head // 4 * 2


def normed(x: torch.Tensor, plain: bool = False) -> torch.Tensor:
    """Divides the last axis by its root mean square; `plain`: out of elementary operations."""
    if plain:
        wide = x.float()
        return (wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + 1e-6)).to(x.dtype)
    return F.rms_norm(x, (x.shape[-1],), eps=1e-6)


def angles(shape: Shape, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """positions [t] -> cosines and sines float32 [t, 1, rotated / 2]."""
    count = shape.rotated // 2
    speeds = 1000.0 ** (-torch.arange(count, device=positions.device, dtype=torch.float32) / count)
    turns = positions.float()[:, None, None] * speeds
    return turns.cos(), turns.sin()


def turned(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Rotates the first values of every head: x [n, t, heads, head]; cos and sin [t, 1, m]."""
    m = cos.shape[-1]
    a, b, rest = x[..., :m], x[..., m : 2 * m], x[..., 2 * m :]
    return torch.cat((a * cos - b * sin, a * sin + b * cos, rest), -1)


class Layer(nn.Module):
    """Attention to everything before, then a network, each added to what comes in."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape, self.plain = shape, False
        width = shape.width
        self.enter = nn.Parameter(torch.empty(3 * width, width))
        self.leave = nn.Parameter(torch.zeros(width, width))
        self.up = nn.Parameter(torch.empty(3 * width, width))
        self.down = nn.Parameter(torch.zeros(width, 3 * width))
        for matrix in (self.enter, self.up):
            nn.init.normal_(matrix, std=0.5 * width**-0.5)

    def queries_keys_values(
        self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """x [n, t, width] -> three [n, heads, t, head]."""
        n, t, _ = x.shape
        heads, head = self.shape.heads, self.shape.head
        qkv = F.linear(normed(x, self.plain), self.enter.to(x.dtype)).view(n, t, 3 * heads, head)
        qk, v = turned(qkv[:, :, : 2 * heads], cos, sin), qkv[:, :, 2 * heads :]
        return qk[:, :, :heads].transpose(1, 2), qk[:, :, heads:].transpose(1, 2), v.transpose(1, 2)

    def finish(self, x: torch.Tensor, mixed: torch.Tensor) -> torch.Tensor:
        """x [n, t, width] and what attention gave [n, heads, t, head] -> the layer's output [n, t, width]."""
        n, t, width = x.shape
        x = x + F.linear(mixed.transpose(1, 2).reshape(n, t, width), self.leave.to(x.dtype))
        return x + F.linear(F.gelu(F.linear(normed(x, self.plain), self.up.to(x.dtype))), self.down.to(x.dtype))

    def forward(self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        """A whole window: x [n, t, width] -> the same shape."""
        q, k, v = self.queries_keys_values(x, cos, sin)
        if self.plain:
            hidden = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).triu(1)
            scores = (q @ k.transpose(2, 3) * self.shape.head**-0.5).float().masked_fill(hidden, float("-inf"))
            return self.finish(x, scores.softmax(-1).to(v.dtype) @ v)
        return self.finish(x, F.scaled_dot_product_attention(q, k, v, is_causal=True))


class Decoder(nn.Module):
    """ids -> logits of the next symbol.

    A lexinvariant model (`dealt`) has a fixed table of orthogonal vectors, and every text deals them to its symbols at random:
    whoever calls it permutes the ids on the way in and the logits on the way out. Fresh Gaussian vectors for every text
    (Huang et al. 2023) learn much more slowly at this size, because 32 of them are never orthogonal.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        rows = max(shape.symbols, shape.start + 1)
        if shape.dealt:
            table = nn.init.orthogonal_(torch.empty(rows, shape.width)) * shape.width**0.5
        else:
            table = torch.randn(rows, shape.width) * 0.02
        self.table = nn.Parameter(table, requires_grad=not shape.dealt)
        self.gain = nn.Parameter(torch.ones(1))
        # What comes in and goes out by the same fixed vectors would at first predict itself without a map between.
        self.last = nn.Parameter(torch.zeros(shape.width, shape.width)) if shape.dealt else None
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.depth))
        cos, sin = angles(shape, torch.arange(shape.context))
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def use_plain(self) -> None:
        """From now on without fused kernels: slower, for a machine where one of them fails."""
        for layer in self.layers:
            layer.plain = True

    def matrices(self) -> list[nn.Parameter]:
        """The weights that consist of width x width blocks: all but the table."""
        last = [] if self.last is None else [self.last]
        return [*last, *(p for layer in self.layers for p in layer.parameters())]

    def hidden(self, ids: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """ids [n, t] -> the normed state that the logits are read from [n, t, width]."""
        t = ids.shape[1]
        cos, sin = self.cos[:t].to(dtype), self.sin[:t].to(dtype)
        plain = self.layers[0].plain
        x = normed(F.embedding(ids, self.table), plain).to(dtype)
        for layer in self.layers:
            x = layer(x, cos, sin)
        return normed(x, plain)

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """[n, t, width] -> float32 [n, t, symbols]."""
        scale = 1.0
        if self.last is not None:
            hidden, scale = F.linear(hidden, self.last.to(hidden.dtype)), self.shape.width**-0.5
        out = F.linear(hidden, self.table[: self.shape.symbols].to(hidden.dtype)).float()
        return out * (self.gain * scale)

    def forward(self, ids: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """float32 logits [n, t, symbols] of what follows each id."""
        return self.logits(self.hidden(ids, dtype))
