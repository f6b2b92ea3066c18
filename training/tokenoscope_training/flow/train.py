"""Training the flow: one velocity network for every time and prefix length, on karhunen's ids as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..ladder.base import Base
from ..neural import config, pictures, prefix, together
from ..neural.loop import Loop, Losses, shorten
from ..neural.measures import psnr, ssim
from . import spectrum
from .net import CELL, Flow

_PROBE_STEPS = (1, 4, 16)


def create(settings: Mapping[str, Any], under: Base, kind: type[Flow] = Flow) -> Flow:
    """The modules of a recipe, freshly initialised, without a spectrum."""
    return kind(settings, under.size, int(np.log2(under.count)) + 1)


def prepare(
    settings: Mapping[str, Any], data: Path, runs: Path, base: Path
) -> tuple[Base, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The base, training pictures with their ids, and pictures to probe with and theirs."""
    under = Base(base, torch.get_num_threads())
    with together.first():
        rgb = pictures.cached(data, runs, "train", under.size, settings.get("limit"))[:: settings["stride"]]
        val = pictures.cached(data, runs, "val", under.size)[:: settings["probe_stride"]]
        return under, rgb, under.encoded(rgb, runs, "train"), val, under.encoded(val, runs, "val")


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains on the ids of the model folder `base`."""
    settings = config.read("flow", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    under, rgb, ids, val, val_ids = prepare(settings, data, runs, base)
    torch.manual_seed(seed)
    flow = create(settings, under)
    loop = Loop(flow, training, runs / f"flow-{size}-seed{seed}", resume)
    if loop.step == 0:
        _give_spectrum(flow, loop, under, rgb[: settings["spectrum"]], ids[: settings["spectrum"]])

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        drawn, target, k = batch(under, rgb, ids, training.batch, rng, loop.device)
        t = share(times(training.batch, rng)).to(loop.device)
        return _losses(flow, drawn, target, k, t, settings["whitening"])

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, Flow)
        return measure(under, module, val, val_ids, settings["probe_k"])

    return loop.run(losses, minutes, probe, settings["probe_every"])


def _give_spectrum(flow: Flow, loop: Loop, under: Base, rgb: np.ndarray, ids: np.ndarray) -> None:
    levels = spectrum.measure(under, flow.grid.cpu(), rgb, ids, len(flow.spectrum.levels))
    flow.to(loop.device)
    flow.spectrum.levels.copy_(levels)
    loop.average.values["spectrum.levels"].copy_(levels)


def batch(
    under: Base, rgb: np.ndarray, ids: np.ndarray, count: int, rng: np.random.Generator, device: torch.device
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Random pictures as drawn from random prefixes, half of them mirrored: drawn and target [n, 3, s, s], k [n].

    Of `count`, this process's share.
    """
    chosen, lengths, mirrored = (
        share(values)
        for values in (rng.integers(len(rgb), size=count), prefix.cuts(count, under.count, rng), rng.random(count) < 0.5)
    )
    target = pictures.to_planar(np.ascontiguousarray(rgb[chosen]))
    drawn = under.decode(np.asarray(ids[chosen]), lengths)
    mirrored = torch.from_numpy(np.ascontiguousarray(mirrored))
    drawn[mirrored], target[mirrored] = drawn[mirrored].flip(3), target[mirrored].flip(3)
    return drawn.to(device), target.to(device), torch.from_numpy(np.ascontiguousarray(lengths)).float().to(device)


def share(values: Any) -> Any:
    """This process's part of a batch: every n-th."""
    return values[together.rank() :: together.count()]


def times(count: int, rng: np.random.Generator) -> torch.Tensor:
    """Times float [n] spread evenly over 0.04 to 1; one in sixteen is 1, which every picture begins with."""
    t = 0.04 + 0.96 * (np.arange(count) + rng.random(count)) / count
    t[: count // 16] = 1
    return torch.from_numpy(rng.permutation(t)).float()


def _losses(
    flow: Flow, drawn: torch.Tensor, target: torch.Tensor, k: torch.Tensor, t: torch.Tensor, whitening: float
) -> Losses:
    residual = flow.grid.down(target - drawn)
    condition = flow.condition(drawn, k)
    deviation, deviations = flow.deviation(condition, k), flow.spectrum(k)
    unlikely = _unlikelihood(flow, residual, condition, k, deviations)
    noise = flow.colour(torch.randn_like(residual), condition, k)
    each = missed(flow, noise, residual, condition, k, t, whitening, deviation)
    first = each[t == 1]
    values = {"loss": each.mean() + 0.1 * unlikely, "flow": each.mean(), "unlikely": unlikely}
    return values | ({"first": first.mean()} if len(first) else {})


def missed(
    flow: Flow, noise: torch.Tensor, end: torch.Tensor, condition: torch.Tensor, k: torch.Tensor, t: torch.Tensor,
    whitening: float, deviation: torch.Tensor,
) -> torch.Tensor:  # fmt: skip
    """Squared error of the velocity on the straight way from noise to its end, at times t: [n], in units of the local spread."""
    time = t[:, None, None, None]
    root = (time.square() + (1 - time).square()).sqrt()
    x = time * noise + (1 - time) * end
    wanted = (noise - end - x * ((2 * time - 1) / root.square())) * root / deviation
    error = flow.velocity(x / (deviation * root), condition, k, t) - wanted
    gains = flow.spectrum(k) ** -whitening
    gains = gains * gains.square().mean((2, 3), keepdim=True).rsqrt()
    return (gains * flow.grid.frequencies(error)).square().mean((1, 2, 3))


def _unlikelihood(
    flow: Flow, residual: torch.Tensor, condition: torch.Tensor, k: torch.Tensor, deviations: torch.Tensor
) -> torch.Tensor:
    """Minus the log likelihood of the residual's high frequencies under the predicted strengths."""
    share = 1 - flow.spectrum.coarse
    fine = flow.grid.places(share * flow.grid.frequencies(residual))
    usual = (share * deviations).square().mean((2, 3))[:, :, None, None]
    energy = F.avg_pool2d(fine.square() / usual, CELL)
    energy = torch.stack([energy[:, 0], energy[:, 1:].mean(1)], 1)
    strength = flow.strength(condition[:, :12], k)
    return (0.5 * energy * torch.exp(-2 * strength) + strength).mean()


@torch.no_grad()
def measure(under: Base, flow: Flow, rgb: np.ndarray, ids: np.ndarray, lengths: list[int]) -> dict[str, float]:
    """PSNR and SSIM of the base (0 steps) and of samples by prefix length and steps, always from the same noise."""
    device = flow.grid.dct.device
    target = pictures.to_planar(rgb)
    noise = torch.randn(len(rgb), 3, flow.grid.side, flow.grid.side, generator=torch.Generator().manual_seed(0))
    figures: dict[str, float] = {}
    for k in lengths:
        drawn = under.decode(np.asarray(ids), np.full(len(ids), k))
        for steps in (0, *_PROBE_STEPS):
            images = [drawn] if steps == 0 else [
                flow.finish(*flow.sample(n.to(device), d.to(device), torch.full((len(d),), float(k), device=device), steps)).cpu()
                for n, d in zip(noise.split(25), drawn.split(25), strict=True)
            ]  # fmt: skip
            image = torch.cat(images).clamp(0, 1)
            figures[f"psnr_{k}_{steps}"] = float(psnr(image, target).mean())
            figures[f"ssim_{k}_{steps}"] = float(ssim(image, target).mean())
    return figures
