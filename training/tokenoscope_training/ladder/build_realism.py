"""ladder from a checkpoint of the GPU's training to a model folder; how realistic to draw is chosen here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from .. import evaluate
from ..log import say
from ..neural import config, export, folder, pictures
from ..neural.cost import convolution_flop
from ..neural.loop import load_averaged
from ..neural.measures import psnr
from ..onnx_graph import WeightFile
from ..shared import share
from .base import Base
from .build import write_golden
from .gain import table
from .net import RealismRefiner
from .train_realism import HELD, Trained

_REFINER = "refiner.bin"
_CHOSEN_ON = 60
_GRID = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
MOST = {1: 0.0, 2: 0.0, 4: 0.0, 8: 0.01, 16: 0.03, 32: 0.1, 64: 0.2, 128: 0.25, 256: 0.25}
"""The most realism by prefix length, chosen by looking: up to 16 tokens more of it weaves a grid into the picture, from
32 on more costs PSNR and brings nothing that the measure sees."""


class Exported(nn.Module):
    """The refiner as the graph runs it: the base's picture clamped, the realism of each k from a table."""

    def __init__(self, refiner: RealismRefiner, realism: np.ndarray) -> None:
        super().__init__()
        self.refiner = refiner
        self.register_buffer("realism", torch.from_numpy(realism))

    def forward(self, drawn: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """drawn [n, 3, s, s], k int32 [n] -> image [n, 3, s, s]."""
        return self.refiner.draw(drawn.clamp(0, 1), k.float(), torch.index_select(self.realism, 0, k - 1))


def load(run: Path, settings: dict, size: int) -> RealismRefiner:
    """The averaged refiner of a run, rounded to what is stored."""
    trained = Trained(settings, size)
    trained.refiner.noise.copy_(trained.refiner.noise.half().float())
    load_averaged(trained, run)
    return export.round_weights(trained.refiner, filters_int8=True).eval()


@torch.no_grad()
def free_realism(refiner: RealismRefiner, drawn: torch.Tensor, target: torch.Tensor, k: int) -> float:
    """The largest realism at which the mean PSNR of the drawings is not below the base's, `drawn` [n, 3, s, s]."""
    means = []
    for realism in _GRID:
        made = [
            refiner.draw(part, torch.full((len(part),), float(k)), torch.full((len(part),), realism)).clamp(0, 1)
            for part in drawn.split(16)
        ]
        means.append(float(psnr(torch.cat(made), target).mean()))
    bar = float(psnr(drawn, target).mean())
    fine = np.linspace(0, 1, 101)
    allowed = fine[np.interp(fine, _GRID, means) >= bar]
    say(f"k = {k}: base {bar:.2f} dB, by realism {', '.join(f'{m:.2f}' for m in means)}: {max(allowed, default=0):.2f}")
    return float(max(allowed, default=0))


def choose(refiner: RealismRefiner, under: Base, rgb: np.ndarray) -> np.ndarray:
    """Realism by prefix length, float32 [K], index k - 1: at most `MOST`, and no more than costs no PSNR on pictures [n, s, s, 3]."""
    ids, target = under.encode(rgb), pictures.to_planar(rgb)
    lengths = [k for k in evaluate.PREFIXES if k <= under.count]
    free = {k: free_realism(refiner, under.decode(ids, np.full(len(ids), k)), target, k) for k in lengths}
    return table({k: min(MOST[k], realism) for k, realism in free.items()}, under.count)


def build(data: Path, out: Path, runs: Path, base: Path, size: str, seed: int, command: str) -> None:
    """Exports, measures and describes the last checkpoint of `runs/ladder-SIZE-seedN` over the model folder `base`."""
    settings = config.read("ladder", size)
    under = Base(base, torch.get_num_threads())
    side, tokens = under.size, under.manifest["tokens"]
    refiner = load(runs / f"ladder-{size}-seed{seed}", settings, side)
    every = pictures.cached(data, runs, "train", side, settings.get("limit"))
    realism = choose(refiner, under, np.array(every[-min(HELD, len(every)) :][:_CHOSEN_ON]))
    exported = Exported(refiner, realism).eval()
    out.mkdir(parents=True, exist_ok=True)
    example = (torch.rand(1, 3, side, side), torch.tensor([7], dtype=torch.int32))
    learned = export.to_onnx(exported, example, ("drawn", "k"), "image")
    weights = WeightFile(_REFINER)
    export.store(learned, weights, filters_int8=True)
    for name in ("encoder.onnx", *(file["path"] for file in under.manifest["files"]["data"])):
        (out / name).write_bytes((under.files / name).read_bytes())
    weights.write(out)
    drawer = onnx.load(under.files / "decoder.onnx", load_external_data=False)
    export.write(export.chain(drawer, learned, "drawn", ("k",)), out / "decoder.onnx")
    write_golden(under, exported, out / "golden.json")
    held = pictures.cached(data, runs, "val", side)
    learned_parameters = sum(p.numel() for p in refiner.parameters())
    folder.write_manifest(out, command, seed, {
        "label": f"Ladder {side}",
        "summary": f"The tokens of {under.manifest['label']}, drawn by a trained network: edges and texture where the linear decoder blurs.",
        "family": "ladder",
        "image": {"width": side, "height": side},
        "tokens": tokens,
        "figures": folder.figures(out, held, tokens["count"], "photos160 val.zip, 500 pictures"),
        "parameters": under.manifest["parameters"] + learned_parameters,
        "decodeMflop": round(under.manifest["decodeMflop"] + convolution_flop(exported, *example) / 1e6, 1),
    })  # fmt: skip
    folder.check_golden(out)
    share(out.parent)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")
