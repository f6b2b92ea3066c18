"""fixed-32 from a checkpoint to a model folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from .. import drawings
from ..encode import to_bytes
from ..log import say
from ..neural import config, export, folder, pictures
from ..neural.klt import Klt
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from .net import FixedNet
from .train import create

_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}


class Encoder(nn.Module):
    """image [1, 3, s, s] -> ids int32 [1, K]."""

    def __init__(self, klt: Klt, net: FixedNet) -> None:
        super().__init__()
        self.klt, self.net = klt, net

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The picture's ids."""
        return self.net.quantiser.ids(self.net.latents(self.klt.project(image)))


class Decoder(nn.Module):
    """ids int32 [1, K], k int32 [1] -> image [1, 3, s, s]."""

    def __init__(self, klt: Klt, net: FixedNet) -> None:
        super().__init__()
        self.klt, self.net = klt, net

    def forward(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """The picture that the first k tokens give."""
        return self.klt.synthesise(self.net.draw(self.net.quantiser.values(ids), k))


def build(data: Path, out: Path, runs: Path, base: Path, size: str, seed: int, command: str) -> None:
    """Exports, measures and describes the last checkpoint of `runs/fixed-SIZE-seedN`."""
    settings = config.read("fixed", size)
    klt = Klt(base, settings["evens"], settings["odds"])
    net = create(settings, klt.components)
    load_averaged(net, runs / f"fixed-{size}-seed{seed}")
    export.round_weights(net, matrices_int8=True)
    export.round_weights(klt, matrices_int8=True)
    out.mkdir(parents=True, exist_ok=True)
    side, count = klt.size, net.tokens
    weights = WeightFile("weights.bin")
    ids, k = torch.zeros(1, count, dtype=torch.int32), torch.tensor([count], dtype=torch.int32)
    graphs = {
        "encoder": export.to_onnx(Encoder(klt, net), (torch.rand(1, 3, side, side),), ("image",), "ids"),
        "decoder": export.to_onnx(Decoder(klt, net), (ids, k), ("ids", "k"), "image"),
    }
    # The encoder reads the decoder's basis, turned.
    for name in ("decoder", "encoder"):
        export.store(graphs[name], weights, matrices_int8=True)
    weights.write(out)
    for name, graph in graphs.items():
        export.write(graph, out / f"{name}.onnx")
    candidates = {
        name: np.stack([draw(side, s) for s in range(40)])
        for name, draw in (("hills", drawings.hills), ("shapes", drawings.shapes))
    }
    folder.write_golden(out / "golden.json", _reference(klt, net), candidates, (count, count // 2), _TOLERANCE)
    held = pictures.cached(data, runs, "val", side)
    stored = klt.even.numel() + klt.odd.numel() + klt.mean.numel()
    parameters = sum(p.numel() for p in net.parameters()) + stored
    layers = sum(2 * p.numel() for p in net.decoder.parameters())
    folder.write_manifest(out, command, seed, {
        "label": f"Fixed {count}",
        "summary": "Always 32 tokens, each about the whole picture: half of them draw a grey ghost, where an ordered model has a picture.",
        "family": "fixed",
        "image": {"width": side, "height": side},
        "tokens": {"count": count, "bits": 16, "codebookSize": net.quantiser.count, "ordered": False},
        "figures": folder.figures(out, held, count, "photos160 val.zip, 500 pictures"),
        "parameters": parameters,
        "decodeMflop": round((layers + 2 * stored + 2e7) / 1e6, 1),
    })  # fmt: skip
    folder.check_golden(out)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def _reference(klt: Klt, net: FixedNet) -> folder.Reference:
    quantiser = net.quantiser

    @torch.no_grad()
    def encode(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        latents = net.latents(klt.project(pictures.to_planar(rgb)))
        bounded = torch.tanh(latents + quantiser.shift) * quantiser.reach - quantiser.offset
        margins = 0.5 - (bounded - bounded.round()).abs()
        return quantiser.ids(latents).numpy(), margins.flatten(1).min(1).values.numpy()

    @torch.no_grad()
    def decode(ids: np.ndarray, k: int) -> np.ndarray:
        image = Decoder(klt, net)(torch.from_numpy(ids[None].astype(np.int32)), torch.tensor([k]))
        return to_bytes(image[0].permute(1, 2, 0).numpy())

    return folder.Reference(encode, decode)
