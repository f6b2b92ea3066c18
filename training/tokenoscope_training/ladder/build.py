"""ladder from a checkpoint to a model folder (the CPU size): the base's graphs with the refiner behind the decoder."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from ..encode import to_bytes
from ..log import say
from ..manifest import read_golden
from ..neural import config, export, folder, pictures
from ..neural.cost import convolution_flop
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from ..shared import share
from .base import Base
from .net import Refiner
from .train import create

_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}
_REFINER = "refiner.bin"


class Exported(nn.Module):
    """The refiner as the graph runs it: the base's picture clamped, k as the contract has it."""

    def __init__(self, refiner: Refiner) -> None:
        super().__init__()
        self.refiner = refiner

    def forward(self, drawn: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """drawn [1, 3, s, s], k int32 [1] -> image [1, 3, s, s]."""
        return self.refiner(drawn.clamp(0, 1), k.float())


def load(run: Path, settings: dict, size: int) -> Refiner:
    """The averaged refiner of a run, rounded to what is stored."""
    trained = create(settings, size)
    load_averaged(trained, run)
    export.round_weights(trained.refiner)
    trained.refiner.noise.copy_(trained.refiner.noise.half().float())
    return trained.refiner.eval()


def build(data: Path, out: Path, runs: Path, base: Path, size: str, seed: int, command: str) -> None:
    """Exports, measures and describes the last checkpoint of `runs/ladder-SIZE-seedN` over the model folder `base`."""
    settings = config.read("ladder", size)
    under = Base(base)
    side, tokens = under.size, under.manifest["tokens"]
    refiner = load(runs / f"ladder-{size}-seed{seed}", settings, side)
    out.mkdir(parents=True, exist_ok=True)
    example = (torch.rand(1, 3, side, side), torch.tensor([7], dtype=torch.int32))
    learned = export.to_onnx(Exported(refiner), example, ("drawn", "k"), "image")
    weights = WeightFile(_REFINER)
    export.store(learned, weights)
    for name in ("encoder.onnx", *(file["path"] for file in under.manifest["files"]["data"])):
        (out / name).write_bytes((under.files / name).read_bytes())
    weights.write(out)
    drawer = onnx.load(under.files / "decoder.onnx", load_external_data=False)
    export.write(export.chain(drawer, learned, "drawn", ("k",)), out / "decoder.onnx")
    write_golden(under, Exported(refiner), out / "golden.json")
    held = pictures.cached(data, runs, "val", side)
    learned_parameters = sum(p.numel() for p in refiner.parameters())
    folder.write_manifest(out, command, seed, {
        "label": f"Ladder {side}",
        "summary": f"The tokens of {under.manifest['label']}, drawn by a small trained network: edges and texture where the linear decoder blurs.",
        "family": "ladder",
        "image": {"width": side, "height": side},
        "tokens": tokens,
        "figures": folder.figures(out, held, tokens["count"], "photos160 val.zip, 500 pictures"),
        "parameters": under.manifest["parameters"] + learned_parameters,
        "decodeMflop": round(under.manifest["decodeMflop"] + convolution_flop(refiner, torch.zeros(1, 3, side, side), torch.ones(1)) / 1e6, 1),
    })  # fmt: skip
    folder.check_golden(out)
    share(out.parent)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def write_golden(under: Base, exported: nn.Module, path: Path) -> None:
    """The base's own golden pictures and ids, which are chosen for clear decisions, drawn by `exported` (drawn, k int32 [1]) -> image."""
    given = read_golden(under.files)
    cases = []
    for case in given["cases"]:
        outputs = []
        for k in (output["k"] for output in case["outputs"]):
            drawn = under.decode(np.array([case["ids"]]), np.array([k]))
            with torch.no_grad():
                image = exported(drawn, torch.tensor([k], dtype=torch.int32))
            rgb = to_bytes(image[0].permute(1, 2, 0).numpy())
            outputs.append({"k": k, "rgb": base64.b64encode(np.ascontiguousarray(rgb).tobytes()).decode()})
        cases.append({**case, "outputs": outputs})
    path.write_text(json.dumps({"cases": cases, "tolerance": _TOLERANCE}) + "\n")
