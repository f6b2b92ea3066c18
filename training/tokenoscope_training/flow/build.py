"""flow from a checkpoint to a model folder: the base's encoder, and the sampler's graphs around the velocity."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import nn

from ..encode import to_bytes
from ..ladder.base import Base
from ..log import say
from ..manifest import describe_file, read_golden
from ..neural import config, export, folder, pictures
from ..neural.cost import convolution_flop
from ..neural.loop import load_averaged
from ..onnx_graph import WeightFile
from ..shared import share
from .distil import student_of
from .net import Flow
from .noise import normal
from .runner import FlowRunner, Steps
from .train import create

_TOLERANCE = {"wasm": 1, "webgpu": 3, "node": 1}
_STEPS = [1, 2, 4, 8, 16]


class Start(nn.Module):
    """What happens before the first step."""

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self.flow = flow

    def forward(self, drawn: torch.Tensor, k: torch.Tensor, noise: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """drawn [1, 3, s, s], k int32 [1], noise [1, 3, s / 2, s / 2] -> x and the condition."""
        length = k.float()
        condition = self.flow.condition(drawn.clamp(0, 1), length)
        return self.flow.begin(noise, condition, length), condition


class Step(nn.Module):
    """The velocity with k as the contract has it."""

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self.flow = flow

    def forward(self, x: torch.Tensor, condition: torch.Tensor, k: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        """k int32 [1], t float32 [1]."""
        return self.flow(x, condition, k.float(), t)


class Finish(nn.Module):
    """From the grid to the picture."""

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self.flow = flow

    def forward(self, x: torch.Tensor, condition: torch.Tensor) -> torch.Tensor:
        """The picture RGB [1, 3, s, s]."""
        return self.flow.finish(x, condition)


def load(run: Path, settings: dict[str, Any], under: Base, kind: type[Flow] = Flow) -> Flow:
    """The averaged weights of a run, rounded to what is stored."""
    flow = create(settings, under, kind)
    load_averaged(flow, run)
    export.round_weights(flow, filters_int8=True)
    return flow.eval().requires_grad_(False)


def build(
    data: Path, out: Path, runs: Path, base: Path, size: str, seed: int, command: str, variant: str | None = None
) -> None:
    """Exports, measures and describes the last checkpoint of `runs/flow-SIZE[-VARIANT]-seedN`, and what was distilled from it."""
    settings, under = config.read("flow", size, variant), Base(base)
    flow = load(config.run_folder(runs, "flow", size, seed, variant), settings, under)
    distilled = config.run_folder(runs, "flow-distilled", size, seed, variant)
    student = load(distilled, settings, under, student_of(variant)) if (distilled / "checkpoint.pt").exists() else None
    out.mkdir(parents=True, exist_ok=True)
    before = json.loads((out / "manifest.json").read_text()) if (out / "manifest.json").exists() else {}
    for old in ("manifest.json", "distilled.onnx", "distilled.bin"):
        (out / old).unlink(missing_ok=True)
    for name in ("encoder.onnx", *(file["path"] for file in under.manifest["files"]["data"])):
        (out / name).write_bytes((under.files / name).read_bytes())
    _write_graphs(flow, student, under, out)
    cost = _costs(flow, under)
    default: Steps = settings["default"]
    _write_golden(under, flow, student, default, out / "golden.json")
    held = pictures.cached(data, runs, "val", under.size)[:: settings["figures_stride"]]
    measured = before.get("figures") if _same_teacher(before, out, default) else None
    figures = measured or folder.figures(
        out, held, under.count, f"photos160 val.zip, {len(held)} pictures, {default} steps, seed 0", FlowRunner(out, steps=default)
    )
    learned = sum(p.numel() for net in (flow, student) if net for p in net.parameters())
    names = ("start", "velocity", *(("distilled",) if student else ()))
    folder.write_manifest(out, command, seed, {
        "label": f"Flow {under.size}",
        "summary": f"The tokens of {under.manifest['label']}, drawn by a rectified flow: it invents what they leave open, differently for every seed.",
        "family": "flow",
        "image": {"width": under.size, "height": under.size},
        "tokens": under.manifest["tokens"],
        "sampler": {
            "method": "euler", "noise": [1, 3, flow.grid.side, flow.grid.side], "steps": _STEPS, "default": default,
            **{name: describe_file(out / f"{name}.onnx") for name in names},
            "stepMflop": round(cost["step"], 1),
        },
        "figures": figures,
        "parameters": under.manifest.get("parameters", 0) + learned,
        "decodeMflop": round(cost["start"] + cost["step"] * (1 if isinstance(default, str) else default), 1),
    })  # fmt: skip
    folder.check_golden(out)
    share(out.parent)
    say(f"a start of {cost['start']:.0f} MFLOP, steps of {cost['step']:.0f}")
    say(f"{out}: {sum(path.stat().st_size for path in out.iterdir()):,} bytes")


def _same_teacher(manifest: dict[str, Any], out: Path, default: Steps) -> bool:
    """Whether the folder's manifest describes the same graphs except the distilled one, as measuring takes minutes."""
    sampler = manifest.get("sampler", {})
    files = [sampler.get("start"), sampler.get("velocity"), manifest.get("files", {}).get("decoder")]
    files += [file for file in manifest.get("files", {}).get("data", []) if file["path"] != "distilled.bin"]
    return sampler.get("default") == default != "distilled" and all(
        file is not None and describe_file(out / file["path"])["sha256"] == file["sha256"] for file in files
    )


