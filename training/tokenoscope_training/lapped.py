"""The orthonormal lapped transform of the local tokens: bases twice as long as a block, so that blocks overlap.

Time-domain lapped transform (Tran, Liang, Tu, "Lapped transform via time-domain pre- and post-filtering", IEEE
Transactions on Signal Processing 2003) with the orthonormal pre-filter of Malvar's LOT; blocks at the border
overlap on their inner side only, so no sample is invented. Coding gain of an AR(1) source at 0.95 with blocks of 8:
9.22 dB (block DCT: 8.83).
"""

from __future__ import annotations

import numpy as np

from .transform import COLOUR, dct_rows

def _dct4(size: int) -> np.ndarray:
    n = np.arange(size)
    return np.cos(np.pi * np.outer(2 * n + 1, 2 * n + 1) / (4 * size)) * np.sqrt(2 / size)


def _block_diagonal(parts: list[np.ndarray]) -> np.ndarray:
    size = sum(map(len, parts))
    out, at = np.zeros((size, size)), 0
    for part in parts:
        out[at : at + len(part), at : at + len(part)] = part
        at += len(part)
    return out


def lapped_rows(size: int, block: int) -> np.ndarray:
    """float64 [size, size], orthonormal; row `block` * b + f is frequency f of block b."""
    half = block // 2
    flip, one = np.eye(half)[::-1], np.eye(half)
    turn = flip @ dct_rows(half, half).T @ _dct4(half) @ flip
    butterfly = np.block([[one, flip], [flip, -one]]) / np.sqrt(2)
    overlap = butterfly @ _block_diagonal([one, turn]) @ butterfly
    blocks = size // block
    prefilter = _block_diagonal([one, *[overlap] * (blocks - 1), one])
    return _block_diagonal([dct_rows(block, block)] * blocks) @ prefilter


def analyse(rgb_error: np.ndarray, block: int) -> np.ndarray:
    """Float RGB differences [n, size, size, 3] -> float32 [n, blocks, 3 * block^2]: plane, then v, then u."""
    count, size = rgb_error.shape[:2]
    rows = lapped_rows(size, block).astype(np.float32)
    side = size // block
    planes = np.einsum("ck,nyxk->ncyx", COLOUR.astype(np.float32), rgb_error, optimize=True)
    out = rows @ planes @ rows.T
    out = out.reshape(count, 3, side, block, side, block).transpose(0, 2, 4, 1, 3, 5)
    return np.ascontiguousarray(out.reshape(count, side * side, 3 * block * block))


def synthesise(values: np.ndarray, block: int) -> np.ndarray:
    """The inverse of `analyse`: [n, blocks, 3 * block^2] -> RGB differences float32 [n, size, size, 3]."""
    side = int(np.sqrt(values.shape[1]))
    size, count = side * block, len(values)
    rows = lapped_rows(size, block).astype(np.float32)
    planes = values.reshape(count, side, side, 3, block, block).transpose(0, 3, 1, 4, 2, 5)
    planes = rows.T @ planes.reshape(count, 3, size, size) @ rows
    return np.einsum("ck,ncyx->nyxk", COLOUR.astype(np.float32), planes, optimize=True)
