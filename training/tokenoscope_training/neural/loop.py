"""The training loop of every learned model: mixed precision, checkpoints, resume, a log, time-boxed legs.

A step's batch depends only on the seed and the step's number, so a resumed run continues exactly where the
interrupted one would have gone. The rate is constant after a warmup and falls to zero over the last `decay`
share of the steps, so a run can be shortened or prolonged by resuming it with another number of steps.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from ..log import say
from . import together
from .config import Training

Losses = dict[str, torch.Tensor]
"""What one step gives: `loss` is minimised, the rest is only logged."""


def schedule(settings: Training, step: int, progress: float | None = None) -> float:
    """The factor of the rate at `step`: linear warmup, constant, linear decay.

    `progress` is the share of the run that is over, `step` of all steps by default.
    """
    if progress is None:
        progress = step / settings.steps
    warm = (step + 1) / max(1.0, settings.warmup * settings.steps)
    fall = (1 - progress) / max(settings.decay, 1e-9)
    return max(0.0, min(1.0, warm, fall))


def device() -> torch.device:
    """The accelerator where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Average:
    """An exponential moving average of parameters and buffers, which is what gets exported."""

    def __init__(self, module: nn.Module) -> None:
        self.values = {name: value.detach().clone() for name, value in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: nn.Module, decay: float, step: int) -> None:
        """One step; the decay is smaller at first, so that the start is forgotten."""
        decay = min(decay, (1 + step) / (10 + step))
        for name, value in module.state_dict().items():
            if value.is_floating_point():
                self.values[name].lerp_(value.detach(), 1 - decay)
            else:
                self.values[name].copy_(value)


