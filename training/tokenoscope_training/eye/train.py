"""Training the eye to answer as its teacher does: small pictures first, where a step costs a quarter, then whole ones."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..glyphs.writing import batch as writing
from ..neural import config, pictures
from ..neural.loop import Loop, Losses, shorten
from .labels import Labels, labels
from .net import EyeNet

_HELD_OUT = 1_000_000_007
"""Seed of the writing among the held-out pictures."""


def labels_of(data: Path, runs: Path, size: str) -> Labels:
    """The labels of a recipe's pictures."""
    settings = config.read("eye", size)
    return labels(data, runs, settings["picture"], settings["side"], settings["least"], settings.get("limit"))


def train(
    data: Path, runs: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains in `runs/eye-SIZE-seedN`. `minutes` without `steps` is the whole run: the rate falls to zero with them."""
    settings = config.read("eye", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    side, share = settings["side"], settings["writing"]
    given = labels_of(data, runs, size)
    rgb = pictures.cached(data, runs, "train", settings["picture"], settings.get("limit"))
    held = pictures.to_planar(np.array(pictures.cached(data, runs, "val", side)))
    written = pictures.to_planar(_paint(settings["probe_writing"], side, pictures.step_generator(_HELD_OUT, 0)))
    torch.manual_seed(seed)
    net = EyeNet.create(settings, len(given.names))
    loop = Loop(net, training, runs / f"eye-{size}-seed{seed}", resume)

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        late = loop.progress >= settings["small_until"]
        count = training.batch if late else training.batch * settings["small_batches"]
        pages = rng.binomial(count, share)
        chosen = np.sort(rng.integers(len(rgb), size=count - pages))
        image = crops(pictures.to_planar(rgb[chosen], loop.device), side, rng, settings["least_crop"])
        if pages:
            image = torch.cat([image, pictures.to_planar(_paint(pages, side, rng), loop.device)])
        target = torch.zeros(count, len(given.names))
        target[: len(chosen), :-1] = torch.from_numpy(given.train[chosen])
        target[len(chosen) :, -1] = 1
        target = target.to(loop.device)
        if not late:
            image = F.avg_pool2d(image, 2)
        logits = net(image).float()
        loss = -(target * logits.log_softmax(1)).sum(1).mean()
        return {"loss": loss, "agreement": (logits.argmax(1) == target.argmax(1)).float().mean()}

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, EyeNet)
        return measure(module, held, given, written)

    return loop.run(losses, minutes, probe, settings["probe_every"], finish=steps is None)


def crops(images: torch.Tensor, side: int, rng: np.random.Generator, least: float) -> torch.Tensor:
    """RGB [n, 3, w, w] -> random squares of at least the share `least` of the side, half of them mirrored: [n, 3, side, side]."""
    n, where = len(images), images.device
    scale = np.exp(rng.uniform(math.log(least), 0, n))
    stretch = np.exp(rng.uniform(-0.12, 0.12, n))
    mirror = np.where(rng.random(n) < 0.5, -1.0, 1.0)
    theta = np.zeros((n, 2, 3), np.float32)
    theta[:, 0, 0], theta[:, 1, 1] = np.minimum(scale * stretch, 1) * mirror, np.minimum(scale / stretch, 1)
    theta[:, :, 2] = rng.uniform(-1, 1, (n, 2)) * (1 - np.abs(theta[:, [0, 1], [0, 1]]))
    grid = F.affine_grid(torch.from_numpy(theta).to(where), [n, 3, side, side], align_corners=False)
    cut = F.grid_sample(images, grid, padding_mode="reflection", align_corners=False)
    tint = torch.from_numpy(rng.uniform(0.85, 1.15, (n, 3, 1, 1)).astype(np.float32)).to(where)
    return (cut * tint).contiguous(memory_format=torch.channels_last)


def _paint(count: int, side: int, rng: np.random.Generator) -> np.ndarray:
    """Writing in any two colours that differ in lightness: uint8 [count, side, side, 3]."""
    grey = writing(count, side, rng).astype(np.float32)[..., None] / 255
    dark, light = rng.uniform(0, 0.35, (count, 1, 1, 3)), rng.uniform(0.65, 1, (count, 1, 1, 3))
    return ((dark + (light - dark) * grey) * 255).astype(np.uint8)


@torch.no_grad()
def measure(net: EyeNet, held: torch.Tensor, given: Labels, written: torch.Tensor) -> dict[str, float]:
    """How often the answer, or one of the first five, is the teacher's on held-out pictures; and how often writing is seen."""
    where = next(net.parameters()).device
    logits = torch.cat([net(part.to(where)).float().cpu() for part in held.split(50)])
    truth = torch.from_numpy(given.val).argmax(1)
    named = truth < given.val.shape[1] - 1
    best = logits.topk(5, dim=1).indices
    hit = best[:, 0] == truth
    pages = torch.cat([net(part.to(where)).float().cpu() for part in written.split(50)]).argmax(1)
    return {
        "top1": float(hit.float().mean()), "top1_named": float(hit[named].float().mean()),
        "top5": float((best == truth[:, None]).any(1).float().mean()),
        "writing": float((pages == len(given.names) - 1).float().mean()),
    }  # fmt: skip
