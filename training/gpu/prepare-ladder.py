"""Lays what a GPU run of ladder needs into two folders, each under 62 MiB: `python gpu/prepare-ladder.py DATA RUNS OUT`.

DATA holds the three zips, RUNS `perceptual-0.pt`, OUT gets `first/` (half of the pictures, karhunen, the loss network)
and `second/` (the other half, the validation pictures). Pictures that were rotated onto black stay behind, but one in
four: training leaves the others out anyway (`ladder/pool.py`).
"""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from tokenoscope_training.data import TRAIN_ZIPS, VAL_ZIP, dark_corners
from tokenoscope_training.shared import gather

KARHUNEN = Path(__file__).parents[2] / "public" / "models" / "karhunen-128"
LIMIT = 62 << 20
MOVED = 1200
"""So many pictures of the first half travel with the second, which has more room."""


def thin(source: Path, target: Path, away: Path | None) -> int:
    """Copies a zip without three of four pictures with dark corners, the first ones to `away`; returns their number."""
    kept = dark = 0
    with (
        zipfile.ZipFile(source) as given,
        zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as out,
        zipfile.ZipFile(away or target.with_suffix(".none"), "a", zipfile.ZIP_STORED) as other,
    ):
        for name in sorted(given.namelist()):
            payload = given.read(name)
            rgb = np.asarray(Image.open(io.BytesIO(payload)).convert("RGB"))[None]
            if dark_corners(rgb)[0]:
                dark += 1
                if dark % 4:
                    continue
            if away and kept < MOVED:
                other.writestr(f"a-moved/{name.replace('/', '-')}", payload)
            else:
                out.writestr(name, payload)
            kept += 1
    target.with_suffix(".none").unlink(missing_ok=True)
    return kept


def main(data: Path, runs: Path, out: Path) -> None:
    """Fills both folders."""
    first, second = out / "first", out / "second"
    for folder in (first, second):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    others = (second / TRAIN_ZIPS[1], None)
    for name, folder, other in zip(TRAIN_ZIPS, (first, second), others, strict=True):
        print(name, thin(data / name, folder / name, other), "pictures")
    (first / "karhunen-128").mkdir()
    for file in gather(KARHUNEN).iterdir():
        shutil.copyfile(file, first / "karhunen-128" / file.name)
    state = torch.load(runs / "perceptual-0.pt", map_location="cpu", weights_only=True)
    torch.save(state, first / "perceptual-0.pt")
    shutil.copyfile(data / VAL_ZIP, second / VAL_ZIP)
    for folder in (first, second):
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(folder, f"{size / 2**20:.1f} MiB", "" if size < LIMIT else "TOO LARGE")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
