"""Files that several model folders share are stored once, and every reader still finds them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from tokenoscope_training import evaluate, shared

_TOY = Path(__file__).parents[2] / "src/engine/image/fixtures/toy-16"


def _model(models: Path, name: str, **changed: bytes) -> Path:
    """A copy of the toy model whose decoder is its own."""
    folder = models / name
    folder.mkdir()
    manifest = json.loads((_TOY / "manifest.json").read_text()) | {"id": name}
    for entry in shared.entries(manifest):
        payload = changed.get(entry["path"].split(".")[0], (_TOY / entry["path"]).read_bytes())
        entry |= {"bytes": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}
        (folder / entry["path"]).write_bytes(payload)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_shares_what_is_equal_and_nothing_else(tmp_path: Path) -> None:
    first, second = (_model(tmp_path, name, decoder=name.encode(), golden=name.encode()) for name in ("a", "b"))
    weights = (first / "weights.bin").read_bytes()
    name = hashlib.sha256(weights).hexdigest()[:16] + ".bin"
    shared.share(tmp_path)
    assert (tmp_path / "shared" / name).read_bytes() == weights
    for folder in (first, second):
        assert sorted(path.name for path in folder.iterdir()) == ["decoder.onnx", "golden.json", "manifest.json"]
        (data,) = json.loads((folder / "manifest.json").read_text())["files"]["data"]
        assert data["path"] == "weights.bin" and data["from"] == f"../shared/{name}"
    before = (first / "manifest.json").read_text()
    shared.share(tmp_path)
    assert (first / "manifest.json").read_text() == before
    # Unused now: both models were exported again with other weights.
    for folder in (first, second):
        manifest = json.loads((folder / "manifest.json").read_text())
        for entry in shared.entries(manifest):
            entry.pop("from", None)
            payload = folder.name.encode() + entry["path"].encode()
            (folder / entry["path"]).write_bytes(payload)
            entry |= {"bytes": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}
        (folder / "manifest.json").write_text(json.dumps(manifest))
    shared.share(tmp_path)
    assert list((tmp_path / "shared").iterdir()) == []


def test_a_folder_that_shares_is_read_like_any_other(tmp_path: Path) -> None:
    first, _ = _model(tmp_path, "a"), _model(tmp_path, "b")
    assert shared.gather(first) == first
    shared.share(tmp_path)
    assert not (first / "encoder.onnx").exists()
    rgb = np.random.default_rng(0).integers(0, 256, (16, 16, 3), np.uint8)
    ids = evaluate.open_runner(first).encode(rgb)
    assert np.array_equal(ids, evaluate.open_runner(_TOY).encode(rgb))
    shared.bring(first)
    assert (first / "weights.bin").read_bytes() == (_TOY / "weights.bin").read_bytes()


def test_a_file_that_is_not_the_named_one_is_refused(tmp_path: Path) -> None:
    first, _ = _model(tmp_path, "a"), _model(tmp_path, "b")
    (first / "weights.bin").write_bytes(b"other")
    with pytest.raises(SystemExit, match="is not the file"):
        shared.share(tmp_path)
