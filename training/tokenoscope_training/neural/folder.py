"""The rest of a model folder: golden.json and manifest.json, and the figures measured through the graphs."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .. import evaluate
from ..log import say
from ..manifest import describe_file, read_golden, revision

PHOTOS = "photos160: imagenette, caltech101, one picture of each ImageNet class, BSDS500 (23,534 pictures of 160 px)"
PHOTOS_LICENCE = (
    "Caltech 101: CC BY 4.0. ImageNet and imagenette pictures and BSDS500 are for research use; "
    "no picture is contained in the model's files."
)


@dataclass(frozen=True)
class Reference:
    """What the Python reference computes.

    `encode`: uint8 [n, h, w, 3] -> ids int [n, K] and how clear each picture's closest decision is, [n].
    `decode`: ids [K], k -> 8-bit RGB [h, w, 3].
    """

    encode: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
    decode: Callable[[np.ndarray, int], np.ndarray]


def write_golden(
    path: Path, reference: Reference, candidates: Mapping[str, np.ndarray], lengths: Sequence[int],
    tolerance: Mapping[str, int],
) -> None:  # fmt: skip
    """Of each set of candidates [n, h, w, 3] the picture with the clearest ids, and what it decodes to."""
    cases = []
    for name, pictures in candidates.items():
        ids, margins = reference.encode(pictures)
        best = int(margins.argmax())
        outputs = [{"k": k, "rgb": _base64(reference.decode(ids[best], k))} for k in lengths]
        cases.append({"name": name, "rgb": _base64(pictures[best]), "ids": ids[best].tolist(), "outputs": outputs})
        say(f"golden {name}: the closest decision has a margin of {margins[best]:.2e}")
    path.write_text(json.dumps({"cases": cases, "tolerance": dict(tolerance)}) + "\n")


def check_golden(folder: Path) -> None:
    """Runs the graphs on the golden pictures. Exits where they differ from the reference."""
    runner, golden = evaluate.open_runner(folder, 1), read_golden(folder)
    size = json.loads((folder / "manifest.json").read_text())["image"]
    shape = (size["height"], size["width"], 3)
    for case in golden["cases"]:
        ids = runner.encode(_pixels(case["rgb"], shape))
        if ids.tolist() != case["ids"]:
            raise SystemExit(f"golden {case['name']}: the ONNX encoder's ids differ from the reference")
        for output in case["outputs"]:
            asked = {name: output[name] for name in ("k", "steps", "seed") if name in output}
            apart = np.abs(runner.decode(ids, **asked).astype(int) - _pixels(output["rgb"], shape)).max()
            say(f"golden {case['name']}, {asked}: largest difference {apart} of 255")
            if apart > golden["tolerance"]["node"]:
                raise SystemExit(f"golden {case['name']}: the ONNX decoder differs by {apart}")


def write_manifest(folder: Path, command: str, seed: int, fields: Mapping[str, Any]) -> None:
    """`fields` are the manifest's own; files, golden and training are filled in."""
    data = sorted(p for p in folder.iterdir() if p.suffix == ".bin")
    training = {"data": PHOTOS, "dataLicence": PHOTOS_LICENCE, **fields.get("training", {})}
    text = {
        "schema": 1,
        "id": folder.name,
        **{name: fields[name] for name in ("label", "summary", "family", "suits", "image", "tokens") if name in fields},
        "files": {
            "encoder": describe_file(folder / "encoder.onnx"),
            "decoder": describe_file(folder / "decoder.onnx"),
            "data": [describe_file(path) for path in data],
        },
        "golden": describe_file(folder / "golden.json"),
        **{name: fields[name] for name in ("sampler", "figures", "parameters", "decodeMflop") if name in fields},
        "licence": fields.get("licence", "Model and code: as this project. Learned from pictures for research use, see dataLicence."),
        "training": {**training, "command": command, "seed": seed, "revision": revision()},
    }
    (folder / "manifest.json").write_text(json.dumps(text, indent=2) + "\n")


def figures(
    folder: Path, pictures: np.ndarray, count: int, dataset: str, runner: evaluate.Runner | None = None,
    lengths: Sequence[int] = evaluate.PREFIXES,
) -> dict[str, Any]:  # fmt: skip
    """PSNR by prefix length through the graphs, as the manifest requires it."""
    runner = runner or evaluate.Runner(folder, 1)
    values, ids = evaluate.measure(runner, pictures, count, lengths)
    if count not in values:
        pairs = zip(pictures, ids, strict=True)
        values[count] = float(np.mean([evaluate.psnr(rgb, runner.decode(row, count)) for rgb, row in pairs]))
    say(", ".join(f"{k}: {value:.2f} dB" for k, value in values.items()))
    return {"dataset": dataset, "psnr": {str(k): round(value, 2) for k, value in values.items()}}


def _base64(rgb: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(rgb).tobytes()).decode()


def _pixels(text: str, shape: tuple[int, ...]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(shape)
