"""Bits per byte of held-out text, in overlapping windows: every id but the first few sees at least half a context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np

LogProbs = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Inputs and targets int64 [n, t] -> natural log-probabilities of the targets, float [n, t]."""


@dataclass(frozen=True)
class Windows:
    """Inputs and targets int64 [n, context]; `first` [n]: the first position of each that counts (target -1: none)."""

    inputs: np.ndarray
    targets: np.ndarray
    first: np.ndarray


def windows(ids: np.ndarray, start: int, context: int) -> Windows:
    """The text's windows, each half a context after the other; the first begins with `start`."""
    text = np.concatenate(([start], ids.astype(np.int64)))
    step = context // 2
    begins = np.arange(0, max(1, len(ids) - step), step)
    inputs = np.zeros((len(begins), context), np.int64)
    targets = np.full((len(begins), context), -1, np.int64)
    for row, begin in enumerate(begins):
        part = text[begin : begin + context + 1]
        inputs[row, : len(part) - 1], targets[row, : len(part) - 1] = part[:-1], part[1:]
    # Each window but the first begins with the last id before it instead of the start, as a cache would.
    return Windows(inputs, targets, np.where(begins == 0, 0, step))


def bits(log_probs: LogProbs, part: Windows, batch: int) -> tuple[float, np.ndarray]:
    """The whole text's bits, and the mean bits at every position of a window [context]."""
    total, context = 0.0, part.inputs.shape[1]
    sums, counts = np.zeros(context), np.zeros(context)
    for begin in range(0, len(part.inputs), batch):
        rows = slice(begin, begin + batch)
        targets = part.targets[rows]
        known = targets >= 0
        cost = -log_probs(part.inputs[rows], np.maximum(targets, 0)) / log(2)
        counted = known & (np.arange(context) >= part.first[rows, None])
        total += float(cost[counted].sum())
        sums += np.where(known, cost, 0).sum(0)
        counts += known.sum(0)
    return total, sums / np.maximum(counts, 1)
