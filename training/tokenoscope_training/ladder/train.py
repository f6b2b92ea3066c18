"""Training ladder's decoder on the CPU: karhunen's ids stay as they are, only the drawing is learned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ..neural import config, pictures, prefix
from ..neural.loop import Loop, Losses, shorten
from ..neural.measures import psnr, ssim
from ..perceptual import distance as perceptual
from .base import Base
from .critic import Critics
from .net import Refiner


class Trained(nn.Module):
    """What the optimiser sees: the refiner, which is exported, and the critics, which are not."""

    def __init__(self, refiner: Refiner, critics: Critics) -> None:
        super().__init__()
        self.refiner = refiner
        self.critics = critics


def create(settings: Mapping[str, Any], size: int) -> Trained:
    """The modules of a recipe, freshly initialised."""
    refiner = Refiner(size, tuple(settings["widths"]), tuple(settings["depths"]), settings["condition"])
    return Trained(refiner, Critics(tuple(settings["judged"])))


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains on the ids of the model folder `base`; `perceptual-0.pt` in `runs` is the loss network."""
    settings = config.read("ladder", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    under = Base(base, torch.get_num_threads())
    rgb = pictures.cached(data, runs, "train", under.size, settings.get("limit"))
    val = pictures.cached(data, runs, "val", under.size)[:: settings["probe_stride"]]
    rgb = rgb[:: settings["stride"]]
    ids, val_ids = under.encoded(rgb, runs, "train"), under.encoded(val, runs, "val")
    torch.manual_seed(seed)
    trained = create(settings, under.size)
    loop = Loop(trained, training, runs / f"ladder-{size}-seed{seed}", resume)
    loss_net = perceptual.load(runs / "perceptual-0.pt").to(loop.device)
    judge = perceptual.load(runs / "perceptual-1.pt").to(loop.device)
    crop, first = settings["crop"], len(loss_net.net.stages) - len(settings["judged"])

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        chosen = np.sort(rng.integers(len(rgb), size=training.batch))
        lengths = prefix.cuts(training.batch, under.count, rng)
        target = pictures.to_planar(np.ascontiguousarray(rgb[chosen]), loop.device)
        drawn = under.decode(ids[chosen], lengths).to(loop.device)
        drawn, target, noise = _cropped(drawn, target, trained.refiner.noise, crop, rng)
        out = trained.refiner(drawn, torch.from_numpy(lengths).float().to(loop.device), noise)
        return _weigh(settings, step / training.steps, out, target, loss_net, trained.critics, first)

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, Trained)
        return measure(under, module.refiner, judge, val, val_ids, settings["probe_k"])

    return loop.run(losses, minutes, probe, settings["probe_every"])


def _cropped(
    drawn: torch.Tensor, target: torch.Tensor, noise: torch.Tensor, crop: int, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """One random square of all three (on the patches' grid), mirrored half of the time."""
    steps = (target.shape[2] - crop) // 4 + 1
    y, x = (4 * int(rng.integers(steps)) for _ in range(2))
    parts = [t[:, :, y : y + crop, x : x + crop] for t in (drawn, target, noise.expand(len(target), -1, -1, -1))]
    if rng.random() < 0.5:
        parts[:2] = [part.flip(3) for part in parts[:2]]
    return parts[0], parts[1], parts[2]


def _weigh(
    settings: Mapping[str, Any],
    progress: float,
    out: torch.Tensor,
    target: torch.Tensor,
    loss_net: perceptual.Distance,
    critics: Critics,
    first: int,
) -> Losses:
    absolute = (out - target).abs().float().mean()
    with torch.no_grad():
        real = loss_net.normalised(target)
    seen = loss_net.normalised(out)
    distance = loss_net.between(seen, real).mean()
    with torch.autocast(out.device.type, enabled=False):
        unlike = 1 - ssim(out.float(), target).mean()
    loss = settings["absolute"] * absolute + settings["perceptual"] * distance + settings["structural"] * unlike
    values = {"loss": loss, "l1": absolute, "distance": distance, "unlike": unlike}
    if settings["adversarial"] and progress >= settings["adversarial_from"]:
        own, drawer = critics.losses(real[first:], seen[first:])
        ramp = min(1.0, (progress - settings["adversarial_from"]) / 0.1)
        values["loss"] = loss + own + settings["adversarial"] * ramp * drawer
        values |= {"critic": own, "drawer": drawer}
    return values


@torch.no_grad()
def measure(
    under: Base, refiner: Refiner, judge: perceptual.Distance, rgb: np.ndarray, ids: np.ndarray, lengths: list[int]
) -> dict[str, float]:
    """PSNR, SSIM and distance of the base (k) and of the refiner (l) by prefix length."""
    device = refiner.noise.device
    target = pictures.to_planar(rgb, device)
    figures: dict[str, float] = {}
    for k in lengths:
        count = torch.full((len(ids),), k, device=device)
        drawn = under.decode(ids, np.full(len(ids), k)).to(device)
        refined = torch.cat([refiner(d, c.float()) for d, c in zip(drawn.split(32), count.split(32), strict=True)])
        for name, image in (("k", drawn), ("l", refined.float().clamp(0, 1))):
            apart = torch.cat([judge(a, b) for a, b in zip(image.split(32), target.split(32), strict=True)])
            figures[f"psnr_{name}{k}"] = float(psnr(image, target).mean())
            figures[f"ssim_{name}{k}"] = float(ssim(image, target).mean())
            figures[f"dist_{name}{k}"] = float(apart.mean())
    return figures