def _costs(flow: Flow, under: Base) -> dict[str, float]:
    """MFLOP of what happens once, and of a step."""
    side, one = flow.grid.side, torch.ones(1)
    plane = torch.zeros(1, 3, side, side)
    condition = flow.condition(torch.zeros(1, 3, 2 * side, 2 * side), one)
    transforms = 2 * side**3 * 3 * (6 + 12) / 1e6
    return {
        "start": under.manifest.get("decodeMflop", 0) + convolution_flop(flow.strength, condition[:, :12], one) / 1e6 + transforms,
        "step": convolution_flop(flow, plane, condition, one, one) / 1e6,
    }  # fmt: skip


def _write_graphs(flow: Flow, student: Flow | None, under: Base, out: Path) -> None:
    side = flow.grid.side
    plane, drawn = torch.randn(1, 3, side, side), torch.rand(1, 3, 2 * side, 2 * side)
    k, t = torch.tensor([7], dtype=torch.int32), torch.ones(1)
    condition = flow.condition(drawn, k.float())
    step = ((plane, condition, k, t), ("x", "condition", "k", "t"), "velocity")
    weights = WeightFile("flow.bin")
    start = export.to_onnx(Start(flow), (drawn, k, plane), ("drawn", "k", "noise"), "x", "condition")
    graphs = {
        "velocity": export.to_onnx(Step(flow), *step),
        "decoder": export.to_onnx(Finish(flow), (plane, condition), ("x", "condition"), "image"),
    }
    for graph in (start, *graphs.values()):
        export.store(graph, weights, filters_int8=True)
    weights.write(out)
    if student:
        own = WeightFile("distilled.bin")
        graphs["distilled"] = export.to_onnx(Step(student), *step)
        export.store(graphs["distilled"], own, filters_int8=True)
        own.write(out)
    drawer = onnx.load(under.files / "decoder.onnx", load_external_data=False)
    graphs["start"] = export.chain(drawer, start, "drawn", ("k", "noise"))
    for name, graph in graphs.items():
        export.write(graph, out / f"{name}.onnx")


def _write_golden(under: Base, flow: Flow, student: Flow | None, default: Steps, path: Path) -> None:
    """The base's own golden pictures and ids, which are chosen for clear decisions, drawn from the tokens in some ways."""
    asked: list[list[dict[str, Any]]] = [
        [{"k": under.count}, {"k": 32, "steps": 1, "seed": 7}],
        [{"k": 32}, {"k": 8, "steps": 16, "seed": 4294967295}],
    ]
    if student:
        asked[0].append({"k": 64, "steps": "distilled", "seed": 1})
    cases = []
    for case, outputs in zip(read_golden(under.files)["cases"], asked, strict=True):
        outputs = [{**output, "k": min(output["k"], under.count)} for output in outputs]
        drawn = [reference(under, flow, student, case["ids"], {"steps": default, "seed": 0, **o}) for o in outputs]
        cases.append({**case, "outputs": [{**o, "rgb": _base64(rgb)} for o, rgb in zip(outputs, drawn, strict=True)]})
    path.write_text(json.dumps({"cases": cases, "tolerance": _TOLERANCE}) + "\n")


def reference(under: Base, flow: Flow, student: Flow | None, ids: list[int], asked: dict[str, Any]) -> np.ndarray:
    drawn = under.decode(np.array([ids]), np.array([asked["k"]]))
    noise = torch.from_numpy(normal(asked["seed"], (1, 3, flow.grid.side, flow.grid.side)))
    k, steps = torch.tensor([float(asked["k"])]), asked["steps"]
    with torch.no_grad():
        if isinstance(steps, str):
            assert student is not None
            condition = flow.condition(drawn, k)
            x = flow.begin(noise, condition, k)
            x = x - student(x, condition, k, torch.ones(1))
        else:
            x, condition = flow.sample(noise, drawn, k, steps)
        return to_bytes(flow.finish(x, condition)[0].permute(1, 2, 0).numpy())


def _base64(rgb: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(rgb).tobytes()).decode()