class Loop:
    """Trains `module` in `folder`, which keeps `checkpoint.pt` and `log.jsonl`."""

    def __init__(self, module: nn.Module, settings: Training, folder: Path, resume: bool) -> None:
        self.device = device()
        self.module = module.to(self.device, memory_format=torch.channels_last)
        self.settings = settings
        self.folder = folder
        self.step = 0
        self.progress = 0.0
        self.average = Average(module)
        if settings.compile:
            module.compile()
        decayed = [p for p in module.parameters() if p.requires_grad and p.ndim > 1]
        plain = [p for p in module.parameters() if p.requires_grad and p.ndim <= 1]
        self._trained = [*decayed, *plain]
        groups = [{"params": decayed, "weight_decay": settings.weight_decay}, {"params": plain, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, settings.beta2))
        folder.mkdir(parents=True, exist_ok=True)
        if resume and self._checkpoint.exists():
            self._load()
        elif not together.rank():
            (folder / "log.jsonl").unlink(missing_ok=True)

    @property
    def _checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def _load(self) -> None:
        state = torch.load(self._checkpoint, map_location=self.device, weights_only=True)
        self.module.load_state_dict(state["module"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average.values = state["average"]
        self.step = state["step"]
        say(f"resumed {self.folder.name} at step {self.step}")

    def save(self) -> None:
        """Writes the checkpoint atomically: a killed run leaves the previous one."""
        if together.rank():
            return
        state = {
            "module": self.module.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average.values,
            "step": self.step,
        }
        partial = self._checkpoint.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(self._checkpoint)

    def run(
        self,
        losses: Callable[[int], Losses],
        minutes: float | None = None,
        probe: Callable[[nn.Module], dict[str, float]] | None = None,
        probe_every: int = 500,
        save_seconds: float = 120,
        finish: bool = False,
    ) -> bool:
        """Steps until `settings.steps`, or until `minutes` are over. True when all steps are done.

        With `finish` the minutes are the run's whole length, however many steps fit: the rate falls to zero with them.

        `losses(step)` computes the losses of one step through `self.module`; `probe` measures the averaged
        weights every `probe_every` steps.
        """
        began = saved = shown = time.monotonic()
        smooth: dict[str, float] = {}
        first = self.step
        self.module.train()
        timed = minutes if finish else None
        try:
            while timed or self.step < self.settings.steps:
                now = time.monotonic()
                self.progress = (now - began) / (60 * timed) if timed else self.step / self.settings.steps
                if minutes is not None and together.agreed(now - began > 60 * minutes):
                    break
                values = self._advance(losses)
                for name, value in values.items():
                    smooth[name] = value if name not in smooth else smooth[name] + 0.05 * (value - smooth[name])
                if self.step % 20 == 0:
                    self._log({"step": self.step, "seconds": round(now - began, 1), **_rounded(smooth)})
                if probe and self.step % probe_every == 0:
                    self._probe(probe)
                if now - shown > 5:
                    shown = now
                    self._show(smooth, (self.step - first) / (now - began), now - began)
                if now - saved > save_seconds:
                    saved = now
                    self.save()
        finally:
            self.save()
        if probe:
            self._probe(probe)
        say(f"{self.folder.name}: step {self.step} of {self.settings.steps}")
        return bool(timed) or self.step >= self.settings.steps

    def _advance(self, losses: Callable[[int], Losses]) -> dict[str, float]:
        settings = self.settings
        for group in self.optimiser.param_groups:
            group["lr"] = settings.rate * schedule(settings, self.step, self.progress)
        torch.manual_seed(settings.seed * 1_000_003 + self.step + together.rank() * 7_919_000_003)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=settings.half):
            values = losses(self.step)
        self.optimiser.zero_grad(set_to_none=True)
        values["loss"].backward()
        together.average(self._trained)
        norm = nn.utils.clip_grad_norm_(self.module.parameters(), settings.clip)
        if torch.isfinite(norm):
            self.optimiser.step()
            self.average.update(self.module, settings.average, self.step)
        self.step += 1
        return {name: float(value.detach()) for name, value in values.items()}

    def averaged(self) -> nn.Module:
        """The module with the averaged weights loaded, in evaluation mode. Training goes on after `restore`."""
        self._held = {name: value.clone() for name, value in self.module.state_dict().items()}
        self.module.load_state_dict(self.average.values)
        return self.module.eval()

    def restore(self) -> None:
        """Puts the trained weights back after `averaged`."""
        self.module.load_state_dict(self._held)
        self.module.train()

    def _probe(self, probe: Callable[[nn.Module], dict[str, float]]) -> None:
        if together.rank():
            return
        with torch.no_grad():
            figures = probe(self.averaged())
        self.restore()
        self._log({"step": self.step, "probe": _rounded(figures)})
        say(f"step {self.step}: " + ", ".join(f"{name} {value:.4g}" for name, value in figures.items()))

    def _log(self, line: dict[str, object]) -> None:
        if together.rank():
            return
        with (self.folder / "log.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")

    def _show(self, smooth: dict[str, float], speed: float, elapsed: float) -> None:
        if together.rank():
            return
        share = self.progress
        left = (1 - share) / max(share, 1e-9) * elapsed / 60
        figures = ", ".join(f"{name} {value:.4g}" for name, value in smooth.items())
        bar = "#" * int(24 * share) + "-" * (24 - int(24 * share))
        line = f"{self.folder.name} [{bar}] step {self.step}, {speed:.2f}/s {left:.0f} min left: {figures}"
        print(f"\r{line}" if sys.stdout.isatty() else line, end="" if sys.stdout.isatty() else "\n", flush=True)


def shorten(settings: Training, steps: int | None) -> Training:
    """The settings with another number of steps, where one is given."""
    return replace(settings, steps=steps) if steps else settings


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: float(f"{value:.5g}") for name, value in figures.items()}


def load_averaged(module: nn.Module, folder: Path) -> int:
    """Loads a run's averaged weights into the module; returns the step they are from."""
    state = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True)
    module.load_state_dict(state["average"])
    module.eval()
    return int(state["step"])


def read_log(folder: Path) -> Iterable[dict[str, object]]:
    """The lines of a run's log, for plots."""
    with (folder / "log.jsonl").open() as file:
        return [json.loads(line) for line in file]
