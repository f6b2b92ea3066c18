"""What storing a model smaller costs: the same pictures before and after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from .. import evaluate
from ..log import say
from .references import held_out

MOST_DB, MOST_DISTANCE = 0.03, 0.01
"""What storing may cost: PSNR in dB, and a share of the distance."""


def compare(old: Path, new: Path, data: Path, runs: Path, count: int, measure: Path) -> None:
    """PSNR and distance of both on held-out pictures. Exits where storing cost too much."""
    pictures = held_out(new, data, runs, count)
    session = onnxruntime.InferenceSession(measure / "distance.onnx") if pictures.shape[1] == 128 else None
    tokens = json.loads((new / "manifest.json").read_text())["tokens"]["count"]
    lengths = sorted({k for k in (1, 8, 32, 64, tokens) if k <= tokens})
    before, after = evaluate.open_runner(old, 1), evaluate.open_runner(new, 1)
    ids, others = ([runner.encode(rgb) for rgb in pictures] for runner in (before, after))
    same = np.mean([np.mean(a == b) for a, b in zip(ids, others, strict=True)])
    say(f"{len(pictures)} pictures, {100 * same:.3f} % of the ids equal")
    failed = False
    for name, asked in _ways(before, lengths):
        rows = []
        for rgb, a, b in zip(pictures, ids, others, strict=True):
            drawn = (before.decode(a, **asked), after.decode(b, **asked))
            far = [_distance(session, rgb, image) for image in drawn]
            rows.append([*(evaluate.psnr(rgb, image) for image in drawn), *far, np.abs(np.subtract(*drawn, dtype=int)).max()])
        psnr_a, psnr_b, far_a, far_b, _ = np.mean(rows, 0)
        say(f"{name}: {psnr_a:.3f} -> {psnr_b:.3f} dB, distance {far_a:.4f} -> {far_b:.4f}, "
            f"at most {np.max(rows, 0)[4]:.0f} of 255 between them")  # fmt: skip
        failed |= psnr_b < psnr_a - MOST_DB or far_b > far_a * (1 + MOST_DISTANCE)
    if failed:
        raise SystemExit(f"storing costs more than {MOST_DB} dB or {MOST_DISTANCE:.0%} of the distance")


def _ways(runner: evaluate.Runner, lengths: list[int]) -> list[tuple[str, dict[str, Any]]]:
    if not hasattr(runner, "has_distilled"):
        return [(f"k = {k}", {"k": k}) for k in lengths]
    steps = [1, 4, *(["distilled"] if runner.has_distilled else [])]
    return [(f"k = {k}, {n} steps", {"k": k, "steps": n}) for n in steps for k in lengths[1:]]


def _distance(session: onnxruntime.InferenceSession | None, *pair: np.ndarray) -> float:
    if session is None:
        return 0.0
    a, b = (rgb.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255) for rgb in pair)
    return float(session.run(None, {"a": a, "b": b})[0][0])
