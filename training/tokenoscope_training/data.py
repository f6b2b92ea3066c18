"""Reading the photographs: stored zips of small squares, entry names SOURCE/NNNNN.webp."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from .log import say

TRAIN_ZIPS = ("train-0.zip", "train-1.zip")
VAL_ZIP = "val.zip"
ONE_ZIP = "train.zip"
"""All training pictures in one file, smaller ones: it fits into one transfer."""

# A picture whose corners are this dark (8-bit) and this flat was rotated onto black.
_CORNER_SIDE = 6
_CORNER_LEVEL = 10


def train_zips(folder: Path) -> list[Path]:
    """The zips of training pictures in a folder: one of all, or the usual ones."""
    one = folder / ONE_ZIP
    return [one] if one.exists() else [folder / name for name in TRAIN_ZIPS]


@dataclass(frozen=True)
class Pictures:
    """`rgb` uint8 [n, size, size, 3]; `names` the entry names, one a picture."""

    rgb: np.ndarray
    names: list[str]


def centre_square(picture: Image.Image) -> Image.Image:
    """The largest centred square, offsets rounded down, as the app crops."""
    width, height = picture.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return picture.crop((left, top, left + side, top + side))


def to_input(picture: Image.Image, size: int) -> np.ndarray:
    """What the encoder sees, 8-bit RGB [size, size, 3]: centre square, then Pillow's antialiased bicubic."""
    square = centre_square(picture.convert("RGB")).resize((size, size), Image.Resampling.BICUBIC)
    return np.asarray(square, dtype=np.uint8)


def _jittered(picture: Image.Image, size: int, rng: np.random.Generator) -> np.ndarray:
    """A random square of 80 to 100 percent of the side, resized: other samples of the same statistics."""
    square = centre_square(picture.convert("RGB"))
    side = int(round(square.width * rng.uniform(0.8, 1.0)))
    left, top = rng.integers(0, square.width - side + 1, size=2)
    crop = square.crop((left, top, left + side, top + side))
    return np.asarray(crop.resize((size, size), Image.Resampling.BICUBIC), dtype=np.uint8)


def _entries(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith("/"):
                yield name, archive.read(name)


def _decode(item: tuple[str, bytes, int, int | None]) -> np.ndarray:
    _, payload, size, seed = item
    with Image.open(io.BytesIO(payload)) as picture:
        if seed is None:
            return to_input(picture, size)
        return _jittered(picture, size, np.random.default_rng(seed))


def load(paths: Iterable[Path], size: int, jitter_seed: int | None = None, limit: int | None = None) -> Pictures:
    """Every picture of the zips at `size`; with `jitter_seed`, one random crop of each instead of the whole."""
    names: list[str] = []
    items: list[tuple[str, bytes, int, int | None]] = []
    for path in paths:
        for name, payload in _entries(path):
            seed = None if jitter_seed is None else jitter_seed * 1_000_003 + len(items)
            names.append(name)
            items.append((name, payload, size, seed))
    items, names = items[:limit], names[:limit]
    rgb = np.empty((len(items), size, size, 3), dtype=np.uint8)
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for index, picture in enumerate(pool.map(_decode, items)):
            rgb[index] = picture
            if (index + 1) % 4000 == 0:
                say(f"  read {index + 1}/{len(items)} pictures")
    return Pictures(rgb, names)


def dark_corners(rgb: np.ndarray) -> np.ndarray:
    """bool [n]: at least two corners are flat black (caltech101's rotated pictures)."""
    side = _CORNER_SIDE
    corners = [rgb[:, :side, :side], rgb[:, :side, -side:], rgb[:, -side:, :side], rgb[:, -side:, -side:]]
    black = [corner.max(axis=(1, 2, 3)) <= _CORNER_LEVEL for corner in corners]
    return np.sum(black, axis=0) >= 2
