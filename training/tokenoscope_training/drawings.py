"""Pictures drawn by rule: free of third-party rights, and unlike anything in the training data."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

_OVERSAMPLE = 4


def _finish(picture: Image.Image, size: int) -> np.ndarray:
    return np.asarray(picture.resize((size, size), Image.Resampling.BOX), dtype=np.uint8)


def hills(size: int, seed: int) -> np.ndarray:
    """A sky from blue to orange, a low sun and three rows of hills. uint8 [size, size, 3]."""
    rng = np.random.default_rng(seed)
    side = size * _OVERSAMPLE
    fall = np.linspace(0, 1, side)[:, None, None]
    sky = np.array([70, 120, 190]) * (1 - fall) + np.array([250, 190, 130]) * fall
    picture = Image.fromarray(np.broadcast_to(sky, (side, side, 3)).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    cx, cy, radius = side * rng.uniform(0.25, 0.75), side * rng.uniform(0.3, 0.5), side * 0.09
    draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=(255, 238, 190))
    x = np.arange(side)
    for row, colour in enumerate([(96, 110, 140), (66, 92, 84), (38, 62, 40)]):
        phase, waves = rng.uniform(0, 6.28), rng.uniform(1, 3)
        ridge = side * (0.58 + 0.14 * row) + side * 0.06 * np.sin(x / side * 6.28 * waves + phase)
        draw.polygon([(0, side), *zip(x.tolist(), ridge.tolist(), strict=True), (side, side)], fill=colour)
    return _finish(picture, size)


def shapes(size: int, seed: int) -> np.ndarray:
    """Overlapping flat shapes and rows of short strokes like writing. uint8 [size, size, 3]."""
    rng = np.random.default_rng(seed)
    side = size * _OVERSAMPLE
    picture = Image.new("RGB", (side, side), tuple(int(v) for v in rng.integers(190, 245, 3)))
    draw = ImageDraw.Draw(picture)
    for index in range(9):
        x, y, w, h = rng.uniform(0, 0.8, 2).tolist() + rng.uniform(0.1, 0.45, 2).tolist()
        box = tuple(side * v for v in (x, y, x + w, y + h))
        colour = tuple(int(v) for v in rng.integers(20, 235, 3))
        (draw.ellipse if index % 2 else draw.rectangle)(box, fill=colour)
    for row in range(4):
        x, y = 0.08, 0.62 + 0.08 * row
        while x < 0.9:
            width = rng.uniform(0.01, 0.05)
            tilt = rng.uniform(-0.02, 0.02)
            ends = (side * x, side * y, side * (x + width), side * (y + tilt))
            draw.line(ends, fill=(25, 25, 30), width=side // 64)
            x += width + rng.uniform(0.012, 0.03)
    return _finish(picture, size)
