"""Figures of several model folders side by side, beside JPEG and WebP files of the same pictures.

PSNR, SSIM, MS-SSIM and the perceptual distance (the shipped measure, with whose network no model was trained), all on
8-bit pictures and through the exported graphs.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from PIL import Image

from . import data, evaluate
from .log import say
from .neural import measures, pictures

Figures = dict[str, float]
Judge = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""Two pictures, RGB [1, 3, s, s] in [0, 1] -> how far they are apart, [1]."""


def shipped(folder: Path) -> Judge:
    """The distance of a measure's folder, as the app computes it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(folder / "distance.onnx", options)
    return lambda a, b: torch.from_numpy(
        session.run(None, {"a": np.ascontiguousarray(a.numpy()), "b": np.ascontiguousarray(b.numpy())})[0]
    )


_CODECS = (("JPEG", (1, 5, 10, 20)), ("WEBP", (0, 5, 20)), ("AVIF", (0, 10, 20)))
"""Kinds of files and their qualities."""


def measured(drawn: np.ndarray, originals: np.ndarray, judge: Judge) -> Figures:
    """uint8 [n, s, s, 3] twice -> the means of every measure."""
    a, b = pictures.to_planar(drawn), pictures.to_planar(originals)
    with torch.no_grad():
        apart = torch.cat([judge(x, y) for x, y in zip(a.split(1), b.split(1), strict=True)])
        values = {"psnr": measures.psnr(a, b), "ssim": measures.ssim(a, b), "msssim": measures.ms_ssim(a, b)}
    return {**{name: float(value.mean()) for name, value in values.items()}, "distance": float(apart.mean())}


def codec(rgb: np.ndarray, kind: str, quality: int) -> tuple[np.ndarray, int]:
    """A picture through a file of Pillow's: the result and the file's bytes."""
    file = io.BytesIO()
    options = {"method": 6} if kind == "WEBP" else {"optimize": True} if kind == "JPEG" else {"speed": 4}
    Image.fromarray(rgb).save(file, kind, quality=quality, **options)
    return np.asarray(Image.open(file).convert("RGB")), len(file.getvalue())


def compare(
    folders: Sequence[Path], originals: np.ndarray, judge: Judge, prefixes: Sequence[int], out: Path, codecs: bool = True
) -> None:
    """Writes JSON: for each model and prefix, and each codec and quality, bytes and figures."""
    rows: list[dict[str, object]] = []

    def add(name: str, setting: str, size: float, drawn: np.ndarray) -> None:
        row = {"name": name, "setting": setting, "bytes": round(size, 1), **measured(drawn, originals, judge)}
        rows.append(row)
        say(" ".join(f"{key} {value:.4g}" if isinstance(value, float) else str(value) for key, value in row.items()))

    for folder in folders:
        tokens = json.loads((folder / "manifest.json").read_text())["tokens"]
        runner = evaluate.open_runner(folder, 1)
        ids = [runner.encode(rgb) for rgb in originals]
        for k in (k for k in prefixes if k <= tokens["count"]):
            drawn = np.stack([runner.decode(row, k) for row in ids])
            add(folder.name, str(k), k * tokens["bits"] / 8, drawn)
    for kind, qualities in _CODECS if codecs else ():
        for quality in qualities:
            drawn, sizes = zip(*(codec(rgb, kind, quality) for rgb in originals), strict=True)
            add(kind, str(quality), float(np.mean(sizes)), np.stack(drawn))
    out.write_text(json.dumps(rows, indent=1) + "\n")


def photographs(folder: Path, size: int, limit: int | None) -> np.ndarray:
    """Pictures of val.zip where the folder has one, else every picture file in it; uint8 [n, size, size, 3]."""
    if (folder / data.VAL_ZIP).exists():
        return data.load([folder / data.VAL_ZIP], size).rgb[:: max(1, 500 // limit) if limit else 1][:limit]
    return from_files(sorted(p for p in folder.iterdir() if p.suffix.lower() in (".png", ".jpg", ".webp")), size)


def from_files(paths: Sequence[Path], size: int) -> np.ndarray:
    """Picture files as the encoders see them."""
    open_: Callable[[Path], Image.Image] = Image.open
    return np.stack([data.to_input(open_(path), size) for path in paths])
