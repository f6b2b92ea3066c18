"""Training the transformer tokenizers (ladder and, without order, fixed) on a GPU; tried out on a CPU at size tiny.

The pictures stay on the device as uint8 and are cropped and mirrored there. Half of the samples keep all tokens,
the other half are cut at a random length.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..neural import config, pictures, prefix
from ..neural.klt import Klt
from ..neural.loop import Loop, Losses, shorten
from ..neural.measures import psnr, ssim
from ..perceptual import distance as perceptual
from .linear import give
from .vit import LadderVit

Settings = Mapping[str, Any]


def train(
    family: str, data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None,
    steps: int | None,
) -> bool:  # fmt: skip
    """Trains in `runs/FAMILY-SIZE-seedN`; `base` is karhunen's checkpoint. True when all steps are done."""
    settings = config.read(family, size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    side, wide = settings["side"], settings["picture"]
    rgb = pictures.cached(data, runs, "train", wide, settings.get("limit"))
    held = pictures.cached(data, runs, "val", side)[: settings["probe_count"]]
    torch.manual_seed(seed)
    net = LadderVit.create(settings, side, settings["ordered"])
    some = torch.from_numpy(np.array(rgb[:: max(1, len(rgb) // 500)])).permute(0, 3, 1, 2).float() / 255
    half = settings["components"] // 2
    give(net, Klt(base, settings["components"] - half, half), F.interpolate(some, (side // 4, side // 4), mode="area"))
    loop = Loop(net, training, runs / f"{family}-{size}-seed{seed}", resume)
    loss_net = perceptual.load(runs / "perceptual-0.pt").to(loop.device)
    judge = perceptual.load(runs / "perceptual-1.pt").to(loop.device)
    resident = torch.from_numpy(np.array(rgb)).to(loop.device)
    val = pictures.to_planar(held, loop.device)

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        image = crops(resident, training.batch, side, rng)
        full = settings["full"] if settings["ordered"] else 1.0
        k = torch.from_numpy(prefix.cuts(training.batch, net.tokens, rng, full)).to(loop.device)
        out = net(image, k)
        absolute = (out - image).abs().float().mean()
        apart = loss_net(out, image).mean()
        return {"loss": settings["absolute"] * absolute + settings["perceptual"] * apart, "l1": absolute, "distance": apart}

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, LadderVit)
        return measure(module, judge, val, settings["probe_k"])

    return loop.run(losses, minutes, probe, settings["probe_every"])


def crops(resident: torch.Tensor, count: int, side: int, rng: np.random.Generator) -> torch.Tensor:
    """uint8 [n, w, w, 3] on the device -> random squares [count, 3, side, side] in [0, 1], half of them mirrored."""
    index = torch.from_numpy(rng.integers(len(resident), size=count)).to(resident.device)
    room = resident.shape[1] - side + 1
    y, x = (torch.from_numpy(rng.integers(room, size=count)).to(resident.device) for _ in range(2))
    mirror = torch.from_numpy(rng.random(count) < 0.5).to(resident.device)
    line = torch.arange(side, device=resident.device)
    columns = torch.where(mirror[:, None], side - 1 - line, line) + x[:, None]
    rows = line + y[:, None]
    return resident[index[:, None, None], rows[:, :, None], columns[:, None]].permute(0, 3, 1, 2).float() / 255


def measure(net: LadderVit, judge: perceptual.Distance, val: torch.Tensor, lengths: list[int]) -> dict[str, float]:
    """PSNR, SSIM and distance on held-out pictures by prefix length."""
    out: dict[str, float] = {}
    for k in lengths:
        parts = [net(part, torch.full((len(part),), k, device=part.device)) for part in val.split(50)]
        drawn = torch.cat(parts).float().clamp(0, 1)
        out[f"psnr_{k}"] = float(psnr(drawn, val).mean())
        out[f"ssim_{k}"] = float(ssim(drawn, val).mean())
        out[f"dist_{k}"] = float(judge(drawn, val).mean())
    return out
