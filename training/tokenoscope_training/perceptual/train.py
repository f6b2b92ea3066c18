"""Training without labels: two views of a picture should be closer to each other than to other pictures.

The normalised temperature-scaled cross entropy of SimCLR (Chen, Kornblith, Norouzi, Hinton 2020). The views
differ in crop, scale, mirroring and colour, but not in blur or noise: the features must stay sensitive to both.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from ..neural import config, pictures
from ..neural.loop import Loop, Losses, shorten
from .net import FeatureNet


def views(rgb: np.ndarray, side: int, rng: np.random.Generator, device: torch.device) -> torch.Tensor:
    """uint8 [n, h, w, 3] -> random crops at `side`, recoloured: float [n, 3, side, side]."""
    images = pictures.to_planar(rgb, device)
    n = len(images)
    scale = np.exp(rng.uniform(math.log(0.35), 0, n))
    turn = rng.normal(0, 0.08, n)
    mirror = np.where(rng.random(n) < 0.5, -1.0, 1.0)
    theta = np.zeros((n, 2, 3), np.float32)
    theta[:, 0, 0], theta[:, 0, 1] = scale * np.cos(turn) * mirror, -scale * np.sin(turn)
    theta[:, 1, 0], theta[:, 1, 1] = scale * np.sin(turn) * mirror, scale * np.cos(turn)
    theta[:, :, 2] = rng.uniform(-1, 1, (n, 2)) * (1 - scale[:, None])
    grid = F.affine_grid(torch.from_numpy(theta).to(device), [n, 3, side, side], align_corners=False)
    crops = F.grid_sample(images, grid, padding_mode="reflection", align_corners=False)
    gains = torch.from_numpy(rng.uniform(0.7, 1.3, (3, n)).astype(np.float32)).to(device)[..., None, None, None]
    grey = crops.mean(1, keepdim=True)
    coloured = grey + gains[0] * 1.0 * (crops - grey)
    middle = coloured.mean((1, 2, 3), keepdim=True)
    tint = torch.from_numpy(rng.uniform(0.85, 1.15, (n, 3, 1, 1)).astype(np.float32)).to(device)
    return ((middle + gains[1] * (coloured - middle)) * gains[2] * tint).contiguous(memory_format=torch.channels_last)


def contrast(first: torch.Tensor, second: torch.Tensor, temperature: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Unit embeddings [n, d] of two views -> the loss, and the share of pictures recognised in the batch."""
    both = torch.cat([first, second])
    likeness = both @ both.T / temperature
    likeness.fill_diagonal_(-1e4)
    n = len(first)
    partner = torch.cat([torch.arange(n, 2 * n), torch.arange(n)]).to(first.device)
    return F.cross_entropy(likeness, partner), (likeness.argmax(1) == partner).float().mean()


def train(
    data: Path, runs: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains one feature network; its run is `runs/perceptual-SIZE-seedN`."""
    settings = config.read("perceptual", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    rgb = pictures.cached(data, runs, "train", settings["picture"], settings.get("limit"))
    torch.manual_seed(seed)
    net = FeatureNet(tuple(settings["widths"]))
    loop = Loop(net, training, runs / f"perceptual-{size}-seed{seed}", resume)

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        batch = pictures.sample(rgb, training.batch, rng)
        pair = torch.cat([views(batch, settings["crop"], rng, loop.device) for _ in range(2)])
        loss, hits = contrast(*net(pair).chunk(2), settings["temperature"])
        return {"loss": loss, "hits": hits}

    return loop.run(losses, minutes)
