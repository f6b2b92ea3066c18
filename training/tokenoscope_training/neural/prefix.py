"""Nested prefixes: training cuts every token sequence at a random length, which is what orders the tokens."""

from __future__ import annotations

import numpy as np
import torch


def cuts(count: int, longest: int, rng: np.random.Generator, full: float = 0.0) -> np.ndarray:
    """Prefix lengths int64 [count] in 1..longest, log-uniform; a share `full` of them is `longest`."""
    lengths = np.exp(rng.uniform(0, np.log(longest + 1), count)).astype(np.int64).clip(1, longest)
    lengths[rng.random(count) < full] = longest
    return lengths


def kept(k: torch.Tensor, count: int) -> torch.Tensor:
    """k int [n] -> bool [n, count], True for tokens 0..k-1 (token number k, counted from 0, is already cut)."""
    return torch.arange(count, device=k.device) < k[:, None]
