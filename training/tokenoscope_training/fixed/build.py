"""fixed-32, or its ordered twin, from a checkpoint to a model folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from .. import drawings
from ..encode import to_bytes
from ..log import say
from ..neural import config, export, folder, pictures
from ..neural.frequencies import Frequencies
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from .net import FixedNet
from .train import create, frequencies

_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}


class Encoder(nn.Module):
    """image [1, 3, s, s] -> ids int32 [1, K]."""

    def __init__(self, linear: Frequencies, net: FixedNet) -> None:
        super().__init__()
        self.linear, self.net = linear, net

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The picture's ids."""
        return self.net.quantiser.ids(self.net.latents(self.linear.project(image) - self.net.mean))


class Decoder(nn.Module):
    """ids int32 [1, K], k int32 [1] -> image [1, 3, s, s]."""

    def __init__(self, linear: Frequencies, net: FixedNet) -> None:
        super().__init__()
        self.linear, self.net = linear, net

    def forward(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """The picture that the first k tokens give."""
        return self.linear.synthesise(self.net.draw(self.net.quantiser.values(ids), k) + self.net.mean)


_TEXTS = {
    None: (
        "Fixed",
        "32 tokens, each about the whole picture: half of them draw a grey ghost.",
    ),
    "nested": (
        "Nested",
        "Fixed with tail drop: any prefix draws a picture.",
    ),
}
"""Label and summary of each member of the pair."""


def build(
    data: Path, out: Path, runs: Path, size: str, seed: int, command: str, variant: str | None = None
) -> None:
    """Exports, measures and describes the last checkpoint of `runs/fixed-SIZE[-VARIANT]-seedN`."""
    settings = config.read("fixed", size, variant)
    net = create(settings)
    load_averaged(net, config.run_folder(runs, "fixed", size, seed, variant))
    linear = frequencies(settings, net.places)
    export.round_weights(net, matrices_int8=True)
    export.round_weights(linear)
    out.mkdir(parents=True, exist_ok=True)
    side, count = linear.size, net.tokens
    weights = WeightFile("weights.bin")
    ids, k = torch.zeros(1, count, dtype=torch.int32), torch.tensor([count], dtype=torch.int32)
    graphs = {
        "encoder": export.to_onnx(Encoder(linear, net), (torch.rand(1, 3, side, side),), ("image",), "ids"),
        "decoder": export.to_onnx(Decoder(linear, net), (ids, k), ("ids", "k"), "image"),
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
    folder.write_golden(out / "golden.json", _reference(linear, net), candidates, (count, count // 2), _TOLERANCE)
    held = pictures.cached(data, runs, "val", side)
    label, summary = _TEXTS[variant]
    layers = sum(2 * p.numel() for p in net.decoder.parameters())
    # Each row of luma and of both colours, then each column.
    turns = sum(planes * 2 * (cut**2 * side + cut * side**2) for planes, cut in ((1, linear.luma), (2, linear.chroma)))
    folder.write_manifest(out, command, seed, {
        "label": f"{label} {count}",
        "summary": summary,
        "family": "fixed",
        "image": {"width": side, "height": side},
        "tokens": {"count": count, "bits": 16, "codebookSize": net.quantiser.count, "ordered": settings["ordered"]},
        "figures": folder.figures(out, held, count, "photos160 val.zip, 500 pictures"),
        "parameters": sum(p.numel() for p in net.parameters()),
        "decodeMflop": round((layers + turns + 18 * side**2) / 1e6, 1),
    })  # fmt: skip
    folder.check_golden(out)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def _reference(linear: Frequencies, net: FixedNet) -> folder.Reference:
    quantiser = net.quantiser

    @torch.no_grad()
    def encode(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        latents = net.latents(linear.project(pictures.to_planar(rgb)) - net.mean)
        bounded = torch.tanh(latents + quantiser.shift) * quantiser.reach - quantiser.offset
        margins = 0.5 - (bounded - bounded.round()).abs()
        return quantiser.ids(latents).numpy(), margins.flatten(1).min(1).values.numpy()

    @torch.no_grad()
    def decode(ids: np.ndarray, k: int) -> np.ndarray:
        image = Decoder(linear, net)(torch.from_numpy(ids[None].astype(np.int32)), torch.tensor([k]))
        return to_bytes(image[0].permute(1, 2, 0).numpy())

    return folder.Reference(encode, decode)
