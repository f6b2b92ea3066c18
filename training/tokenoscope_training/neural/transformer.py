"""Transformer blocks, attention written out: exporters bake the sequence length into nn.MultiheadAttention."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F


class Attention(nn.Module):
    """Self-attention with normalised queries and keys and an optional additive mask."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads, self.head = heads, width // heads
        self.enter = nn.Linear(width, 3 * width, bias=False)
        self.leave = nn.Linear(width, width, bias=False)
        self.query_norm = nn.LayerNorm(self.head)
        self.key_norm = nn.LayerNorm(self.head)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """x [n, t, width]; mask [t, t] or [n, 1, 1 or t, t], 0 where allowed and very negative where not."""
        n, t, width = x.shape
        q, k, v = self.enter(x).view(n, t, 3, self.heads, self.head).permute(2, 0, 3, 1, 4)
        q, k = self.query_norm(q).to(v.dtype), self.key_norm(k).to(v.dtype)
        if torch.compiler.is_exporting():
            scores = q @ k.transpose(2, 3) * self.head**-0.5
            out = (scores if mask is None else scores + mask).softmax(-1) @ v
        else:
            out = F.scaled_dot_product_attention(q, k, v, None if mask is None else mask.to(v.dtype))
        return self.leave(out.transpose(1, 2).reshape(n, t, width))


class Block(nn.Module):
    """Pre-norm attention and a SwiGLU network; both branches start at zero."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        inner = int(width * 8 / 3 / 32) * 32
        self.attention_norm = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.network_norm = nn.LayerNorm(width)
        self.enter = nn.Linear(width, 2 * inner, bias=False)
        self.leave = nn.Linear(inner, width, bias=False)
        nn.init.zeros_(self.attention.leave.weight)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """[n, t, width] -> the same shape."""
        x = x + self.attention(self.attention_norm(x), mask)
        gate, value = self.enter(self.network_norm(x)).chunk(2, -1)
        return x + self.leave(F.silu(gate) * value)


FORBIDDEN = -1e4
"""Added to a score that must not count; small enough for fp16."""


def register_mask(patches: int, registers: int) -> torch.Tensor:
    """The encoder's mask [t, t], patches first: registers see every patch and the registers up to themselves.

    Patches see patches only, so register i depends on nothing that later registers hold.
    """
    t = patches + registers
    allowed = torch.zeros(t, t, dtype=torch.bool)
    allowed[:, :patches] = True
    allowed[patches:, patches:] = torch.ones(registers, registers).tril().bool()
    return torch.where(allowed, 0.0, FORBIDDEN)


def to_patches(image: torch.Tensor, patch: int) -> torch.Tensor:
    """[n, c, h, w] -> [n, (h / patch)(w / patch), c patch^2]."""
    return F.pixel_unshuffle(image, patch).flatten(2).transpose(1, 2)


def from_patches(x: torch.Tensor, patch: int) -> torch.Tensor:
    """The inverse of `to_patches` for square pictures."""
    side = int(x.shape[1] ** 0.5)
    return F.pixel_shuffle(x.transpose(1, 2).reshape(len(x), x.shape[2], side, side), patch)
