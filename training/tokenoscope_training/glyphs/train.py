"""Training glyphs on writing that is rendered as it goes: no two batches are alike, so nothing can be memorised."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from ..neural import config, pictures, prefix
from ..neural.loop import Loop, Losses, shorten
from .net import GlyphNet
from .writing import batch

_HELD_OUT = 1_000_000_007
"""Seed of the writing that figures are measured on."""


def create(settings: Mapping[str, Any]) -> GlyphNet:
    """The module of a recipe, freshly initialised."""
    side, bits, widths = settings["side"], settings["bits"], tuple(settings["widths"])
    return GlyphNet(side, bits, widths, settings["depth"], settings["condition"])


def train(runs: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None) -> bool:
    """Trains in `runs/glyphs-SIZE-seedN`."""
    settings = config.read("glyphs", size)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    torch.manual_seed(seed)
    net = create(settings)
    loop = Loop(net, training, runs / f"glyphs-{size}-seed{seed}", resume)
    held = _grey(batch(settings["probe_count"], net.side, pictures.step_generator(_HELD_OUT, 0)), loop.device)

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        grey = _grey(batch(training.batch, net.side, rng), loop.device)
        k = torch.from_numpy(prefix.cuts(training.batch, net.tokens, rng, settings["full"])).to(loop.device)
        logits = net(grey, k).float()
        entropy = F.binary_cross_entropy_with_logits(logits, grey)
        square = (logits.sigmoid() - grey).square().mean()
        return {"loss": entropy + 4 * square, "mse": square}

    def probe(module: nn.Module) -> dict[str, float]:
        assert isinstance(module, GlyphNet)
        out = {}
        for k in settings["probe_k"]:
            drawn = module(held, torch.full((len(held),), k, device=loop.device)).float().sigmoid()
            out[f"psnr_{k}"] = float((-10 * torch.log10((drawn - held).square().mean((1, 2, 3)))).mean())
        return out

    return loop.run(losses, minutes, probe, settings["probe_every"])


def _grey(pictures_: Any, device: torch.device) -> torch.Tensor:
    return torch.from_numpy(pictures_).to(device).float().div(255)[:, None]
