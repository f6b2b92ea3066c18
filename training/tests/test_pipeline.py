"""The documented command on a small scale: zips in, a model folder out."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tokenoscope_training import codebooks, karhunen, local

from .conftest import synthetic_pictures

_SMALL = karhunen.Config(
    size=32, luma=24, chroma=12, keep=400, components=300, crops=1,
    tokens=codebooks.Recipe(count=4, dims=6, samples=500, kmeans_steps=2, joint_steps=1),
    rounds=(
        local.Recipe(block=8, rounds=8, choices=64, dims=10, pictures=200, scouts=16),
        local.Recipe(block=4, rounds=6, choices=64, dims=10, pictures=200, scouts=16),
    ),
)  # fmt: skip


def _zip(path: Path, count: int, seed: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for index, rgb in enumerate(synthetic_pictures(count, 40, seed)):
            payload = io.BytesIO()
            Image.fromarray(rgb).save(payload, "WEBP", lossless=True)
            archive.writestr(f"drawn/{index:05d}.webp", payload.getvalue())


def test_command_makes_a_model_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(karhunen.CONFIGS, "tiny", _SMALL)
    for seed, (name, count) in enumerate((("train-0.zip", 200), ("train-1.zip", 200), ("val.zip", 12))):
        _zip(tmp_path / name, count, seed)
    out = tmp_path / "tiny"
    karhunen.build(tmp_path, out, "tiny", 0, tmp_path / "runs", resume=False, limit=None)

    manifest = json.loads((out / "manifest.json").read_text())
    described = [manifest["golden"], manifest["files"]["encoder"], manifest["files"]["decoder"]]
    for entry in described + manifest["files"]["data"]:
        payload = (out / entry["path"]).read_bytes()
        assert entry["bytes"] == len(payload)
        assert entry["sha256"] == hashlib.sha256(payload).hexdigest()
    assert manifest["tokens"]["count"] == 36
    figures = list(manifest["figures"]["psnr"].values())
    assert figures == sorted(figures) and figures[-1] > figures[0] + 2
    golden = json.loads((out / "golden.json").read_text())
    assert [len(case["ids"]) for case in golden["cases"]] == [36, 36]
    assert np.all([case["outputs"][0]["k"] == 1 for case in golden["cases"]])

    before = (out / "weights.bin").read_bytes()
    karhunen.build(tmp_path, out, "tiny", 0, tmp_path / "runs", resume=True, limit=None)
    assert (out / "weights.bin").read_bytes() == before
