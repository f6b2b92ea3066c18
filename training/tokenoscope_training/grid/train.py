"""Training the grid tokenizer: squares of the photographs, absolute error and structure, no network that judges."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ..neural import config, pictures, together
from ..neural.loop import Loop, Losses, shorten
from ..neural.measures import psnr, ssim
from .net import PATCH, GridNet


def train(
    data: Path, runs: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None,
    variant: str | None = None,
) -> bool:  # fmt: skip
    """Trains in `runs/grid-SIZE[-VARIANT]-seedN`. `minutes` without `steps` is the whole run: the rate falls to zero with them."""
    if together.count() > 1:
        raise SystemExit("grid's codes follow the latents of one process: start it alone")
    settings = config.read("grid", size, variant)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    rgb = pictures.cached(data, runs, "train", settings["picture"], settings.get("limit"))
    held = pictures.cached(data, runs, "val", settings["side"])[:: settings["probe_stride"]]
    torch.manual_seed(seed)
    net = GridNet.create(settings)
    loop = Loop(net, training, config.run_folder(runs, "grid", size, seed, variant), resume)
    crop, tokens = settings["crop"], (settings["crop"] // PATCH) ** 2

    def losses(step: int) -> Losses:
        net.quantiser.reseeds = loop.progress < 1 - training.decay
        rng = pictures.step_generator(seed, step)
        target = pictures.to_planar(squares(rgb, training.batch, crop, rng), loop.device)
        lengths = np.where(rng.random(training.batch) < settings["cut"], rng.integers(1, tokens, training.batch), tokens)
        wrong = perturbed(settings, training.batch, tokens, loop.progress, rng)
        where = None if wrong is None else torch.from_numpy(wrong).to(loop.device)
        out, apart = net(target, torch.from_numpy(lengths).to(loop.device), where, settings["near"])
        error = out.float() - target
        squared = error.square().mean((1, 2, 3))
        with torch.autocast(loop.device.type, enabled=False):
            unlike = 1 - ssim(out.float(), target).mean()
        # PSNR is a logarithm: a picture counts inversely to its error.
        loss = settings["squared"] * (squared + 1e-3).log().mean() + settings["absolute"] * error.abs().mean()
        loss = loss + settings["structural"] * unlike + settings["commitment"] * apart
        return {"loss": loss, "psnr": -10 * squared.log10().mean(), "unlike": unlike, "apart": apart}

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, GridNet)
        module.quantiser.settle()
        return measure(module, torch.from_numpy(np.array(held)))

    return loop.run(losses, minutes, probe, settings["probe_every"], finish=steps is None)


def perturbed(
    settings: Mapping[str, Any], count: int, tokens: int, progress: float, rng: np.random.Generator
) -> np.ndarray | None:
    """Which tokens of which samples are perturbed, bool [count, tokens]; None where a recipe perturbs none.

    A share `perturbed` of the samples, each with another share of its tokens. From `calm` of the run on ever fewer, half
    at its end, so that the decoder ends nearer to what it is for.
    """
    if not settings["perturbed"]:
        return None
    calm = settings["calm"]
    strength = 1 - 0.5 * max(0.0, progress - calm) / (1 - calm)
    shares = rng.random((count, 1)) * (rng.random((count, 1)) < settings["perturbed"]) * strength
    return rng.random((count, tokens)) < shares


def squares(rgb: np.ndarray, count: int, side: int, rng: np.random.Generator) -> np.ndarray:
    """`count` random squares of random pictures, half of them mirrored: uint8 [count, side, side, 3]."""
    out = np.empty((count, side, side, 3), np.uint8)
    room = rgb.shape[1] - side + 1
    for index, chosen in enumerate(np.sort(rng.integers(len(rgb), size=count))):
        y, x = rng.integers(room, size=2)
        square = rgb[chosen, y : y + side, x : x + side]
        out[index] = square[:, ::-1] if rng.random() < 0.5 else square
    return out


@torch.no_grad()
def measure(net: GridNet, rgb: torch.Tensor) -> dict[str, float]:
    """PSNR and SSIM of uint8 pictures [n, s, s, 3] from all tokens, and the share of the codes that they use."""
    where = net.quantiser.codes.device
    rows: dict[str, list[torch.Tensor]] = {"psnr": [], "ssim": []}
    used = torch.zeros(net.quantiser.count, device=where)
    for part in rgb.split(25):
        target = pictures.to_planar(part.numpy(), where)
        ids = net.quantiser.ids(net.latents(target))
        used += torch.bincount(ids.flatten().long(), minlength=len(used))
        full = torch.full((len(part),), ids.shape[1], device=where)
        drawn = net.draw(net.quantiser.values(ids), full).float().clamp(0, 1)
        rows["psnr"].append(psnr(drawn, target))
        rows["ssim"].append(ssim(drawn, target))
    share = used / used.sum()
    entropy = -(share[share > 0] * share[share > 0].log2()).sum()
    figures = {name: float(torch.cat(values).mean()) for name, values in rows.items()}
    return {**figures, "codes": float((used > 0).float().mean()), "bits": float(entropy)}
