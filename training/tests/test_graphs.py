"""The ONNX graphs against the numpy reference."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from tokenoscope_training import encode, export_onnx
from tokenoscope_training.model import Model

from .conftest import synthetic_pictures

Sessions = tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession]


@pytest.fixture(scope="module")
def sessions(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Sessions:
    folder: Path = tmp_path_factory.mktemp("model")
    export_onnx.export(model, folder)
    return tuple(onnxruntime.InferenceSession(folder / f"{name}.onnx") for name in ("encoder", "decoder"))


def _input(rgb: np.ndarray) -> np.ndarray:
    return rgb.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255)


def test_encoder_ids_equal_the_reference(model: Model, sessions: Sessions) -> None:
    pictures = synthetic_pictures(20, 32, 2)
    ids = np.concatenate([sessions[0].run(["ids"], {"image": _input(rgb)})[0] for rgb in pictures])
    assert ids.dtype == np.int32 and ids.shape == (20, 30)
    assert np.mean(ids == encode.encode(model, pictures)) > 0.99


@pytest.mark.parametrize("k", [1, 5, 12, 13, 22, 23, 30])
def test_decoder_equals_the_reference_and_ignores_later_ids(model: Model, sessions: Sessions, k: int) -> None:
    ids = encode.encode(model, synthetic_pictures(1, 32, 3))
    garbage = ids.copy()
    garbage[:, k:] = 63
    out = sessions[1].run(["image"], {"ids": garbage, "k": np.array([k], np.int32)})[0]
    expected = encode.decode(model, ids, k)[0].transpose(2, 0, 1)[None]
    assert np.abs(out - expected).max() < 1e-4
