"""How much of the refiner's residual is drawn, by prefix length: as much as costs no PSNR.

A network trained for perception draws more contrast than it can know of. Drawing the share g of its residual moves
between the base's picture (g = 0), which is best in squared error among smooth guesses, and the network's (g = 1).
Here g is fitted on training pictures for the prefix lengths 1, 2, 4, ...: the largest share at which the mean PSNR is
not below the base's. Between them it is linear in log k. The graph gets a table of one gain for each length.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from .. import evaluate
from ..encode import to_bytes
from ..log import say
from ..manifest import describe_file, read_golden, revision
from ..neural import export, folder, pictures
from ..shared import bring, share
from .base import Base

TABLE = "gain"
_GRID = np.arange(0, 101) / 100


def largest_free(errors: np.ndarray, residuals: np.ndarray) -> float:
    """The largest share of `residuals` that costs no PSNR on average.

    errors, residuals [n, values]: the base's picture minus the original, and what the network adds to it.
    """
    e, er, r = (errors * errors).mean(1), (errors * residuals).mean(1), (residuals * residuals).mean(1)
    squared = e + np.outer(_GRID, 2 * er) + np.outer(_GRID**2, r)  # [grid, n]
    psnr = -10 * np.log10(np.maximum(squared, 1e-12)).mean(1)
    return float(_GRID[np.flatnonzero(psnr >= psnr[0])[-1]])


def table(gains: dict[int, float], count: int) -> np.ndarray:
    """Gains at some prefix lengths -> float32 [count], index k - 1, linear in log k between them."""
    at = sorted(gains)
    return np.interp(np.log(np.arange(1, count + 1)), np.log(at), [gains[k] for k in at]).astype(np.float32)


def with_table(model: onnx.ModelProto, gains: np.ndarray) -> onnx.ModelProto:
    """The refined decoder (`image` = base + residual) with the residual multiplied by the gain of `k`."""
    out = onnx.ModelProto()
    out.CopyFrom(model)
    graph = out.graph
    for tensor in graph.initializer:
        if tensor.name == TABLE:
            tensor.CopyFrom(numpy_helper.from_array(gains, TABLE))
            return out
    last = next(node for node in graph.node if "image" in node.output)
    if last.op_type != "Add":
        raise SystemExit("this decoder does not end in base + residual")
    residual = last.input[1]
    graph.initializer.append(numpy_helper.from_array(gains, TABLE))
    graph.initializer.append(helper.make_tensor("gain_one", TensorProto.INT32, [1], [1]))
    last.input[1] = "gained"
    nodes = list(graph.node)
    place = nodes.index(last)
    nodes[place:place] = [
        helper.make_node("Sub", ["k", "gain_one"], ["gain_index"]),
        helper.make_node("Gather", [TABLE, "gain_index"], ["gain_of_k"], axis=0),
        helper.make_node("Mul", [residual, "gain_of_k"], ["gained"]),
    ]
    del graph.node[:]
    graph.node.extend(nodes)
    return out


def _float(session: onnxruntime.InferenceSession, ids: np.ndarray, k: int) -> np.ndarray:
    """RGB [3, h, w], not clamped."""
    feed = {"ids": ids[None].astype(np.int32), "k": np.array([k], np.int32)}
    return session.run(["image"], feed)[0][0]


def fit(under: Base, refined: onnxruntime.InferenceSession, rgb: np.ndarray, lengths: list[int]) -> dict[int, float]:
    """Gains for some prefix lengths; rgb uint8 [n, s, s, 3], `refined` draws the whole residual."""
    ids = under.encode(rgb)
    target = rgb.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    gains = {}
    for k in lengths:
        drawn = under.decode(ids, np.full(len(ids), k)).numpy()
        image = np.stack([_float(refined, row, k) for row in ids])
        n = len(rgb)
        gains[k] = largest_free((drawn - target).reshape(n, -1), (image - drawn).reshape(n, -1))
        say(f"k = {k}: {gains[k]:.2f} of the residual")
    return gains


def apply(out: Path, base: Path, data: Path, runs: Path, limit: int) -> None:
    """Fits the gains of the model folder `out` over `base` on `limit` training pictures and rewrites it."""
    under = Base(base)
    bring(out)
    graph = onnx.load(out / "decoder.onnx", load_external_data=False)
    whole = out / "whole.part.onnx"
    try:
        whole.write_bytes(with_table(graph, np.ones(under.count, np.float32)).SerializeToString())
        refined = onnxruntime.InferenceSession(whole)
    finally:
        whole.unlink(missing_ok=True)
    every = pictures.cached(data, runs, "train", under.size)
    rgb = np.array(every[:: max(1, len(every) // limit)][:limit])
    lengths = [k for k in evaluate.PREFIXES if k <= under.count]
    gains = table(fit(under, refined, rgb, lengths), under.count)
    export.write(with_table(graph, gains), out / "decoder.onnx")
    _rewrite_golden(out, under, refined, gains)
    _rewrite_manifest(out, data, runs, under, limit)
    folder.check_golden(out)
    share(out.parent)


def _rewrite_golden(out: Path, under: Base, refined: onnxruntime.InferenceSession, gains: np.ndarray) -> None:
    """The reference blends the two pictures outside the graph."""
    golden = read_golden(out)
    for case in golden["cases"]:
        ids = np.array(case["ids"])
        for output in case["outputs"]:
            k = output["k"]
            drawn = under.decode(ids[None], np.array([k]))[0].numpy()
            image = drawn + gains[k - 1] * (_float(refined, ids, k) - drawn)
            rgb = np.ascontiguousarray(to_bytes(image.transpose(1, 2, 0)))
            output["rgb"] = base64.b64encode(rgb.tobytes()).decode()
    (out / "golden.json").write_text(json.dumps(golden) + "\n")


def _rewrite_manifest(out: Path, data: Path, runs: Path, under: Base, limit: int) -> None:
    path = out / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"]["decoder"] = describe_file(out / "decoder.onnx")
    manifest["golden"] = describe_file(out / "golden.json")
    held = pictures.cached(data, runs, "val", under.size)
    manifest["figures"] = folder.figures(out, held, under.count, manifest["figures"]["dataset"])
    first = manifest["training"]["command"].split(" && ")[0]
    again = f"python -m tokenoscope_training ladder-gain --data DIR --model ../public/models/{out.name} --limit {limit}"
    manifest["training"] |= {"command": f"{first} && {again}", "revision": revision()}
    path.write_text(json.dumps(manifest, indent=2) + "\n")
