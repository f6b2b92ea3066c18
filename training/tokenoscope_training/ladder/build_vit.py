"""A transformer tokenizer from a checkpoint to a model folder, its matrices as int8."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from .. import drawings
from ..encode import to_bytes
from ..log import say
from ..neural import config, export, folder, pictures
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from .vit import LadderVit

_TOLERANCE = {"wasm": 1, "webgpu": 3, "node": 1}
_TEXTS = {
    "ladder": ("Ladder", "Learned from end to end: the first tokens hold the scene, every further one adds detail."),
    "fixed": ("Fixed", "A fixed number of learned tokens, each about the whole picture: all of them are needed."),
}


class Encoder(nn.Module):
    """image [1, 3, s, s] -> ids int32 [1, K]."""

    def __init__(self, net: LadderVit) -> None:
        super().__init__()
        self.net = net

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The picture's ids."""
        return self.net.quantiser.ids(self.net.latents(image))


class Decoder(nn.Module):
    """ids int32 [1, K], k int32 [1] -> image [1, 3, s, s]."""

    def __init__(self, net: LadderVit) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """The picture that the first k tokens give."""
        return self.net.draw(self.net.quantiser.values(ids), k)


def build(family: str, data: Path, out: Path, runs: Path, size: str, seed: int, command: str) -> None:
    """Exports, measures and describes the last checkpoint of `runs/FAMILY-SIZE-seedN`."""
    settings = config.read(family, size)
    side = settings["side"]
    net = LadderVit.create(settings, side, settings["ordered"])
    load_averaged(net, runs / f"{family}-{size}-seed{seed}")
    export.round_weights(net, matrices_int8=True)
    out.mkdir(parents=True, exist_ok=True)
    count = net.tokens
    weights = WeightFile("weights.bin")
    ids, k = torch.zeros(1, count, dtype=torch.int32), torch.tensor([count], dtype=torch.int32)
    graphs = {
        "encoder": export.to_onnx(Encoder(net).eval(), (torch.rand(1, 3, side, side),), ("image",), "ids"),
        "decoder": export.to_onnx(Decoder(net).eval(), (ids, k), ("ids", "k"), "image"),
    }
    for graph in graphs.values():
        export.store(graph, weights, matrices_int8=True)
    weights.write(out)
    for name, graph in graphs.items():
        export.write(graph, out / f"{name}.onnx")
    candidates = {
        name: np.stack([draw(side, s) for s in range(40)])
        for name, draw in (("hills", drawings.hills), ("shapes", drawings.shapes))
    }
    lengths = sorted({count, max(1, count // 8)}, reverse=True)
    folder.write_golden(out / "golden.json", _reference(net), candidates, lengths, _TOLERANCE)
    held = np.array(pictures.cached(data, runs, "val", side)[: settings["figures_count"]])
    label, summary = _TEXTS[family]
    decoder = sum(p.numel() for block in net.decoder for p in block.parameters() if p.ndim == 2)
    patches = (side // net.patch) ** 2
    folder.write_manifest(out, command, seed, {
        "label": f"{label} {side if settings['ordered'] else count}",
        "summary": summary,
        "family": family,
        "image": {"width": side, "height": side},
        "tokens": {"count": count, "bits": 16, "codebookSize": net.quantiser.count, "ordered": settings["ordered"]},
        "figures": folder.figures(out, held, count, f"photos160 val.zip, {len(held)} pictures"),
        "parameters": sum(p.numel() for p in net.parameters()),
        "decodeMflop": round(2 * decoder * (patches + count) / 1e6, 1),
    })  # fmt: skip
    folder.check_golden(out)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def _reference(net: LadderVit) -> folder.Reference:
    quantiser = net.quantiser

    @torch.no_grad()
    def encode(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        latents = net.latents(pictures.to_planar(rgb))
        bounded = torch.tanh(latents + quantiser.shift) * quantiser.reach - quantiser.offset
        margins = 0.5 - (bounded - bounded.round()).abs()
        return quantiser.ids(latents).numpy(), margins.flatten(1).min(1).values.numpy()

    @torch.no_grad()
    def decode(ids: np.ndarray, k: int) -> np.ndarray:
        image = Decoder(net)(torch.from_numpy(ids[None].astype(np.int32)), torch.tensor([k], dtype=torch.int32))
        return to_bytes(image[0].permute(1, 2, 0).numpy())

    return folder.Reference(encode, decode)
