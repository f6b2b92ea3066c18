"""Training the fixed-length tokenizer on the frequencies of every picture, its mirror image and crops.

With tail drop (`dropped` > 0) that share of the samples keeps only a prefix of its tokens, so that the first ones learn to
say most: nested dropout (Rippel, Gelbart, Adams 2014), as ordered tokenizers are trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ..neural import config, pictures
from ..neural.frequencies import Frequencies, strongest
from ..neural.loop import Loop, Losses, shorten
from ..neural.prefix import cuts
from .net import FixedNet

_CHOOSING = 4000
"""Pictures that tell which frequencies are strong."""


def create(settings: Mapping[str, Any]) -> FixedNet:
    """The module of a recipe, freshly initialised."""
    names = ("tokens", "levels", "components", "width", "depth")
    return FixedNet(*(settings[name] for name in names))


def frequencies(settings: Mapping[str, Any], places: torch.Tensor | None = None) -> Frequencies:
    """The linear part of a recipe: what `places` name, or all frequencies of its blocks."""
    return Frequencies(settings["side"], settings["luma"], settings["chroma"], places)


@torch.no_grad()
def components(linear: Frequencies, rgb: np.ndarray) -> torch.Tensor:
    """uint8 [n, s, s, 3] -> float32 [n, m]."""
    parts = [linear.project(pictures.to_planar(np.array(rgb[i : i + 256]))) for i in range(0, len(rgb), 256)]
    return torch.cat(parts)


def crops(settings: Mapping[str, Any], places: torch.Tensor, rgb: np.ndarray, seed: int) -> torch.Tensor:
    """A random square of every picture, enlarged by its DCT: components float32 [n, m].

    The coefficients of a smaller square, times the ratio of the sides, are those of the enlarged one.
    """
    rng, parts = np.random.default_rng(seed), []
    for i in range(0, len(rgb), 256):
        side = int(rng.integers(settings["crop"], settings["side"]))
        y, x = rng.integers(settings["side"] - side + 1, size=2)
        square = Frequencies(side, settings["luma"], settings["chroma"], places)
        parts.append(components(square, rgb[i : i + 256, y : y + side, x : x + side]) * (settings["side"] / side))
    return torch.cat(parts)


def train(
    data: Path, runs: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None,
    variant: str | None = None,
) -> bool:  # fmt: skip
    """Trains in `runs/fixed-SIZE[-VARIANT]-seedN`. `minutes` without `steps` is the whole run, as for grid."""
    settings = config.read("fixed", size, variant)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    side, limit = settings["side"], settings.get("limit")
    rgb = pictures.cached(data, runs, "train", side, limit)
    places = strongest(components(frequencies(settings), rgb[:_CHOOSING]), settings["components"])
    linear = frequencies(settings, places)
    others = [crops(settings, places, rgb, number) for number in range(settings["crops"])]
    x = torch.cat([components(linear, rgb), *others])
    mean = torch.where(linear.mirrored > 0, x.mean(0), 0.0)
    x -= mean
    held = pictures.cached(data, runs, "val", side)
    val = components(linear, held) - mean
    missed = _energy(held) - (val + mean).square().sum(1)
    torch.manual_seed(seed)
    net = create(settings)
    net.places.copy_(places)
    net.mean.copy_(mean)
    net.scale.copy_(x.std(0).pow(settings["power"]) * x.std(0).mean() ** (1 - settings["power"]))
    loop = Loop(net, training, config.run_folder(runs, "fixed", size, seed, variant), resume)
    numbers, mirrored, tokens = 3 * side**2, linear.mirrored, settings["tokens"]

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        batch = x[torch.from_numpy(rng.integers(len(x), size=training.batch))]
        mirror = torch.from_numpy(rng.random((training.batch, 1)) < 0.5)
        gain = torch.from_numpy(rng.uniform(0.85, 1.15, (training.batch, 1)).astype(np.float32))
        batch = (gain * torch.where(mirror, batch * mirrored, batch)).to(loop.device)
        k = torch.from_numpy(cuts(training.batch, tokens, rng, full=1 - settings["dropped"])).to(loop.device)
        error = (net(batch, k).float() - batch).square().sum(1)
        # PSNR is a logarithm: a picture counts inversely to its error.
        return {"loss": torch.log(error + 20).mean(), "mse": error.mean() / numbers}

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, FixedNet)
        latents = module.quantiser(module.latents(val.to(loop.device)))
        out = {}
        for k in settings["probe_k"]:
            drawn = module.draw(latents, torch.full((len(val),), k, device=loop.device)).float().cpu()
            error = (drawn - val).square().sum(1) + missed
            out[f"psnr_{k}"] = float((-10 * torch.log10(error / numbers)).mean())
        return out

    return loop.run(losses, minutes, probe, settings["probe_every"], finish=steps is None)


def _energy(rgb: np.ndarray) -> torch.Tensor:
    """Squared distance from middle grey, float32 [n]: what the chosen coefficients do not have of it is missed."""
    return torch.cat([(pictures.to_planar(np.array(part)) - 0.5).square().sum((1, 2, 3)) for part in np.array_split(rgb, 10)])
