"""How much a squared error counts where it is: what MS-SSIM would say of it, to first order.

For a drawn picture whose error is not correlated with it, a window's loss of contrast and structure is the error's
variance over twice the picture's, plus a constant (Wang, Simoncelli, Bovik 2003): errors hide in texture and show on
calm ground. MS-SSIM averages that over windows at every scale. So a coefficient's squared error counts, at each
scale, as the share of it that this scale's windows see (`responses`), times the mean of C2 / (2 variance + C2) around
its place (`calm`) plus a plain share that keeps the strongest edges. Only encoders need the weights.
"""

from __future__ import annotations

import numpy as np

LUMA = np.array([0.299, 0.587, 0.114])
C2 = 0.03**2 / 2
"""Half of what MS-SSIM has, so that calm ground counts more: the eye sees noise there before the measure does."""
SIGMA = 1.5
SCALES = 4
IN_LUMA = (1, 0.052, 0.29)
"""How much of an error in each opponent colour (`transform.COLOUR`) BT.601 luma holds, against the first."""
SHARES = (0.0448, 0.2856, 0.3001, 0.2363)
"""The weights of MS-SSIM's finest scales; the fifth sees what the global tokens describe."""


def windows(size: int, scale: int, count: int) -> np.ndarray:
    """Gaussian windows, float64 [count, size // 2^scale], spread evenly over a line that was halved `scale` times."""
    side = size >> scale
    centre = (np.arange(count) + 0.5) * side / count - 0.5
    taps = np.exp(-((np.arange(side)[None] - centre[:, None]) ** 2) / (2 * SIGMA**2))
    taps[np.abs(np.arange(side)[None] - centre[:, None]) > 5.5] = 0
    return taps / taps.sum(1, keepdims=True)


def halving(size: int, scale: int) -> np.ndarray:
    """Means of 2^scale samples: float64 [size // 2^scale, size]."""
    step = 1 << scale
    return np.kron(np.eye(size // step), np.full((1, step), 1 / step))


def counts(size: int, scale: int) -> int:
    """How many windows a line has at that scale: 64 where there are as many samples."""
    return min(64, size >> scale)


def tents(side: int, count: int) -> np.ndarray:
    """Weights of `count` windows for each of `side` blocks, float64 [side, count]: lapped blocks reach half into others."""
    block = count / side
    centre, at = (np.arange(side) + 0.5) * block, np.arange(count) + 0.5
    weight = np.clip(1.5 - np.abs(at[None] - centre[:, None]) / block, 0, 1)
    weight[weight < 1e-9] = 0
    return weight / weight.sum(1, keepdims=True)


def calm(rgb: np.ndarray, side: int) -> np.ndarray:
    """RGB float32 [n, size, size, 3] in [0, 1] -> float32 [n, side, side, 1 + SCALES]: a one, then each scale's calm."""
    size = rgb.shape[1]
    luma = rgb @ LUMA.astype(np.float32)
    parts = [np.ones((len(rgb), side, side), np.float32)]
    for scale in range(SCALES):
        count = counts(size, scale)
        down, window = halving(size, scale), windows(size, scale, count)
        plane = (down @ luma @ down.T).astype(np.float32)
        mean, square = window @ plane @ window.T, window @ (plane * plane) @ window.T
        inverse = C2 / (2 * np.maximum(square - mean * mean, 0) + C2)
        block = tents(side, count)
        parts.append((block @ inverse @ block.T).astype(np.float32))
    return np.stack(parts, axis=-1)


def responses(dims: np.ndarray, block: int, plain: float, colour: float) -> np.ndarray:
    """What each value of a block counts at each scale: float32 [1 + SCALES, D], the plain share first.

    Colour counts at least `colour` times as much as luma, and twice that in the plain share.
    """
    plane, v, u = np.unravel_index(dims, (3, block, block))
    low, high = (np.maximum(x, 0.5) / (2 * block) for x in (v, u))
    share = np.where(plane == 0, 1, np.maximum(np.array(IN_LUMA)[plane], colour))
    rows = [plain * np.where(plane == 0, 1, 2 * colour)]
    for scale in range(SCALES):
        step = 1 << scale
        passed = [(np.sin(np.pi * f * step) / (step * np.sin(np.pi * f))) ** 2 for f in (low, high)]
        seen = 1 - np.exp(-4 * (np.pi * SIGMA * step) ** 2 * (low**2 + high**2))
        rows.append(SHARES[scale] * share * passed[0] * passed[1] * seen)
    return np.stack(rows).astype(np.float32)
