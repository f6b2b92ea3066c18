"""A flow's contact sheet: what steps do, and what another seed does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..log import say
from .runner import FlowRunner, Steps

_GAP, _HEAD = 4, 18
_STEPS_AT, _SEEDS_AT = 32, (8, 64)
_SEEDS = 6


def draw(runner: FlowRunner, originals: Sequence[np.ndarray], out: Path, columns: Sequence[Steps]) -> None:
    """A picture a row in growing steps, all from 32 tokens and seed 0; then the first two again with seeds."""
    side = originals[0].shape[0]
    rows: list[tuple[list[str], list[np.ndarray]]] = []
    head = ["original", "0 steps", *(_words(c) for c in columns)]
    for rgb in originals:
        ids = runner.encode(rgb)
        tiles = [runner.decode(ids, _STEPS_AT, c) for c in (0, *columns)]
        rows.append((head, [rgb, *tiles]))
        head = []
    for rgb, k in zip(originals, _SEEDS_AT, strict=False):
        ids = runner.encode(rgb)
        tiles = [runner.decode(ids, k, max(c for c in columns if isinstance(c, int)), seed) for seed in range(_SEEDS)]
        names = ["original", f"{k} tokens", *(f"seed {seed}" for seed in range(_SEEDS))]
        rows.append((names, [rgb, runner.decode(ids, k, 0), *tiles]))
    heads = sum(_HEAD for names, _ in rows if names)
    size = (max(len(tiles) for _, tiles in rows) * (side + _GAP) - _GAP, heads + len(rows) * (side + _GAP) - _GAP)
    sheet, y = Image.new("RGB", size, "white"), 0
    ink, font = ImageDraw.Draw(sheet), ImageFont.load_default(12)
    for names, tiles in rows:
        for column, name in enumerate(names):
            ink.text((column * (side + _GAP) + 2, y + 2), name, fill=(60, 60, 60), font=font)
        y += _HEAD if names else 0
        for column, tile in enumerate(tiles):
            sheet.paste(Image.fromarray(np.ascontiguousarray(tile)), (column * (side + _GAP), y))
        y += side + _GAP
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(out, quality=88, method=6)
    say(f"{out}: {out.stat().st_size:,} bytes")


def _words(steps: Steps) -> str:
    if isinstance(steps, str):
        return "1 step, distilled"
    return f"{steps} steps" if steps > 1 else "1 step"
