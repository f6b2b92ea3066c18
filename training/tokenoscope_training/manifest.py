"""manifest.json as the app's `manifestSchema` requires it."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
from pathlib import Path

from .codebooks import CODES
from .export_onnx import WEIGHTS, decode_mflop
from .model import Model, code_bits, parameter_count

_DATA = "photos160: imagenette, caltech101, one picture of each ImageNet class, BSDS500 (23,534 pictures of 160 px)"
_DATA_LICENCE = (
    "Caltech 101: CC BY 4.0. ImageNet and imagenette pictures and BSDS500 are for research use; "
    "no picture is contained in the model's files."
)
_SUMMARY = "Components of the whole picture first, then shapes where detail is: any prefix is a picture, in milliseconds."


def read_golden(folder: Path) -> dict:
    """The golden data of a model's folder: golden.json, or golden.pack, the same gzipped by scripts/pack-golden.mjs."""
    plain = folder / "golden.json"
    return json.loads(plain.read_bytes() if plain.exists() else gzip.decompress((folder / "golden.pack").read_bytes()))


def describe_file(path: Path) -> dict[str, object]:
    """Name, size and sha256 of a file, as the manifest lists it."""
    payload = path.read_bytes()
    return {"path": path.name, "bytes": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}


def revision() -> str:
    """The commit of the training code, marked where the working tree differs from it."""
    here = Path(__file__).parent
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=True)
    changed = subprocess.run(["git", "status", "--porcelain", "--", "."], cwd=here, capture_output=True, text=True)
    return head.stdout.strip() + ("-modified" if changed.stdout.strip() else "")


def write(model: Model, folder: Path, psnr: dict[int, float], seed: int) -> None:
    """Describes the files that lie in `folder`."""
    size = model.basis.zone.size
    summary = _SUMMARY if size == 128 else f"Karhunen 128's recipe for pictures of {size} x {size}: fewer tokens, a smaller download."
    command = f"karhunen --data DIR --out ../public/models/{folder.name}"
    _write(model, folder, [WEIGHTS], summary, ("photos160 val.zip, 500 pictures", psnr), command, seed)


def write_large(model: Model, folder: Path, psnr: dict[int, float], seed: int) -> None:
    """Describes karhunen-256, which also draws with the weights of karhunen-128."""
    summary = "Karhunen 128's first tokens, then shapes learned for 256 x 256, placed where errors would show."
    command = f"karhunen --data DIR --photographs ../.cache/photographs --out ../public/models/{folder.name}"
    measured = ("60 squares of photographs from elsewhere (docs/models.md)", psnr)
    _write(model, folder, [WEIGHTS, "shapes.bin"], summary, measured, command, seed)


def _write(
    model: Model, folder: Path, weights: list[str], summary: str,
    measured: tuple[str, dict[int, float]], command: str, seed: int,
) -> None:  # fmt: skip
    size, (dataset, psnr) = model.basis.zone.size, measured
    text = {
        "schema": 1,
        "id": folder.name,
        "label": f"Karhunen {size}",
        "summary": summary,
        "family": "karhunen",
        "image": {"width": size, "height": size},
        "tokens": {"count": model.count, "bits": code_bits(), "codebookSize": CODES * CODES, "ordered": True},
        "files": {
            "encoder": describe_file(folder / "encoder.onnx"),
            "decoder": describe_file(folder / "decoder.onnx"),
            "data": [describe_file(folder / name) for name in weights],
        },
        "golden": describe_file(folder / "golden.json"),
        "figures": {"dataset": dataset, "psnr": {str(k): round(value, 2) for k, value in psnr.items()}},
        "parameters": parameter_count(model),
        "decodeMflop": decode_mflop(model),
        "licence": "Model and code: as this project. Learned from pictures for research use, see dataLicence.",
        "training": {
            "data": _DATA,
            "dataLicence": _DATA_LICENCE,
            "command": f"python -m tokenoscope_training {command} --seed {seed}",
            "seed": seed,
            "revision": revision(),
        },
    }
    (folder / "manifest.json").write_text(json.dumps(text, indent=2) + "\n")
