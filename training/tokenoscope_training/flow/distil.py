"""The flow in one step: a student learns which picture the teacher makes of which noise (Liu et al. 2023, InstaFlow)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from ..neural import config, pictures
from ..neural.loop import Loop, Losses, load_averaged, shorten
from ..neural.measures import ssim
from .net import Flow
from .pairs import Pairs
from .train import create, prepare, share

_KEPT = 0.8


class Student(Flow):
    """The same network, called once at t = 1. It begins as the teacher's mean with most of the noise left on it."""

    def forward(self, x: torch.Tensor, condition: torch.Tensor, k: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        """x minus the sample."""
        deviation = self.deviation(condition, k)
        return x * (1 - _KEPT) + self.velocity(x / deviation, condition, k, t) * deviation


def student_of(variant: str | None) -> type[Flow]:
    """What a flow's student begins as: a straightened flow already tells in its first step where its path ends."""
    return Flow if variant else Student


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None,
    variant: str | None = None,
) -> bool:  # fmt: skip
    """Distils the last checkpoint of `runs/flow-SIZE[-VARIANT]-seedN`. `minutes` without `steps` is the whole run."""
    settings = {**config.read("flow", size, variant), **config.read("flow-distilled", size)}
    run = config.run_folder(runs, "flow", size, seed, variant)
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    under, rgb, ids, val, val_ids = prepare(settings, data, runs, base)
    student = create(settings, under, student_of(variant))
    at = load_averaged(student, run)
    student.strength.requires_grad_(False)
    loop = Loop(student, training, config.run_folder(runs, "flow-distilled", size, seed, variant), resume)
    teacher = create(settings, under)
    load_averaged(teacher, run)
    stem = run.name.replace("flow", "flow-pairs", 1) + f"-{at}"
    made = Pairs(runs / f"{stem}.npy", teacher.to(loop.device), under, rgb, ids, settings)
    few = {**settings, "pairs": len(val)}
    held = Pairs(runs / f"{stem}-val.npy", teacher, under, val, val_ids, few)
    weights = settings["whitening"], settings["structural"]

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        chosen = share(rng.integers(settings["pairs"], size=training.batch))
        mirrored = share(rng.random(training.batch) < 0.5)
        return _losses(student, *made.take(chosen, mirrored), *weights)

    def probe(module: torch.nn.Module) -> dict[str, float]:
        assert isinstance(module, Flow)
        whole = np.arange(len(val))
        return {name: float(value) for name, value in _losses(module, *held.take(whole, whole < 0), *weights).items()}

    return loop.run(losses, minutes, probe, settings["probe_every"], finish=steps is None)


def _losses(
    student: Flow, noise: torch.Tensor, drawn: torch.Tensor, k: torch.Tensor, samples: torch.Tensor,
    whitening: float, structural: float,
) -> Losses:  # fmt: skip
    with torch.no_grad():
        condition = student.condition(drawn, k)
        x = student.begin(noise, condition, k)
        gains = student.spectrum(k) ** -whitening
        gains = gains * gains.square().mean((2, 3), keepdim=True).rsqrt()
        deviation = student.deviation(condition, k)
    own = x - student(x, condition, k, torch.ones_like(k))
    error = (gains * student.grid.frequencies((own - samples) / deviation)).square().mean()
    with torch.no_grad():
        wanted = student.finish(samples, condition)
    unlike = 1 - ssim(student.finish(own, condition), wanted).mean()
    return {"loss": error + structural * unlike, "error": error, "unlike": unlike}
