"""What wrong tokens do to a grid model's pictures: a share of them replaced by near codes, through the exported graphs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from . import evaluate
from .log import say
from .neural import measures, pictures
from .shared import gather


def codebook(folder: Path) -> np.ndarray:
    """The codes of a grid model, float32 [count, dims]: the one table in its decoder with a row for each code."""
    count = json.loads((folder / "manifest.json").read_text())["tokens"]["codebookSize"]
    graph = onnx.load(gather(folder) / "decoder.onnx").graph
    tables = [t for t in graph.initializer if len(t.dims) == 2 and t.dims[0] == count]
    if len(tables) != 1:
        raise SystemExit(f"{folder} has no codebook of {count} vectors: only grid models do")
    return numpy_helper.to_array(tables[0]).astype(np.float32)


def nearest(codes: np.ndarray, count: int) -> np.ndarray:
    """The `count` other codes nearest to each, int [codes, count]."""
    squares = np.square(codes).sum(1)
    apart = squares[:, None] - 2 * codes @ codes.T + squares
    np.fill_diagonal(apart, np.inf)
    return np.argsort(apart, axis=1)[:, :count]


def replaced(ids: np.ndarray, near: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """`share` of the ids [K], chosen evenly, become one of those `near` [codes, n] to them."""
    out = ids.copy()
    chosen = rng.permutation(len(ids))[: round(share * len(ids))]
    out[chosen] = near[ids[chosen], rng.integers(near.shape[1], size=len(chosen))]
    return out


def wrong(
    folders: Sequence[Path], originals: np.ndarray, shares: Sequence[float], nears: Sequence[int], draws: int, out: Path
) -> None:
    """Writes JSON: PSNR, SSIM and MS-SSIM of each model by share and number of near codes, and how far (root mean
    square, of 255) its pictures moved.

    Every model has the same places and ranks replaced, from seeds 0 to `draws` - 1.
    """
    rows: list[dict[str, object]] = []
    for folder in folders:
        runner, codes = evaluate.open_runner(folder, 1), codebook(folder)
        ids = [runner.encode(rgb) for rgb in originals]
        clean = np.stack([runner.decode(row, len(row)) for row in ids])
        for near, share in [(0, 0.0), *((near, share) for near in nears for share in shares if share)]:
            others = nearest(codes, near) if near else np.empty((len(codes), 1), int)
            figures: list[dict[str, float]] = []
            for seed in range(draws if share else 1):
                rngs = [np.random.default_rng((seed, index)) for index in range(len(ids))]
                moved = [replaced(row, others, share, rng) for row, rng in zip(ids, rngs, strict=True)]
                drawn = np.stack([runner.decode(row, len(row)) for row in moved]) if share else clean
                figures.append({**_measured(drawn, originals), "from_clean": _rms(drawn, clean)})
            row = {"name": folder.name, "near": near, "share": share}
            row |= {name: round(float(np.mean([one[name] for one in figures])), 4) for name in figures[0]}
            rows.append(row)
            say(", ".join(f"{name} {value}" for name, value in row.items()))
    out.write_text(json.dumps(rows, indent=1) + "\n")


def _measured(drawn: np.ndarray, originals: np.ndarray) -> dict[str, float]:
    rows: dict[str, list[torch.Tensor]] = {"psnr": [], "ssim": [], "msssim": []}
    for start in range(0, len(drawn), 25):
        a, b = (pictures.to_planar(part[start : start + 25]) for part in (drawn, originals))
        rows["psnr"].append(measures.psnr(a, b))
        rows["ssim"].append(measures.ssim(a, b))
        rows["msssim"].append(measures.ms_ssim(a, b))
    return {name: float(torch.cat(values).mean()) for name, values in rows.items()}


def _rms(a: np.ndarray, b: np.ndarray) -> float:
    """Root of the mean squared difference of 8-bit pictures."""
    return float(np.sqrt(np.square(a.astype(np.float32) - b).mean()))
