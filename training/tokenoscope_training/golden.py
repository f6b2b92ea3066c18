"""golden.json: pictures drawn by rule with the ids and pictures that every backend must reproduce."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import drawings
from .encode import decode, encode_with_margins, to_bytes
from .log import say
from .model import Model


@dataclass(frozen=True)
class Extent:
    """Which drawings are written, out of how many candidates each, and at which prefixes beside all tokens."""

    candidates: int = 20
    drawings: tuple[str, ...] = ("hills", "shapes")
    prefixes: tuple[int, ...] = (1, 32)


SMALL, LARGE = Extent(), Extent(4, ("hills",), (64,))
_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}


def _base64(rgb: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(rgb).tobytes()).decode()


def _steadiest(
    model: Model, draw: Callable[[int, int], np.ndarray], candidates: int
) -> tuple[np.ndarray, np.ndarray, float]:
    """Of some drawings the one whose closest decision is clearest, so that rounding cannot change an id."""
    pictures = np.stack([draw(model.basis.zone.size, seed) for seed in range(candidates)])
    ids, margins = encode_with_margins(model, pictures)
    best = int(margins.min(axis=1).argmax())
    return pictures[best], ids[best], float(margins[best].min())


def write(model: Model, path: Path, extent: Extent = SMALL) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Writes the file; returns the picture and its ids by case name."""
    count = model.count
    cases, written = [], {}
    for name in extent.drawings:
        rgb, ids, margin = _steadiest(model, getattr(drawings, name), extent.candidates)
        outputs = [
            {"k": k, "rgb": _base64(to_bytes(decode(model, ids[None], k)[0]))} for k in (*extent.prefixes, count)
        ]
        cases.append({"name": name, "rgb": _base64(rgb), "ids": ids.tolist(), "outputs": outputs})
        written[name] = (rgb, ids)
        say(f"golden {name}: smallest margin between best and second best pair {margin:.2e}")
    path.write_text(json.dumps({"cases": cases, "tolerance": _TOLERANCE}) + "\n")
    return written
