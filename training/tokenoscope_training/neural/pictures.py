"""The photographs as one memory-mapped uint8 array, and reproducible batches of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from .. import data
from ..log import say


def cached(
    folder: Path, runs: Path, split: str, size: int, limit: int | None = None, crop: int | None = None
) -> np.ndarray:
    """Pictures of `split` ("train" or "val") at `size`, decoded once into `runs`: uint8 [n, size, size, 3].

    With `crop`, a seed, one random crop of each instead of the whole.
    """
    marks = "".join(f"-{word}{value}" for word, value in (("limit", limit), ("crop", crop)) if value)
    path = runs / f"photos-{split}-{size}{marks}.npy"
    if not path.exists():
        zips = data.train_zips(folder) if split == "train" else [folder / data.VAL_ZIP]
        runs.mkdir(parents=True, exist_ok=True)
        say(f"decoding the {split} pictures into {path}")
        pictures = data.load(zips, size, crop, limit).rgb
        partial = path.with_suffix(".part.npy")
        np.save(partial, pictures)
        partial.replace(path)
    return np.load(path, mmap_mode="r")


def step_generator(seed: int, step: int) -> np.random.Generator:
    """Randomness of one training step: the same after a resume as without one."""
    return np.random.default_rng((seed, step))


def to_planar(rgb: np.ndarray, device: torch.device | str = "cpu") -> torch.Tensor:
    """uint8 [n, h, w, 3] -> float32 [n, 3, h, w] in [0, 1], channels last in memory."""
    pictures = torch.from_numpy(np.ascontiguousarray(rgb)).to(device, non_blocking=True)
    return pictures.permute(0, 3, 1, 2).float().div(255)


def sample(pictures: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` random pictures, half of them mirrored: uint8 [count, h, w, 3]."""
    chosen = np.sort(rng.integers(len(pictures), size=count))
    rgb = np.array(pictures[chosen])
    mirrored = rng.random(count) < 0.5
    rgb[mirrored] = rgb[mirrored, :, ::-1]
    return rgb
