"""Contact sheets for docs/models.md: a picture a row, the original first, then growing prefixes, through the graphs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from . import data, evaluate
from .flow import sheet as flow
from .flow.runner import FlowRunner
from .log import say
from .neural import pictures

_GAP, _HEAD, _TILE = 4, 18, 128
_WRITING_SEED = 1_000_000_010


def lengths(count: int, ordered: bool) -> list[int]:
    """The prefixes shown: powers of two up to K; without order also those just short of all tokens."""
    powers = [2**i for i in range(count.bit_length()) if 2**i < count]
    if not ordered:
        powers = sorted({*powers[::2], count * 3 // 4, count - 4, count - 2, count - 1})
    return [*powers, count]


def draw(folder: Path, samples: Sequence[Path], out: Path) -> None:
    """The sheet of one model; `samples` are picture files, for glyphs writing is rendered instead."""
    manifest = json.loads((folder / "manifest.json").read_text())
    size, tokens = manifest["image"]["width"], manifest["tokens"]
    runner = evaluate.open_runner(folder, 1)
    columns = lengths(tokens["count"], tokens["ordered"])
    if manifest["family"] == "glyphs":
        from .glyphs.build import colour
        from .glyphs.writing import batch

        originals = list(colour(batch(6, size, pictures.step_generator(_WRITING_SEED, 0))))
    else:
        originals = [data.to_input(Image.open(path), size) for path in samples]
    if isinstance(runner, FlowRunner):
        distilled = ["distilled"] if runner.has_distilled else []
        flow.draw(runner, originals, out, [1, *distilled, 2, 4, 8, 16])
        return
    width = (len(columns) + 1) * (_TILE + _GAP) - _GAP
    sheet = Image.new("RGB", (width, _HEAD + len(originals) * (_TILE + _GAP) - _GAP), "white")
    ink, font = ImageDraw.Draw(sheet), ImageFont.load_default(12)
    for column, text in enumerate(["original", *(f"{k} tokens" if k > 1 else "1 token" for k in columns)]):
        ink.text((column * (_TILE + _GAP) + 2, 2), text, fill=(60, 60, 60), font=font)
    for row, rgb in enumerate(originals):
        ids = runner.encode(rgb)
        for column, tile in enumerate([rgb, *(runner.decode(ids, k) for k in columns)]):
            picture = Image.fromarray(np.ascontiguousarray(tile))
            if size != _TILE:
                picture = picture.resize((_TILE, _TILE), Image.Resampling.NEAREST)
            sheet.paste(picture, (column * (_TILE + _GAP), _HEAD + row * (_TILE + _GAP)))
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(out, quality=88, method=6)
    say(f"{out}: {out.stat().st_size:,} bytes")
