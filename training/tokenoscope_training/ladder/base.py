"""The tokenizer whose ids ladder draws: an exported model folder, so that nothing depends on how it was made."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from ..log import say
from ..shared import gather


class Base:
    """Both graphs of an ordered model folder in onnxruntime, a picture at a time and `threads` at once."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder = folder
        self.files = gather(folder)
        self.manifest = json.loads((folder / "manifest.json").read_text())
        self.size: int = self.manifest["image"]["width"]
        self.count: int = self.manifest["tokens"]["count"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._encoder, self._decoder = (
            onnxruntime.InferenceSession(self.files / f"{name}.onnx", options) for name in ("encoder", "decoder")
        )
        self._pool = ThreadPoolExecutor(threads)

    def _encode(self, rgb: np.ndarray) -> np.ndarray:
        image = rgb.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255)
        return self._encoder.run(["ids"], {"image": image})[0][0]

    def _decode(self, job: tuple[np.ndarray, int]) -> np.ndarray:
        ids, k = job
        feed = {"ids": ids[None].astype(np.int32), "k": np.array([k], np.int32)}
        return self._decoder.run(["image"], feed)[0][0]

    def encode(self, rgb: np.ndarray) -> np.ndarray:
        """uint8 [n, s, s, 3] -> ids int32 [n, K]."""
        return np.stack(list(self._pool.map(self._encode, rgb)))

    def decode(self, ids: np.ndarray, k: np.ndarray) -> torch.Tensor:
        """ids [n, K], k int [n] -> pictures RGB float32 [n, 3, s, s], clamped to [0, 1]."""
        drawn = np.stack(list(self._pool.map(self._decode, zip(ids, k.tolist(), strict=True))))
        return torch.from_numpy(drawn).clamp_(0, 1)

    def encoded(self, pictures: np.ndarray, runs: Path, name: str) -> np.ndarray:
        """The ids of all pictures as uint16 [n, K], kept in `runs`; resumes where an interrupted run stopped.

        The file is named after the graph, so another version of the base gets another one.
        """
        version = self.manifest["files"]["encoder"]["sha256"][:8] + self.manifest["files"]["data"][0]["sha256"][:8]
        path = runs / f"ids-{self.folder.name}-{version}-{name}-{len(pictures)}.npy"
        done = path.with_suffix(".done")
        start = int(done.read_text()) if done.exists() else 0
        shape = (len(pictures), self.count)
        ids = np.lib.format.open_memmap(path, "r+" if start else "w+", dtype=np.uint16, shape=shape)
        for index in range(start, len(pictures), 200):
            ids[index : index + 200] = self.encode(np.asarray(pictures[index : index + 200]))
            ids.flush()
            done.write_text(str(min(index + 200, len(pictures))))
            say(f"  encoded {min(index + 200, len(pictures))}/{len(pictures)} pictures")
        return ids
