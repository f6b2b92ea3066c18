"""glyphs from a checkpoint to a model folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..encode import to_bytes
from ..log import say
from ..neural import config, export, folder, pictures
from ..neural.loop import load_averaged
from ..neural.cost import convolution_flop
from ..onnx_graph import WeightFile
from .net import GlyphNet
from .train import create
from .writing import batch

_TOLERANCE = {"wasm": 1, "webgpu": 2, "node": 1}
_GOLDEN_SEED, FIGURES_SEED = 1_000_000_008, 1_000_000_009


class Encoder(nn.Module):
    """image [1, 3, s, s] -> ids int32 [1, K]; colours become luma."""

    def __init__(self, net: GlyphNet) -> None:
        super().__init__()
        self.net = net
        self.register_buffer("luma", torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1))

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """The picture's ids."""
        grey = (image * self.luma).sum(1, keepdim=True)
        return self.net.quantiser.ids(self.net.latents(grey))


class Decoder(nn.Module):
    """ids int32 [1, K], k int32 [1] -> image [1, 3, s, s], grey."""

    def __init__(self, net: GlyphNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """The picture that the first k tokens give."""
        return self.net.draw(self.net.quantiser.values(ids), k).sigmoid().expand(-1, 3, -1, -1)


def colour(grey: np.ndarray) -> np.ndarray:
    """uint8 [n, h, w] -> [n, h, w, 3]."""
    return np.repeat(grey[..., None], 3, -1)


def build(out: Path, runs: Path, size: str, seed: int, command: str) -> None:
    """Exports, measures and describes the last checkpoint of `runs/glyphs-SIZE-seedN`."""
    settings = config.read("glyphs", size)
    net = create(settings)
    load_averaged(net, runs / f"glyphs-{size}-seed{seed}")
    export.round_weights(net, filters_int8=True)
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
    candidates = {"writing": colour(batch(60, side, pictures.step_generator(_GOLDEN_SEED, 0)))}
    lengths = (count, count // 8)
    folder.write_golden(out / "golden.json", _reference(net), candidates, lengths, _TOLERANCE)
    held = colour(batch(500, side, pictures.step_generator(FIGURES_SEED, 0)))
    flop = convolution_flop(Decoder(net).eval(), ids, k)
    folder.write_manifest(out, command, seed, {
        "label": "Glyphs",
        "summary": "For writing only: a byte a token, each bit the sign of one number. See how many bytes make a word legible.",
        "family": "glyphs",
        "suits": {"what": "writing", "sample": "words"},
        "image": {"width": side, "height": side},
        "tokens": {"count": count, "bits": net.bits, "codebookSize": 2**net.bits, "ordered": True},
        "figures": folder.figures(out, held, count, "500 pictures of rendered writing, made as the training pictures"),
        "parameters": sum(p.numel() for p in net.parameters()),
        "decodeMflop": round(flop / 1e6, 1),
        "licence": "Model and code: as this project.",
        "training": {
            "data": "Rendered words and numbers, made as training goes (tokenoscope_training/glyphs/writing.py)",
            "dataLicence": "Fonts: DejaVu (Bitstream Vera licence) and Liberation (SIL Open Font Licence 1.1); none is contained.",
        },
    })  # fmt: skip
    folder.check_golden(out)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def _reference(net: GlyphNet) -> folder.Reference:
    encoder, decoder = Encoder(net).eval(), Decoder(net).eval()

    @torch.no_grad()
    def encode(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        image = pictures.to_planar(rgb)
        latents = net.latents((image * encoder.luma).sum(1, keepdim=True))
        return encoder(image).numpy(), latents.abs().flatten(1).min(1).values.numpy()

    @torch.no_grad()
    def decode(ids: np.ndarray, k: int) -> np.ndarray:
        image = decoder(torch.from_numpy(ids[None].astype(np.int32)), torch.tensor([k], dtype=torch.int32))
        return to_bytes(image[0].permute(1, 2, 0).numpy())

    return folder.Reference(encode, decode)
