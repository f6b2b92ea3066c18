"""How straight a flow's paths are: what its first step could know of where the path ends (Liu, Gong, Liu 2023)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch

from ..log import say
from .runner import FlowRunner

Values = TypeVar("Values", np.ndarray, torch.Tensor)


def straightness(velocity: Callable[[Values, float], Values], start: Values, steps: int) -> Values:
    """Mean over a path's own Euler steps of |whole way - velocity|^2 / |whole way|^2: [n], 0 where one step is enough.

    `start` [n, c, h, w] at t = 1; `velocity` of such values and a time.
    """
    x, speeds = start, []
    for index in range(steps):
        speeds.append(velocity(x, 1 - index / steps))
        x = x - speeds[-1] / steps
    way = start - x
    apart = sum(((way - speed) ** 2).sum((1, 2, 3)) for speed in speeds) / steps
    return apart / (way**2).sum((1, 2, 3))


def measure(model: Path, originals: np.ndarray, lengths: Sequence[int], steps: int) -> dict[int, float]:
    """The mean straightness of a model folder's paths by prefix length, from seed 0, through its graphs."""
    runner, values = FlowRunner(model, 1), {}
    ids = [runner.encode(rgb) for rgb in originals]
    for k in lengths:
        values[k] = float(np.mean([straightness(*runner.path(row, k), steps) for row in ids]))
        say(f"{model.name}, {k} tokens, {steps} steps: {values[k]:.4f}")
    return values
