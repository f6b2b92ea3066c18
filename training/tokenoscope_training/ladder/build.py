"""ladder from photographs to a model folder (the CPU size: karhunen's graphs with the refiner behind the decoder)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from .. import drawings, encode, export_onnx, model as karhunen
from ..log import say
from ..neural import config, export, folder, pictures
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from .net import Refiner
from .train import create

_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}
_REFINER = "refiner.bin"
_MFLOP_NOTE = 1e6


class _Exported(nn.Module):
    """The refiner as the graph runs it: karhunen's picture clamped, k as the contract has it."""

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
    """Exports, measures and describes the last checkpoint of `runs/ladder-SIZE-seedN`."""
    settings = config.read("ladder", size)
    fitted = karhunen.assemble(*karhunen.load(base))
    side = fitted.basis.zone.size
    refiner = load(runs / f"ladder-{size}-seed{seed}", settings, side)
    out.mkdir(parents=True, exist_ok=True)
    example = (torch.rand(1, 3, side, side), torch.tensor([7], dtype=torch.int32))
    learned = export.to_onnx(_Exported(refiner), example, ("drawn", "k"), "image")
    weights = WeightFile(_REFINER)
    export.store(learned, weights)
    with tempfile.TemporaryDirectory() as temporary:
        export_onnx.export(fitted, Path(temporary))
        for name in ("encoder.onnx", export_onnx.WEIGHTS):
            (out / name).write_bytes((Path(temporary) / name).read_bytes())
        linear = onnx.load(Path(temporary) / "decoder.onnx", load_external_data=False)
    weights.write(out)
    export.write(export.chain(linear, learned, "drawn", ("k",)), out / "decoder.onnx")
    reference = _reference(fitted, refiner)
    candidates = {
        name: np.stack([draw(side, s) for s in range(20)])
        for name, draw in (("hills", drawings.hills), ("shapes", drawings.shapes))
    }
    folder.write_golden(out / "golden.json", reference, candidates, (1, 32, fitted.count), _TOLERANCE)
    held = pictures.cached(data, runs, "val", side)
    parameters = karhunen.parameter_count(fitted) + sum(p.numel() for p in refiner.parameters())
    folder.write_manifest(out, command, seed, {
        "label": f"Ladder {side}",
        "summary": "Karhunen's ordered tokens, drawn by a small trained network: edges and texture where a linear decoder blurs.",
        "family": "ladder",
        "image": {"width": side, "height": side},
        "tokens": {"count": fitted.count, "bits": karhunen.code_bits(), "codebookSize": 65536, "ordered": True},
        "figures": folder.figures(out, held, fitted.count, "photos160 val.zip, 500 pictures"),
        "parameters": parameters,
        "decodeMflop": round(export_onnx.decode_mflop(fitted) + flops(refiner, side) / _MFLOP_NOTE, 1),
    })  # fmt: skip
    folder.check_golden(out)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def flops(refiner: Refiner, side: int) -> float:
    """Floating point operations of one pass: those of its convolutions, two for each multiplication."""
    total = 0

    def count(layer: nn.Module, inputs: object, output: torch.Tensor) -> None:
        nonlocal total
        assert isinstance(layer, nn.Conv2d)
        total += 2 * layer.weight.numel() * output.shape[2] * output.shape[3]

    hooks = [m.register_forward_hook(count) for m in refiner.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        refiner(torch.zeros(1, 3, side, side), torch.ones(1))
    for hook in hooks:
        hook.remove()
    return float(total)


def _reference(fitted: karhunen.Model, refiner: Refiner) -> folder.Reference:
    def encode_all(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        ids, margins = encode.encode_with_margins(fitted, rgb)
        return ids, margins.min(1)

    @torch.no_grad()
    def decode(ids: np.ndarray, k: int) -> np.ndarray:
        drawn = torch.from_numpy(encode.decode(fitted, ids[None], k)).permute(0, 3, 1, 2).clamp(0, 1)
        return encode.to_bytes(refiner(drawn, torch.tensor([float(k)]))[0].permute(1, 2, 0).numpy())

    return folder.Reference(encode_all, decode)

