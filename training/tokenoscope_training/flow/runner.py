"""A flow's graphs in onnxruntime, sampled as the app samples them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime

from ..encode import to_bytes
from ..evaluate import Runner
from ..shared import gather
from .noise import normal

Steps = int | str
"""How many Euler steps, or "distilled"."""


@lru_cache(maxsize=32)
def _noise(seed: int, shape: tuple[int, ...]) -> np.ndarray:
    return normal(seed, shape)


class FlowRunner(Runner):
    """Like `Runner`; `steps` and `seed` apply to every decode that names none."""

    def __init__(self, folder: Path, threads: int = 2, steps: Steps = 4, seed: int = 0) -> None:
        folder = gather(folder)
        super().__init__(folder, threads)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.steps, self.seed = steps, seed
        self._graphs = {
            name: onnxruntime.InferenceSession(folder / f"{name}.onnx", options)
            for name in ("start", "velocity", "distilled")
            if (folder / f"{name}.onnx").exists()
        }
        (self._shape,) = (tuple(i.shape) for i in self._graphs["start"].get_inputs() if i.name == "noise")

    @property
    def has_distilled(self) -> bool:
        """Whether there is a distilled step."""
        return "distilled" in self._graphs

    def path(self, ids: np.ndarray, k: int, seed: int = 0) -> tuple[Callable[[np.ndarray, float], np.ndarray], np.ndarray]:
        """The velocity of values at a time, and where sampling begins, for ids [K]."""
        length = np.array([k], np.int32)
        feed = {"ids": ids[None].astype(np.int32), "k": length, "noise": _noise(seed, self._shape)}
        start, condition = self._graphs["start"].run(["x", "condition"], feed)

        def velocity(x: np.ndarray, t: float) -> np.ndarray:
            feed = {"x": x.astype(np.float32), "condition": condition, "k": length, "t": np.array([t], np.float32)}
            return self._graphs["velocity"].run(["velocity"], feed)[0]

        return velocity, start

    def decode(self, ids: np.ndarray, k: int, steps: Steps | None = None, seed: int | None = None) -> np.ndarray:
        """ids [K] -> 8-bit RGB [size, size, 3]. Without any steps: what the tokens say, drawn by their own decoder."""
        steps, seed = self.steps if steps is None else steps, self.seed if seed is None else seed
        length = np.array([k], np.int32)
        feed = {"ids": ids[None].astype(np.int32), "k": length, "noise": _noise(seed, self._shape)}
        x, condition = self._graphs["start"].run(["x", "condition"], feed)
        if steps == 0:
            x = np.zeros_like(x)
        count, graph = (1, "distilled") if isinstance(steps, str) else (steps, "velocity")
        for index in range(count):
            feed = {"x": x, "condition": condition, "k": length, "t": np.array([1 - index / count], np.float32)}
            x = x - self._graphs[graph].run(["velocity"], feed)[0] / np.float32(count)
        image = self._decoder.run(["image"], {"x": x, "condition": condition})[0]
        return to_bytes(image[0].transpose(1, 2, 0))
