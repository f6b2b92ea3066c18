"""From pixels to the coefficients that the KLT sees, and back.

Orthonormal opponent colours, an orthonormal two-dimensional DCT-II of each plane, and a zone of kept
coefficients. Every step is orthonormal, so squared error in the coefficients is squared error in the
pixels. The DCT also makes a mirrored picture a sign change of the odd horizontal frequencies: training on
every picture and its mirror image makes the covariance block diagonal, one block for each parity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

COLOUR = np.array([[1, 1, 1], [1, 0, -1], [1, -2, 1]], dtype=np.float64)
COLOUR /= np.linalg.norm(COLOUR, axis=1, keepdims=True)
"""Opponent colours, rows: luma, red-blue, magenta-green."""


def dct_rows(count: int, size: int) -> np.ndarray:
    """The `count` lowest rows of the orthonormal DCT-II of `size` samples, float64 [count, size]."""
    n = np.arange(size)
    rows = np.cos(np.pi * (n[None, :] + 0.5) * np.arange(count)[:, None] / size) * np.sqrt(2 / size)
    rows[0] /= np.sqrt(2)
    return rows


@dataclass(frozen=True)
class Zone:
    """Which DCT coefficients are kept.

    `even` and `odd` index the concatenation of the luma block [luma, luma] and the two chroma blocks
    [chroma, chroma] (vertical frequency first, flattened), split by the parity of the horizontal frequency.
    """

    size: int
    luma: int
    chroma: int
    even: np.ndarray
    odd: np.ndarray
    base: int | None = None
    """The size at which the coefficients are stated, where it is another one: a picture enlarged keeps them."""

    @property
    def gain(self) -> float:
        """What a coefficient of `base` is multiplied by in a picture of `size`, for one direction."""
        return float(np.sqrt(self.size / (self.base or self.size)))

    @property
    def total(self) -> int:
        """Length of the concatenated blocks."""
        return self.luma**2 + 2 * self.chroma**2


def horizontal_parity(luma: int, chroma: int) -> np.ndarray:
    """int [total]: 0 where a mirrored picture keeps the coefficient's sign, 1 where it changes."""
    return np.concatenate([np.tile(np.arange(side) % 2, side) for side in (luma, chroma, chroma)])


def choose_zone(variance: np.ndarray, size: int, luma: int, chroma: int, keep: int) -> Zone:
    """The `keep` coefficients of largest second moment; `variance` is indexed as the concatenated blocks."""
    order = np.sort(np.argsort(-variance, kind="stable")[:keep])
    odd = horizontal_parity(luma, chroma)[order] == 1
    return Zone(size, luma, chroma, order[~odd], order[odd])


def blocks(rgb: np.ndarray, luma: int, chroma: int, gain: float = 1) -> np.ndarray:
    """uint8 [n, size, size, 3] -> DCT coefficients of the centred picture over gain^2, float32 [n, luma^2 + 2 chroma^2]."""
    count, size = rgb.shape[:2]
    pixels = rgb.astype(np.float32) / np.float32(255) - np.float32(0.5)
    planes = np.einsum("ck,nyxk->cnyx", COLOUR.astype(np.float32), pixels, optimize=True)
    parts = []
    for plane, side in zip(planes, (luma, chroma, chroma), strict=True):
        rows = (dct_rows(side, size) / gain).astype(np.float32)
        parts.append((rows @ (plane @ rows.T)).reshape(count, -1))
    return np.concatenate(parts, axis=1)


def pixels(coefficients: np.ndarray, zone: Zone) -> np.ndarray:
    """The inverse of `blocks` for concatenated blocks [n, total]: RGB float32 [n, size, size, 3], not clamped."""
    count = len(coefficients)
    edges = np.cumsum([0, zone.luma**2, zone.chroma**2, zone.chroma**2])
    planes = np.empty((3, count, zone.size, zone.size), dtype=np.float32)
    for index, side in enumerate((zone.luma, zone.chroma, zone.chroma)):
        rows = (dct_rows(side, zone.size) * zone.gain).astype(np.float32)
        block = coefficients[:, edges[index] : edges[index + 1]].reshape(count, side, side)
        planes[index] = rows.T @ (block @ rows)
    return np.einsum("ck,cnyx->nyxk", COLOUR.astype(np.float32), planes, optimize=True) + np.float32(0.5)
