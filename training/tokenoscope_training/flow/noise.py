"""The sampler's noise, exact and the same everywhere: mulberry32 and Box and Muller (1958), as the app computes it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

_WORD = 2**32


def mulberry32(seed: int) -> Iterator[int]:
    """Tommy Ettinger's generator of 32 bits: uint32 after uint32."""
    state = seed % _WORD
    while True:
        state = (state + 0x6D2B79F5) % _WORD
        t = ((state ^ (state >> 15)) * (state | 1)) % _WORD
        t ^= (t + ((t ^ (t >> 7)) * (t | 61)) % _WORD) % _WORD
        yield t ^ (t >> 14)


def normal(seed: int, shape: Sequence[int]) -> np.ndarray:
    """Standard normal float32 of `shape`, in row-major order; `seed` is a uint32."""
    words, count = mulberry32(seed), math.prod(shape)
    out = np.empty(count + count % 2)
    for index in range(0, count, 2):
        u, v = (next(words) + 0.5) / _WORD, (next(words) + 0.5) / _WORD
        radius = math.sqrt(-2 * math.log(u))
        out[index] = radius * math.cos(2 * math.pi * v)
        out[index + 1] = radius * math.sin(2 * math.pi * v)
    return out[:count].astype(np.float32).reshape(tuple(shape))
