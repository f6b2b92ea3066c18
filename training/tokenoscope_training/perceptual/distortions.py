"""Series of distortions of growing strength, to calibrate and to check the distance with."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter


def jpeg(rgb: np.ndarray, quality: float) -> np.ndarray:
    """uint8 [h, w, 3] -> the same through JPEG (4:2:0, Pillow's encoder)."""
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, "JPEG", quality=int(quality))
    return np.asarray(Image.open(file).convert("RGB"))


def blur(rgb: np.ndarray, radius: float) -> np.ndarray:
    """Gaussian blur of standard deviation `radius` pixels."""
    return np.asarray(Image.fromarray(rgb).filter(ImageFilter.GaussianBlur(radius)))


def noise(rgb: np.ndarray, level: float) -> np.ndarray:
    """Gaussian noise of standard deviation `level` of 255, the same draw for every level."""
    draw = np.random.default_rng(0).normal(0, level, rgb.shape)
    return np.clip(rgb + draw + 0.5, 0, 255).astype(np.uint8)


def shift(rgb: np.ndarray, pixels: float) -> np.ndarray:
    """Moved to the right, the left edge repeated; parts of a pixel by linear interpolation."""
    whole, part = divmod(pixels, 1)
    columns = np.arange(rgb.shape[1])
    near = rgb[:, np.maximum(columns - int(whole), 0)].astype(np.float64)
    far = rgb[:, np.maximum(columns - int(whole) - 1, 0)].astype(np.float64)
    return np.floor((1 - part) * near + part * far + 0.5).astype(np.uint8)


SERIES: dict[str, tuple[Callable[[np.ndarray, float], np.ndarray], tuple[float, ...]]] = {
    "JPEG quality": (jpeg, (90, 75, 50, 30, 20, 10, 5, 1)),
    "blur, pixels": (blur, (0.4, 0.6, 0.8, 1, 1.5, 2, 3, 4)),
    "noise, of 255": (noise, (2, 4, 8, 12, 16, 24, 32, 48)),
    "shift, pixels": (shift, (0.25, 0.5, 1, 2, 3, 4, 6, 8)),
}
"""Each from weak to strong."""
