"""Lays what a GPU run of ladder needs into one folder: `python gpu/prepare-ladder.py DATA RUNS OUT [MEGABYTES]`.

DATA holds the three zips, RUNS `perceptual-0.pt`. At 160 pixels the pictures are too large for one transfer beside
karhunen, so they travel at 144, and as many of caltech101's as there is room for (default 45 MB of pictures); those
that were rotated onto black stay behind. The last pictures keep their order: training leaves them out (`HELD`).
"""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from tokenoscope_training.data import TRAIN_ZIPS, VAL_ZIP, dark_corners
from tokenoscope_training.shared import gather

KARHUNEN = Path(__file__).parents[2] / "public" / "models" / "karhunen-128"
SIDE, QUALITY = 144, 74
PROBES = 60


def smaller(payload: bytes) -> bytes | None:
    """A picture at 144x144 as WebP; None where its corners are black."""
    picture = Image.open(io.BytesIO(payload)).convert("RGB")
    if dark_corners(np.asarray(picture)[None])[0]:
        return None
    file = io.BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(file, "WEBP", quality=QUALITY)
    return file.getvalue()


def shrink(source: Path, target: Path, budget: int) -> None:
    """Writes the pictures of one zip, caltech101's last, up to `budget` bytes."""
    with zipfile.ZipFile(source) as given:
        names = sorted(given.namelist())
        payloads = [given.read(name) for name in names]
    with ProcessPoolExecutor() as pool:
        made = dict(zip(names, pool.map(smaller, payloads, chunksize=64), strict=True))
    taken, size = [], 0
    for name in sorted(names, key=lambda name: name.startswith("caltech101")):
        payload = made[name]
        if payload and size + len(payload) + 150 < budget:
            taken.append(name)
            size += len(payload) + 150
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(taken):
            out.writestr(name, made[name] or b"")
    print(target.name, len(taken), "pictures,", target.stat().st_size, "bytes")


def main(data: Path, runs: Path, out: Path, megabytes: str = "45") -> None:
    """Fills the folder."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "karhunen-128").mkdir(parents=True)
    for name in TRAIN_ZIPS:
        shrink(data / name, out / name, int(float(megabytes) * 500_000))
    for file in gather(KARHUNEN).iterdir():
        if file.name != "golden.json":
            shutil.copyfile(file, out / "karhunen-128" / file.name)
    state = torch.load(runs / "perceptual-0.pt", map_location="cpu", weights_only=True)
    halves = {name: value.half() if value.is_floating_point() and value.numel() > 1000 else value for name, value in state.items()}
    torch.save(halves, out / "perceptual-0.pt")
    with zipfile.ZipFile(data / VAL_ZIP) as given, zipfile.ZipFile(out / VAL_ZIP, "w") as few:
        names = sorted(given.namelist())
        for name in names[:: len(names) // PROBES]:
            few.writestr(name, given.read(name))
    print(out, sum(path.stat().st_size for path in out.rglob("*") if path.is_file()), "bytes")


if __name__ == "__main__":
    data, runs, out, *size = sys.argv[1:]
    main(Path(data), Path(runs), Path(out), *size)
