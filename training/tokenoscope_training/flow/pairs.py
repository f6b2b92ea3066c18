"""Pairs of a flow's noises and what it draws of them: what a straighter flow and a student of one step learn from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..ladder.base import Base
from ..log import say
from ..neural import prefix, together
from .net import Flow
from .train import share

_BATCH = {"cpu": 20, "cuda": 500}


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
        own, size = share(np.arange(len(samples))), _BATCH[self.device.type]
        for start in range(0, len(own), size):
            chosen = own[start : start + size]
            noise, drawn, k, _ = self.take(chosen, np.zeros(len(chosen), bool), False)
            samples[chosen] = teacher.sample(noise, drawn, k, steps)[0].cpu().half().numpy()
            if start % (10 * size) == 0:
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
