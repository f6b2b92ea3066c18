"""eye from a checkpoint to a folder: a graph, weights, golden outputs, and a manifest with the names of the classes."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

from .. import drawings
from ..log import say
from ..manifest import describe_file, read_golden, revision
from ..neural import config, export, folder, pictures
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from .labels import enlarged, labels, val_pictures
from .net import EyeNet
from .train import held_pages, measure
from .trunk import SCALE

OUTPUTS = ("probabilities", "class_token", "patches", "attention", "keys", "layers")
_LICENCE = (
    "Convolutions (the first layers): EfficientNet-Lite0 by Google, Apache License 2.0, batch norms folded, stored in 8 bits. "
    "Transformer and code: as this project. Learned from pictures for research use, see dataLicence."
)
_TEACHER = "labelled by EfficientNet-Lite0, which was trained on ImageNet; rendered writing"
_TOLERANCE = 2e-3


class Look(nn.Module):
    """image [1, 3, s, s] -> what `EyeNet.look` gives, in the order of `OUTPUTS`."""

    def __init__(self, net: EyeNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """One picture."""
        seen = self.net.look(image)
        return tuple(seen[name] for name in OUTPUTS)


def build(data: Path, out: Path, runs: Path, size: str, seed: int, command: str) -> None:
    """Exports, measures and describes the last checkpoint of `runs/eye-SIZE-seedN`."""
    settings = config.read("eye", size)
    given, side = labels(data, runs, settings), settings["side"]
    net = EyeNet.create(settings, len(given.names))
    load_averaged(net, runs / f"eye-{size}-seed{seed}")
    export.round_weights(net, matrices_int8=True, filters_int8=True)
    net.requires_grad_(False)
    held, pages = np.array(val_pictures(data, runs)[:: settings["figures_stride"]]), held_pages(settings["probe_pages"])
    truth = torch.from_numpy(given.val[:: settings["figures_stride"]])
    figures = measure(net, enlarged(held, side), truth, enlarged(pages, side))
    say(", ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    out.mkdir(parents=True, exist_ok=True)
    weights = WeightFile("weights.bin")
    graph = export.to_onnx(Look(net).eval(), (torch.rand(1, 3, side, side),), ("image",), *OUTPUTS)
    export.store(graph, weights, matrices_int8=True, filters_int8=True)
    weights.write(out)
    export.write(graph, out / "eye.onnx")
    written = (enlarged(pages[:1], side)[0].permute(1, 2, 0).numpy() * 255 + 0.5).astype(np.uint8)
    shown = {"hills": drawings.hills(side, 0), "shapes": drawings.shapes(side, 0), "writing": written}
    cases = [_case(net, name, rgb) for name, rgb in shown.items()]
    golden = json.dumps({"cases": cases, "tolerance": _TOLERANCE}) + "\n"
    (out / "golden.pack").write_bytes(gzip.compress(golden.encode(), 9, mtime=0))
    text = {
        "schema": 1,
        "id": out.name,
        "label": "Eye",
        "summary": "A small vision transformer: what a picture shows, and where it looked.",
        "image": {"width": side, "height": side},
        "patch": SCALE,
        "width": net.width,
        "depth": len(net.layers),
        "heads": net.heads,
        "classes": given.names,
        "files": {"graph": describe_file(out / "eye.onnx"), "data": [describe_file(out / "weights.bin")]},
        "golden": describe_file(out / "golden.pack"),
        "figures": {
            "dataset": f"photos160 val.zip, {len(held)} pictures; {settings['probe_pages']} of rendered writing",
            "agreement": round(figures["top1"], 3),
            "agreementNamed": round(figures["top1_named"], 3),
            "agreementTop5": round(figures["top5"], 3),
            "writing": round(figures["writing"], 3),
        },
        "parameters": sum(p.numel() for p in net.parameters()),
        "licence": _LICENCE,
        "training": {
            "data": f"{folder.PHOTOS}, {_TEACHER}", "dataLicence": folder.PHOTOS_LICENCE,
            "command": command.replace("models/", ""), "seed": seed, "revision": revision(),
        },
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(text, indent=2) + "\n")
    check_golden(out)
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


@torch.no_grad()
def _case(net: EyeNet, name: str, rgb: np.ndarray) -> dict[str, object]:
    """What the reference sees in one picture: answer, class token, and the last layer's attention [heads, tokens]."""
    seen = net.look(pictures.to_planar(rgb[None]))
    return {
        "name": name,
        "rgb": base64.b64encode(np.ascontiguousarray(rgb).tobytes()).decode(),
        "probabilities": _rounded(seen["probabilities"]),
        "classToken": _rounded(seen["class_token"]),
        "attention": _rounded(seen["attention"][:, -1]),
    }


def _rounded(values: torch.Tensor) -> list[float]:
    return [float(f"{value:.5g}") for value in values.flatten().tolist()]


def check_golden(out: Path) -> None:
    """Runs the graph on the golden pictures. Exits where it differs from the reference."""
    golden, size = read_golden(out), json.loads((out / "manifest.json").read_text())["image"]
    session = onnxruntime.InferenceSession(out / "eye.onnx")
    for case in golden["cases"]:
        rgb = np.frombuffer(base64.b64decode(case["rgb"]), np.uint8).reshape(size["height"], size["width"], 3)
        image = rgb.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255)
        answer, token, attention = session.run(["probabilities", "class_token", "attention"], {"image": image})
        for name, given, kept in (
            ("probabilities", answer, case["probabilities"]),
            ("class token", token, case["classToken"]),
            ("attention", attention[:, -1], case["attention"]),
        ):
            apart = float(np.abs(given.reshape(-1) - np.array(kept, np.float32)).max())
            say(f"golden {case['name']}, {name}: largest difference {apart:.1e}")
            if apart > golden["tolerance"]:
                raise SystemExit(f"golden {case['name']}: the graph's {name} differs by {apart}")
