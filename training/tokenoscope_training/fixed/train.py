"""Training the fixed-length tokenizer on the KLT components of every picture, its mirror image and two crops."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ..neural import config, pictures
from ..neural.klt import Klt
from ..neural.loop import Loop, Losses, shorten
from .net import FixedNet


def create(settings: Mapping[str, Any], components: int) -> FixedNet:
    """The module of a recipe, freshly initialised."""
    return FixedNet(settings["tokens"], settings["levels"], components, settings["width"], settings["depth"])


@torch.no_grad()
def components(klt: Klt, rgb: np.ndarray) -> torch.Tensor:
    """uint8 [n, s, s, 3] -> float32 [n, m]."""
    parts = [klt.project(pictures.to_planar(np.array(rgb[i : i + 256]))) for i in range(0, len(rgb), 256)]
    return torch.cat(parts)


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains on the components of karhunen's basis (`base` is its checkpoint)."""
    settings = config.read("fixed", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    klt = Klt(base, settings["evens"], settings["odds"])
    crops = (None, *range(1, settings["crops"] + 1))
    x = torch.cat([components(klt, pictures.cached(data, runs, "train", klt.size, crop=crop)) for crop in crops])
    held = pictures.cached(data, runs, "val", klt.size)
    val = components(klt, held)
    energy = _energy(klt, held) - val.square().sum(1)
    torch.manual_seed(seed)
    net = create(settings, klt.components)
    odd = torch.where(torch.arange(klt.components) >= klt.evens, -1.0, 1.0)
    net.scale.copy_(x.std(0).pow(settings["power"]) * x.std(0).mean() ** (1 - settings["power"]))
    loop = Loop(net, training, runs / f"fixed-{size}-seed{seed}", resume)
    numbers = 3 * klt.size**2

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        batch = x[torch.from_numpy(rng.integers(len(x), size=training.batch))]
        mirror = torch.from_numpy(rng.random((training.batch, 1)) < 0.5)
        gain = torch.from_numpy(rng.uniform(0.85, 1.15, (training.batch, 1)).astype(np.float32))
        batch = (gain * torch.where(mirror, batch * odd, batch)).to(loop.device)
        error = (net(batch).float() - batch).square().sum(1)
        # PSNR is a logarithm: a picture counts inversely to its error.
        return {"loss": torch.log(error + 20).mean(), "mse": error.mean() / numbers}

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, FixedNet)
        latents = module.quantiser(module.latents(val.to(loop.device)))
        out = {}
        for k in settings["probe_k"]:
            drawn = module.draw(latents, torch.full((len(val),), k, device=loop.device)).float().cpu()
            error = (drawn - val).square().sum(1) + energy
            out[f"psnr_{k}"] = float((-10 * torch.log10(error / numbers)).mean())
        return out

    return loop.run(losses, minutes, probe, settings["probe_every"])


@torch.no_grad()
def _energy(klt: Klt, rgb: np.ndarray) -> torch.Tensor:
    """Squared distance from the mean picture, float32 [n]: what the chosen components miss is the rest of it."""
    mean = klt.synthesise(torch.zeros(1, klt.components))
    return (pictures.to_planar(np.array(rgb)) - mean).square().sum((1, 2, 3))
