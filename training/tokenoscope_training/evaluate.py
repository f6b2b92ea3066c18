"""Figures measured through the exported ONNX files, never through the training code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from .encode import to_bytes
from .shared import gather

PREFIXES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Runner:
    """The two graphs of a model folder in onnxruntime on the CPU."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        folder = gather(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._encoder, self._decoder = (
            onnxruntime.InferenceSession(folder / f"{name}.onnx", options) for name in ("encoder", "decoder")
        )

    def encode(self, rgb: np.ndarray) -> np.ndarray:
        """uint8 [size, size, 3] -> ids int32 [K]."""
        image = rgb.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255)
        return self._encoder.run(["ids"], {"image": image})[0][0]

    def decode(self, ids: np.ndarray, k: int) -> np.ndarray:
        """ids [K] -> 8-bit RGB [size, size, 3]."""
        feed = {"ids": ids[None].astype(np.int32), "k": np.array([k], np.int32)}
        return to_bytes(self._decoder.run(["image"], feed)[0][0].transpose(1, 2, 0))


def open_runner(folder: Path, threads: int = 2) -> Runner:
    """The runner that a model folder needs: a flow is sampled in the steps of its manifest, from seed 0."""
    described = folder / "manifest.json"
    sampler = json.loads(described.read_text()).get("sampler") if described.exists() else None
    if sampler is None:
        return Runner(folder, threads)
    from .flow.runner import FlowRunner

    return FlowRunner(folder, threads, sampler["default"])


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Peak signal-to-noise ratio of two 8-bit pictures, dB over all values of all channels."""
    error = np.mean(np.square(a.astype(np.float64) - b.astype(np.float64)))
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def measure(
    runner: Runner, pictures: np.ndarray, count: int, lengths: Sequence[int] = PREFIXES
) -> tuple[dict[int, float], np.ndarray]:
    """Mean of the pictures' PSNR by prefix length, and all ids int32 [n, K]."""
    prefixes = [k for k in lengths if k <= count]
    ids = np.stack([runner.encode(rgb) for rgb in pictures])
    values = {
        k: float(np.mean([psnr(rgb, runner.decode(row, k)) for rgb, row in zip(pictures, ids, strict=True)]))
        for k in prefixes
    }
    return values, ids
