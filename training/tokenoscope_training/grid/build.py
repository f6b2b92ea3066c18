"""grid from a checkpoint to a model folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from .. import drawings
from ..encode import to_bytes
from ..log import say
from ..neural import config, export, folder, pictures
from ..neural.cost import convolution_flop
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from .net import GridNet

_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}


class Encoder(nn.Module):
    """image [1, 3, s, s] -> ids int32 [1, K]."""

    def __init__(self, net: GridNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The picture's ids, row by row."""
        return self.net.quantiser.ids(self.net.latents(image))


class Decoder(nn.Module):
    """ids int32 [1, K], k int32 [1] -> image [1, 3, s, s]."""

    def __init__(self, net: GridNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """The picture that the first k tokens give: the others are unknown."""
        return self.net.draw(self.net.quantiser.values(ids), k)


_TEXTS = {
    None: (
        "Grid",
        "One token for each square of 8 x 8 pixels, as is usual: half of them are half of the picture.",
    ),
    "robust": (
        "Grid robust",
        "Grid 256 trained with wrong tokens among its own, so that they harm its pictures less.",
    ),
}
"""Label and summary of each member of the pair."""


def build(
    data: Path, out: Path, runs: Path, size: str, seed: int, command: str, variant: str | None = None
) -> None:
    """Exports, measures and describes the last checkpoint of `runs/grid-SIZE[-VARIANT]-seedN`."""
    settings = config.read("grid", size, variant)
    label, summary = _TEXTS[variant]
    net = GridNet.create(settings)
    load_averaged(net, config.run_folder(runs, "grid", size, seed, variant))
    net.quantiser.settle()
    # The codes decide ids and pictures alike, and all of them are 16 kB.
    export.round_weights(net, filters_int8=True)
    net.requires_grad_(False)
    out.mkdir(parents=True, exist_ok=True)
    side, count = net.side, net.tokens
    weights = WeightFile("weights.bin")
    ids, k = torch.zeros(1, count, dtype=torch.int32), torch.tensor([count], dtype=torch.int32)
    graphs = {
        "encoder": export.to_onnx(Encoder(net).eval(), (torch.rand(1, 3, side, side),), ("image",), "ids"),
        "decoder": export.to_onnx(Decoder(net).eval(), (ids, k), ("ids", "k"), "image"),
    }
    for graph in graphs.values():
        export.store(graph, weights, filters_int8=True)
    weights.write(out)
    for name, graph in graphs.items():
        export.write(graph, out / f"{name}.onnx")
    candidates = {
        name: np.stack([draw(side, s) for s in range(40)])
        for name, draw in (("hills", drawings.hills), ("shapes", drawings.shapes))
    }
    folder.write_golden(out / "golden.json", _reference(net), candidates, (count, count // 2), _TOLERANCE)
    held = pictures.cached(data, runs, "val", side)[:: settings["figures_stride"]]
    folder.write_manifest(out, command, seed, {
        "label": f"{label} {count}",
        "summary": summary,
        "family": "grid",
        "image": {"width": side, "height": side},
        "tokens": {"count": count, "bits": int(np.log2(net.quantiser.count)), "codebookSize": net.quantiser.count, "ordered": False},
        # Shorter prefixes are smaller parts of the picture.
        "figures": folder.figures(
            out, held, count, f"photos160 val.zip, {len(held)} pictures", lengths=(count // 4, count // 2, count)
        ),
        "parameters": sum(p.numel() for p in net.parameters()) + net.quantiser.codes.numel(),
        "decodeMflop": round(convolution_flop(Decoder(net).eval(), ids, k) / 1e6, 1),
    })  # fmt: skip
    folder.check_golden(out)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def _reference(net: GridNet) -> folder.Reference:
    decoder = Decoder(net).eval()

    @torch.no_grad()
    def encode(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        latents = net.latents(pictures.to_planar(rgb))
        likeness = torch.nn.functional.normalize(latents, dim=-1) @ net.quantiser.codes.T
        two = likeness.topk(2, dim=-1).values
        return net.quantiser.ids(latents).numpy(), (two[..., 0] - two[..., 1]).min(1).values.numpy()

    @torch.no_grad()
    def decode(ids: np.ndarray, k: int) -> np.ndarray:
        image = decoder(torch.from_numpy(ids[None].astype(np.int32)), torch.tensor([k], dtype=torch.int32))
        return to_bytes(image[0].permute(1, 2, 0).numpy())

    return folder.Reference(encode, decode)
