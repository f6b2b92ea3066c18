"""Calibrating the distance, checking it on distortions, and exporting it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..log import say
from ..manifest import describe_file, revision
from ..neural import config, export, pictures
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from . import distance as perceptual
from .distortions import SERIES, jpeg
from .net import FeatureNet

SEEDS = (0, 1)
"""0 is the training loss, 1 the measure: a model is never judged by the network that it was trained with."""
_CALIBRATION = 200
_REFERENCE_QUALITY = 10


def calibrated(data: Path, runs: Path, size: str, seed: int) -> perceptual.Distance:
    """The distance from a finished run, scaled on every second validation picture; kept as `perceptual-SEED.pt`."""
    settings = config.read("perceptual", size)
    net = FeatureNet(tuple(settings["widths"]))
    load_averaged(net, runs / f"perceptual-{size}-seed{seed}")
    distance = perceptual.Distance(net).eval().requires_grad_(False)
    rgb = pictures.cached(data, runs, "val", settings["picture"])[::2][:_CALIBRATION]
    worse = np.stack([jpeg(picture, _REFERENCE_QUALITY) for picture in rgb])
    distance.calibrate(pictures.to_planar(rgb), pictures.to_planar(worse))
    export.round_weights(distance)
    perceptual.save(distance, runs / f"perceptual-{seed}.pt")
    return distance


@torch.no_grad()
def series(distance: perceptual.Distance, rgb: np.ndarray) -> dict[str, dict[str, float]]:
    """The mean distance of uint8 pictures [n, h, w, 3] to each distortion of them."""
    originals = pictures.to_planar(rgb)
    table: dict[str, dict[str, float]] = {}
    for name, (distort, strengths) in SERIES.items():
        table[name] = {}
        for strength in strengths:
            worse = pictures.to_planar(np.stack([distort(picture, strength) for picture in rgb]))
            table[name][str(strength)] = round(float(distance(originals, worse).mean()), 3)
        say(f"{name}: " + ", ".join(f"{k}: {v}" for k, v in table[name].items()))
    return table


class _Exported(nn.Module):
    def __init__(self, distance: perceptual.Distance) -> None:
        super().__init__()
        self.distance = distance

    def forward(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """Two pictures [1, 3, h, w] -> distance [1]."""
        return self.distance(a, b)


def build(data: Path, out: Path, runs: Path, size: str, seed: int, command: str) -> None:
    """Writes `distance.onnx`, its weights, and `measure.json` with the calibration table and reference values."""
    distance = calibrated(data, runs, size, seed)
    held = pictures.cached(data, runs, "val", 128)[1::2][:100]
    out.mkdir(parents=True, exist_ok=True)
    weights = WeightFile("weights.bin")
    pair = tuple(torch.rand(1, 3, 128, 128) for _ in range(2))
    graph = export.to_onnx(_Exported(distance).eval(), pair, ("a", "b"), "distance")
    export.store(graph, weights)
    weights.write(out)
    export.write(graph, out / "distance.onnx")
    text = {
        "schema": 1,
        "id": out.name,
        "label": "Tokenoscope distance",
        "files": {"graph": describe_file(out / "distance.onnx"), "data": [describe_file(out / "weights.bin")]},
        "image": {"width": 128, "height": 128},
        "scale": "1 = JPEG at quality 10 (Pillow, 4:2:0) of 128x128 photographs, on average",
        "series": series(distance, held),
        "training": {"command": command, "seed": seed, "revision": revision()},
    }
    (out / "measure.json").write_text(json.dumps(text, indent=2) + "\n")
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")
