"""The Karhunen-Loeve transform (KLT) over the kept DCT coefficients, one block for each parity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .log import say
from .transform import Zone, blocks

_BATCH = 1024


@dataclass(frozen=True)
class Basis:
    """The components that tokens may touch, by parity; rows are orthonormal up to storage rounding.

    `even` float32 [me, len(zone.even)] and `odd` float32 [mo, len(zone.odd)]; `mean` float32 [len(zone.even)]
    (the mean of the odd coefficients is zero by symmetry). A coefficient vector is even first, then odd.
    """

    zone: Zone
    mean: np.ndarray
    even: np.ndarray
    odd: np.ndarray

    @property
    def count(self) -> int:
        """How many components there are."""
        return len(self.even) + len(self.odd)

    def project(self, rgb: np.ndarray) -> np.ndarray:
        """uint8 [n, size, size, 3] -> float32 [n, count]."""
        out = np.empty((len(rgb), self.count), dtype=np.float32)
        for start in range(0, len(rgb), _BATCH):
            part = blocks(rgb[start : start + _BATCH], self.zone.luma, self.zone.chroma, self.zone.gain)
            stop = start + len(part)
            out[start:stop, : len(self.even)] = (part[:, self.zone.even] - self.mean) @ self.even.T
            out[start:stop, len(self.even) :] = part[:, self.zone.odd] @ self.odd.T
        return out

    def synthesize(self, coefficients: np.ndarray) -> np.ndarray:
        """float32 [n, count] -> the concatenated DCT blocks, float32 [n, zone.total]."""
        out = np.zeros((len(coefficients), self.zone.total), dtype=np.float32)
        out[:, self.zone.even] = coefficients[:, : len(self.even)] @ self.even + self.mean
        out[:, self.zone.odd] = coefficients[:, len(self.even) :] @ self.odd
        return out


def coefficient_energy(rgb: np.ndarray, luma: int, chroma: int, weights: np.ndarray) -> np.ndarray:
    """The weighted second moment of every coefficient of the concatenated blocks, float64 [total]."""
    total = np.zeros(luma**2 + 2 * chroma**2)
    for start in range(0, len(rgb), _BATCH):
        part = blocks(rgb[start : start + _BATCH], luma, chroma)
        total += weights[start : start + _BATCH] @ np.square(part, dtype=np.float64)
    return total / weights.sum()


def detail_energy(rgb: np.ndarray, low: int = 12) -> np.ndarray:
    """Per picture, the mean squared error that its low frequencies leave (luma low^2, chroma (low/2)^2 kept).

    A cheap estimate of how badly a short prefix will do on it. float64 [n], in pixel units of [0, 1].
    """
    out = np.empty(len(rgb))
    for start in range(0, len(rgb), _BATCH):
        chunk = rgb[start : start + _BATCH]
        centred = chunk.astype(np.float32).reshape(len(chunk), -1) / 255 - 0.5
        energy = np.einsum("ni,ni->n", centred, centred)
        kept = blocks(chunk, low, low // 2)
        out[start : start + len(chunk)] = (energy - np.einsum("ni,ni->n", kept, kept)) / centred.shape[1]
    return np.maximum(out, 0)


def fit(passes: Sequence[np.ndarray], weights: np.ndarray, zone: Zone, keep: int) -> Basis:
    """The `keep` components of largest variance over every picture of `passes` and its mirror image.

    `passes` are uint8 [n, size, size, 3] with the same n pictures (other crops), `weights` float [n].
    Mirroring leaves no covariance between the two parities, so each block is solved on its own.
    """
    share = weights / (weights.sum() * len(passes))
    mean = np.zeros(len(zone.even))
    moments = [np.zeros((len(index), len(index)), dtype=np.float64) for index in (zone.even, zone.odd)]
    for number, rgb in enumerate(passes):
        for start in range(0, len(rgb), 4 * _BATCH):
            part = blocks(rgb[start : start + 4 * _BATCH], zone.luma, zone.chroma)
            scale = share[start : start + len(part)]
            mean += scale @ part[:, zone.even]
            root = np.sqrt(scale, dtype=np.float32)[:, None]
            for moment, index in zip(moments, (zone.even, zone.odd), strict=True):
                rows = part[:, index] * root
                moment += rows.T @ rows
        say(f"  covariance: pass {number + 1}/{len(passes)}")
    moments[0] -= np.outer(mean, mean)
    values, vectors = [], []
    for moment in moments:
        value, vector = np.linalg.eigh(moment)
        values.append(value[::-1])
        vectors.append(vector.T[::-1])
        say(f"  eigenvectors of {len(moment)} coefficients")
    floor = np.sort(np.concatenate(values))[-keep]
    even, odd = (vector[value >= floor] for value, vector in zip(values, vectors, strict=True))
    return Basis(zone, mean.astype(np.float32), even.astype(np.float32), odd.astype(np.float32))
