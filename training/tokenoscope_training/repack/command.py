"""Stores an exported model again, smaller: `python -m tokenoscope_training repack --model ../public/models/glyphs`.

For models whose checkpoints are gone: the weights are taken from the exported graphs, convolutions become int8 with a
scale for each output channel, and a matrix that is there both ways round is kept once. Whatever has 8 bits already
keeps its bytes. The golden pictures must keep their ids; their outputs are computed anew by the PyTorch reference, with
the weights as they are stored now.
"""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from .. import evaluate
from ..log import say
from ..manifest import describe_file, read_golden
from ..neural import export, folder
from ..onnx_graph import WeightFile
from ..shared import bring, entries, share
from .compare import compare
from .references import draw_with
from .stored import widen


def repack(model: Path, keep: list[str], data: Path | None, runs: Path, count: int, measure: Path) -> None:
    """Rewrites the folder `model`; graphs named in `keep` stay in 16 bits. With `data` it is measured before and after."""
    before = Path(tempfile.mkdtemp(prefix="tokenoscope-"))
    bring(model)
    shutil.copytree(model, before / model.name)
    manifest = json.loads((model / "manifest.json").read_text())
    own = [entry["path"] for entry in manifest["files"]["data"] if "from" not in entry]
    graphs = {
        path.stem: onnx.load(path, load_external_data=False)
        for path in sorted(model.glob("*.onnx")) if _points_into(path, own)
    }  # fmt: skip
    places = {name: _location(graph, own) for name, graph in graphs.items()}
    weights = {location: WeightFile(location) for location in own}
    # A decoder first: what the encoder has turned is stored the decoder's way round.
    for name in sorted(graphs):
        widen(graphs[name], model, own)
        export.store(graphs[name], weights[places[name]], filters_int8=name not in keep)
    for file in weights.values():
        file.write(model)
    for name, graph in graphs.items():
        export.write(graph, model / f"{name}.onnx")
    if not _redraw(model, manifest):
        # Links name a model by its decoder, and its pictures are what they were.
        manifest["sameAs"] = [*manifest.get("sameAs", []), manifest["files"]["decoder"]["sha256"][:8]]
    for entry in entries(manifest):
        if entry["path"].startswith("golden"):
            entry.update(describe_file(model / "golden.json"))
        elif "from" not in entry:
            entry.update(describe_file(model / entry["path"]))
    training = manifest["training"]
    again = f"python -m tokenoscope_training repack --model ../public/models/{model.name}{''.join(f' --keep {name}' for name in keep)}"
    if again not in training["command"]:
        training["command"] += f"; {again}"
    (model / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    folder.check_golden(model)
    if data:
        compare(before / model.name, model, data, runs, count, measure)
    share(model.parent)
    old, new = (sum(path.stat().st_size for path in at.iterdir()) for at in (before / model.name, model))
    say(f"{model}: {old:,} bytes before, {new:,} now (what it shares is counted only before)")
    shutil.rmtree(before)


def _points_into(path: Path, own: list[str]) -> bool:
    return bool(_locations(onnx.load(path, load_external_data=False)) & set(own))


def _locations(graph: onnx.ModelProto) -> set[str]:
    return {e.value for t in graph.graph.initializer for e in t.external_data if e.key == "location"}


def _location(graph: onnx.ModelProto, own: list[str]) -> str:
    (place,) = _locations(graph) & set(own)
    return place


def _redraw(model: Path, manifest: dict[str, Any]) -> bool:
    """Golden outputs from the reference; exits where the encoder's ids are others than before. False where nothing changes."""
    golden = read_golden(model)
    size = (manifest["image"]["height"], manifest["image"]["width"], 3)
    runner = evaluate.open_runner(model)
    draw = draw_with(model, manifest)
    for case in golden["cases"]:
        rgb = np.frombuffer(base64.b64decode(case["rgb"]), np.uint8).reshape(size)
        if runner.encode(rgb).tolist() != case["ids"]:
            raise SystemExit(f"golden {case['name']} gets other ids: try again with --keep encoder")
        for output in case["outputs"] if draw else ():
            drawn = draw(case["ids"], output)
            apart = np.abs(drawn.astype(int) - np.frombuffer(base64.b64decode(output["rgb"]), np.uint8).reshape(size))
            say(f"golden {case['name']}, k = {output['k']}: {apart.max()} of 255 from what it was")
            output["rgb"] = base64.b64encode(drawn.tobytes()).decode()
    (model / "golden.pack").unlink(missing_ok=True)
    (model / "golden.json").write_text(json.dumps(golden) + "\n")
    return draw is not None
