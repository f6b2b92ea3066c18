"""From trained weights to model folders: model.onnx, weights.bin, golden.json, manifest.json (bpe: tokenizer.json)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch

from ..log import say
from ..manifest import describe_file, revision
from ..neural import export
from ..onnx_graph import WeightFile
from . import corpus, evaluate, graph, weights
from .net import Decoder, Shape

MAX_BYTES = 4_000_000
_TEXTS = ("Once upon a time, there was a little girl", "Der Hund lief über die Straße.\n", "It was the best of t")
_LABELS = {"byte": "Bytes", "bpe": "BPE 2k", "draft": "Draft", "lexinvariant": "Lexinvariant"}
_SUMMARIES = {
    "byte": "Reads bytes and says what the next byte may be.",
    "bpe": "Reads tokens of a byte-level BPE of 2,048 and says what the next token may be.",
    "draft": "A tenth of the byte model's size: it guesses, the larger one checks.",
    "lexinvariant": "What its ids stand for is dealt anew in every text: it must find out from the text alone.",
}
_LICENCE = (
    "English and other books: public domain in the United States. TinyStories: CDLA-Sharing-1.0. NTREX, XQuAD and Universal "
    "Dependencies: CC BY-SA 4.0 (Finnish-FTB: CC BY 4.0). No text is contained in the model's files."
)


class Session:
    """The graph of a folder in onnxruntime, as the app calls it."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        self.shape = shape
        self.run = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"]).run

    def empty(self, batch: int) -> np.ndarray:
        """A past of no ids."""
        return np.zeros((2 * self.shape.depth, batch, self.shape.heads, 0, self.shape.head), np.float32)

    def __call__(self, ids: np.ndarray, past: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """ids [b, n] -> logits [b, n, symbols] and the present."""
        given = {"ids": ids.astype(np.int32), "past": self.empty(len(ids)) if past is None else past}
        logits, present = self.run(["logits", "present"], given)
        return logits, present


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Over the last axis."""
    top = logits - logits.max(-1, keepdims=True)
    return top - np.log(np.exp(top).sum(-1, keepdims=True))


def deal(shape: Shape, seed: int) -> np.ndarray:
    """New names of all ids, int64 [symbols + 1 or symbols]: a permutation for a lexinvariant model, else their own."""
    names = np.arange(max(shape.symbols, shape.start + 1))
    if shape.dealt:
        names[: shape.symbols] = np.random.default_rng(seed).permutation(shape.symbols)
    return names


def write_graph(net: Decoder, folder: Path) -> None:
    """model.onnx and weights.bin of a module whose weights are rounded already."""
    store = WeightFile("weights.bin")
    model = graph.build(net)
    export.store(model, store, matrices_int8=True)
    store.write(folder)
    export.write(model, folder / "model.onnx")


def check(net: Decoder, session: Session, ids: np.ndarray) -> float:
    """Largest difference of log-probabilities: graph against torch, and by pieces against the whole. Exits above 1e-3."""
    with torch.no_grad():
        wanted = log_softmax(net(torch.from_numpy(ids).long()).numpy())
    whole = log_softmax(session(ids)[0])
    parts, past, begin = [], session.empty(len(ids)), 0
    for size in (1, 3, 1, ids.shape[1]):
        piece = ids[:, begin : begin + size]
        if piece.shape[1]:
            logits, past = session(piece, past)
            parts.append(log_softmax(logits))
        begin += size
    apart = max(float(np.abs(part - wanted).max()) for part in (whole, np.concatenate(parts, 1)))
    if not apart < 1e-3:
        raise SystemExit(f"the graph differs from torch by {apart}")
    return apart


def golden(session: Session, kind: str, data: Path) -> dict[str, Any]:
    """Ids (dealt, for a lexinvariant model), each one's log-probability, and the last position's logits."""
    cases = []
    for index, text in enumerate(_TEXTS):
        names = deal(session.shape, index)
        ids = names[corpus.encode(kind, text.encode(), data).astype(np.int64)]
        logits = session(np.concatenate(([session.shape.start], ids))[None])[0][0]
        picked = np.take_along_axis(log_softmax(logits[:-1]), ids[:, None], 1)[:, 0]
        case = {"text": text, "ids": ids.tolist(), "logProbs": [round(float(v), 5) for v in picked]}
        case["lastLogits"] = [round(float(v), 4) for v in logits[-1]]
        cases.append(case)
    return {"cases": cases, "tolerance": 0.005}


def figures(session: Session, kind: str, data: Path, limit: int | None) -> dict[str, Any]:
    """Bits per byte (lexinvariant: per symbol, and by position) of the held-out texts through the graph."""
    shape, out, places = session.shape, {}, {}

    def log_probs(inputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
        names = deal(shape, int(inputs.sum()))
        logits, targets = session(names[inputs])[0], names[targets]
        return np.take_along_axis(log_softmax(logits), targets[..., None], 2)[..., 0]

    for name, text in corpus.read(data, "held").items():
        if kind == "lexinvariant" and name not in corpus.ENGLISH:
            continue
        text = text[:limit].decode("utf-8", "ignore").encode()
        ids = corpus.encode(kind, text, data)
        bits, by_place = evaluate.bits(log_probs, evaluate.windows(ids, shape.start, shape.context), 4)
        out[name] = round(bits / (len(ids) if kind == "lexinvariant" else len(text)), 4)
        places[name] = {str(at): round(float(by_place[at // 2 : at].mean()), 3) for at in (2, 8, 32, 128, 512) if at <= shape.context}
    say(f"{kind}: " + ", ".join(f"{name} {value:.3f}" for name, value in out.items()))
    unit = "bitsPerSymbol" if kind == "lexinvariant" else "bitsPerByte"
    by = {"bitsByPosition": places} if kind == "lexinvariant" else {}
    return {
        "dataset": "held-out text, windows of the context that overlap by half, int8 weights through ONNX",
        "heldBytes": limit, unit: out, **by,
    }  # fmt: skip


def build(
    name: str, moment: str, parameters: dict[str, np.ndarray], facts: Mapping[str, Any], data: Path, out: Path,
    command: str, limit: int | None,
) -> None:  # fmt: skip
    """One model folder."""
    out.mkdir(parents=True, exist_ok=True)
    shape, kind = Shape(**facts["shape"]), facts["kind"]
    net = weights.module(shape, parameters)
    export.round_weights(net, matrices_int8=True)
    write_graph(net, out)
    session = Session(out, shape)
    held = next(iter(corpus.read(data, "held").values()))[: 4 * shape.context]
    ids = corpus.encode(kind, held.decode("utf-8", "ignore").encode(), data)[: 2 * (shape.context // 2)].astype(np.int64)
    say(f"{out.name}: the graph is {check(net, session, ids.reshape(2, -1)):.1e} from torch")
    (out / "golden.json").write_text(json.dumps(golden(session, kind, data)) + "\n")
    files = {"model": describe_file(out / "model.onnx"), "data": [describe_file(out / "weights.bin")]}
    if kind == "bpe":
        shutil.copy(data / "tokenizer.json", out / "tokenizer.json")
        files["tokenizer"] = describe_file(out / "tokenizer.json")
    vocabulary: dict[str, Any] = {"kind": kind, "symbols": shape.symbols, "start": shape.start}
    if kind == "lexinvariant":
        vocabulary["alphabet"] = corpus.SYMBOLS
    text = {
        "schema": 1, "id": out.name, "label": _LABELS[name] + ("" if moment == "late" else f" ({moment})"),
        "summary": _SUMMARIES[name], "family": "decoder", "vocabulary": vocabulary, "context": shape.context,
        "shape": {"width": shape.width, "depth": shape.depth, "heads": shape.heads, "head": shape.head},
        "files": files, "golden": describe_file(out / "golden.json"), "figures": figures(session, kind, data, limit),
        "parameters": sum(p.numel() for p in net.parameters()),
        "licence": "Model and code: as this project. Learned from the texts that dataLicence names.",
        "training": {
            "data": json.loads((data / "corpus.json").read_text()), "dataLicence": _LICENCE, "command": command,
            "seed": facts["seed"], "revision": revision(), "moment": moment, **facts["moments"].get(moment, {}),
        },
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(text, indent=2, ensure_ascii=False) + "\n")
    size = sum(path.stat().st_size for path in out.iterdir())
    say(f"{out.name}: {size:,} bytes")
    if sum(path.stat().st_size for path in (out / "model.onnx", out / "weights.bin")) > MAX_BYTES:
        raise SystemExit(f"{out.name}: more than {MAX_BYTES:,} bytes")


def build_all(folder: Path, data: Path, out: Path, command: str, limit: int | None) -> None:
    """Every model and moment that is in `folder`; `late` goes by the model's name alone."""
    for path in sorted(folder.glob("*.npz")):
        name = path.stem
        if name.endswith("-steps"):
            continue
        facts = weights.facts(folder, name)
        for moment, parameters in weights.moments(folder, name).items():
            target = out / (f"lm-{name}" if moment == "late" else f"lm-{name}-{moment}")
            build(name, moment, parameters, facts, data, target, command, limit)
