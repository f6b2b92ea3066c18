"""golden.json: pictures drawn by rule with the ids and pictures that every backend must reproduce."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from . import drawings
from .encode import decode, encode_with_margins, to_bytes
from .log import say
from .model import Model

_CANDIDATES = 20
_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}


def _base64(rgb: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(rgb).tobytes()).decode()


def _steadiest(model: Model, draw: Callable[[int, int], np.ndarray]) -> tuple[np.ndarray, np.ndarray, float]:
    """Of some drawings the one whose closest decision is clearest, so that rounding cannot change an id."""
    pictures = np.stack([draw(model.basis.zone.size, seed) for seed in range(_CANDIDATES)])
    ids, margins = encode_with_margins(model, pictures)
    best = int(margins.min(axis=1).argmax())
    return pictures[best], ids[best], float(margins[best].min())


def write(model: Model, path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Writes the file; returns the picture and its ids by case name."""
    count = model.count
    cases, written = [], {}
    for name, draw in (("hills", drawings.hills), ("shapes", drawings.shapes)):
        rgb, ids, margin = _steadiest(model, draw)
        outputs = [
            {"k": k, "rgb": _base64(to_bytes(decode(model, ids[None], k)[0]))} for k in (1, 32, count)
        ]
        cases.append({"name": name, "rgb": _base64(rgb), "ids": ids.tolist(), "outputs": outputs})
        written[name] = (rgb, ids)
        say(f"golden {name}: smallest margin between best and second best pair {margin:.2e}")
    path.write_text(json.dumps({"cases": cases, "tolerance": _TOLERANCE}) + "\n")
    return written
