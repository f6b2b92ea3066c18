"""Reflow: the flow learns the straight way from each of its own noises to what it drew of it (Liu, Gong, Liu 2023)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..ladder.base import Base
from ..neural import config, pictures
from ..neural.loop import Loop, Losses, load_averaged, shorten
from ..repack.stored import filled, stored_state
from ..shared import gather
from .net import Flow
from .pairs import Pairs
from .straight import straightness
from .train import create, missed, prepare, share, times

REFLOW = "reflow"
"""The variant's name."""
_SHIPPED = "flow-128"


def bent(runs: Path, base: Path, size: str, seed: int, settings: Mapping[str, Any], under: Base) -> tuple[Flow, str]:
    """The flow to be straightened, and what names it: the run of the same size, else the shipped model beside the base."""
    flow, run, shipped = create(settings, under), config.run_folder(runs, "flow", size, seed), base.parent / _SHIPPED
    if (run / "checkpoint.pt").exists():
        return flow, str(load_averaged(flow, run))
    if not shipped.exists():
        raise SystemExit(f"{run} has no checkpoint, and there is no {shipped}: train the flow first")
    filled(flow, stored_state(gather(shipped), ("start", "velocity"), "flow"))
    return flow, "shipped"


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Straightens in `runs/flow-SIZE-reflow-seedN`. `minutes` without `steps` is the whole run."""
    settings = config.read("flow", size, REFLOW)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    under, rgb, ids, val, val_ids = prepare(settings, data, runs, base)
    teacher, name = bent(runs, base, size, seed, settings, under)
    flow = create(settings, under)
    flow.load_state_dict(teacher.state_dict())
    flow.strength.requires_grad_(False)
    loop = Loop(flow, training, config.run_folder(runs, "flow", size, seed, REFLOW), resume)
    stem = f"reflow-pairs-{size}-seed{seed}-{name}"
    made = Pairs(runs / f"{stem}.npy", teacher.to(loop.device), under, rgb, ids, settings)
    held = Pairs(runs / f"{stem}-val.npy", teacher, under, val, val_ids, {**settings, "pairs": len(val)})
    whole = np.arange(len(val))
    validation = held.take(whole, whole < 0)

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        chosen = share(rng.integers(settings["pairs"], size=training.batch))
        mirrored = share(rng.random(training.batch) < 0.5)
        t = share(times(training.batch, rng)).to(loop.device)
        return {"loss": _missed(flow, *made.take(chosen, mirrored), t, settings["whitening"]).mean()}

    def probe(module: torch.nn.Module) -> dict[str, float]:
        assert isinstance(module, Flow)
        noise, drawn, k, _ = validation
        condition = module.condition(drawn, k)

        def velocity(x: torch.Tensor, t: float) -> torch.Tensor:
            return module(x, condition, k, torch.full_like(k, t))

        bends = straightness(velocity, module.begin(noise, condition, k), settings["teacher_steps"])
        first = _missed(module, *validation, torch.ones_like(k), settings["whitening"])
        return {"straightness": float(bends.mean()), "first": float(first.mean())}

    return loop.run(losses, minutes, probe, settings["probe_every"], finish=steps is None)


def _missed(
    flow: Flow, noise: torch.Tensor, drawn: torch.Tensor, k: torch.Tensor, samples: torch.Tensor, t: torch.Tensor,
    whitening: float,
) -> torch.Tensor:  # fmt: skip
    with torch.no_grad():
        condition = flow.condition(drawn, k)
        start, deviation = flow.begin(noise, condition, k), flow.deviation(condition, k)
    return missed(flow, start, samples, condition, k, t, whitening, deviation)
