"""The flow in one step: a student learns which picture the teacher makes of which noise (Liu et al. 2023, InstaFlow)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..ladder.base import Base
from ..log import say
from ..neural import config, pictures, prefix, together
from ..neural.loop import Loop, Losses, load_averaged, shorten
from ..neural.measures import ssim
from .net import Flow
from .train import create, prepare, share

_KEPT = 0.8
_BATCH = 20


class Student(Flow):
    """The same network, called once at t = 1. It begins as the teacher's mean with most of the noise left on it."""

    def forward(self, x: torch.Tensor, condition: torch.Tensor, k: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        """x minus the sample."""
        deviation = self.deviation(condition, k)
        return x * (1 - _KEPT) + self.velocity(x / deviation, condition, k, t) * deviation


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Distils the last checkpoint of `runs/flow-SIZE-seedN`."""
    settings = {**config.read("flow", size), **config.read("flow-distilled", size)}
    training = shorten(config.pick(config.Training, settings, seed=seed), steps)
    under, rgb, ids, val, val_ids = prepare(settings, data, runs, base)
    student = create(settings, under, Student)
    at = load_averaged(student, runs / f"flow-{size}-seed{seed}")
    student.strength.requires_grad_(False)
    loop = Loop(student, training, runs / f"flow-distilled-{size}-seed{seed}", resume)
    teacher = create(settings, under)
    load_averaged(teacher, runs / f"flow-{size}-seed{seed}")
    made = Pairs(runs / f"flow-pairs-{size}-seed{seed}-{at}.npy", teacher.to(loop.device), under, rgb, ids, settings)
    few = {**settings, "pairs": len(val)}
    held = Pairs(runs / f"flow-pairs-{size}-seed{seed}-{at}-val.npy", teacher, under, val, val_ids, few)
    weights = settings["whitening"], settings["structural"]

    def losses(step: int) -> Losses:
        rng = pictures.step_generator(seed, step)
        chosen = share(rng.integers(settings["pairs"], size=training.batch))
        mirrored = share(rng.random(training.batch) < 0.5)
        return _losses(student, *made.take(chosen, mirrored), *weights)

    def probe(module: torch.nn.Module) -> dict[str, float]:
        assert isinstance(module, Student)
        whole = np.arange(len(val))
        return {name: float(value) for name, value in _losses(module, *held.take(whole, whole < 0), *weights).items()}

    return loop.run(losses, minutes, probe, settings["probe_every"])


class Pairs:
    """The teacher's pictures from its own noises: computed once, kept in a file."""

    def __init__(
        self, path: Path, teacher: Flow, under: Base, rgb: np.ndarray, ids: np.ndarray, settings: Mapping[str, Any]
    ) -> None:
        self.under, self.side, self.device = under, teacher.grid.side, teacher.grid.dct.device
        rng = np.random.default_rng(1)
        count = settings["pairs"]
        self.ids = np.asarray(ids[rng.integers(len(rgb), size=count)] if count != len(rgb) else ids)
        self.lengths = prefix.cuts(count, under.count, rng)
        self.path = path
        with together.first():
            if not path.exists():
                np.lib.format.open_memmap(path, "w+", np.float16, (count, 3, self.side, self.side))
        done = path.with_suffix(f".done{together.rank()}of{together.count()}")
        if not done.exists():
            self._make(teacher, settings["teacher_steps"])
            done.touch()
        with together.first():
            self.samples = np.load(path, mmap_mode="r")
        with together.first():
            pass

    @torch.no_grad()
    def _make(self, teacher: Flow, steps: int) -> None:
        samples = np.load(self.path, mmap_mode="r+")
        own = share(np.arange(len(samples)))
        for start in range(0, len(own), _BATCH):
            chosen = own[start : start + _BATCH]
            noise, drawn, k, _ = self.take(chosen, np.zeros(len(chosen), bool), False)
            samples[chosen] = teacher.sample(noise, drawn, k, steps)[0].cpu().half().numpy()
            if start % (10 * _BATCH) == 0:
                say(f"  sampled {start + len(chosen)}/{len(own)} pictures")
        samples.flush()

    def take(
        self, chosen: np.ndarray, mirrored: np.ndarray, ready: bool = True
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Noise, drawn pictures, k and the teacher's samples of the chosen ones, some of them mirrored."""
        noise = torch.stack([
            torch.randn(3, self.side, self.side, generator=torch.Generator().manual_seed(int(i))) for i in chosen
        ])  # fmt: skip
        drawn = self.under.decode(self.ids[chosen], self.lengths[chosen])
        samples = torch.from_numpy(np.asarray(self.samples[chosen], np.float32)) if ready else torch.zeros_like(noise)
        turned = torch.from_numpy(np.ascontiguousarray(mirrored))
        for part in (noise, drawn, samples):
            part[turned] = part[turned].flip(3)
        k = torch.from_numpy(self.lengths[chosen]).float()
        return noise.to(self.device), drawn.to(self.device), k.to(self.device), samples.to(self.device)


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
