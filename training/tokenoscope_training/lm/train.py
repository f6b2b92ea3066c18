"""Trains one model until a moment of the clock: `python -m tokenoscope_training.lm.train --name byte ...`.

The rate follows the time that is left, so however fast the machine is, the run ends on a rate of zero.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from . import corpus, evaluate, recipe
from .muon import Muon
from .net import Decoder, Shape

SAVE_SECONDS = 25
_BLOCK = 256


def factor(progress: float, warmup: float, flat: float) -> float:
    """The rate's factor after `progress` (0 to 1) of the time: a rise, constant, a fall to zero."""
    return max(0.0, min(1.0, (progress + 1e-3) / max(warmup, 1e-9), (1 - progress) / (1 - flat)))


class Run:
    """One model on one device, its optimisers and its data."""

    def __init__(
        self, settings: Mapping[str, Any], name: str, data: Path, seed: int, device: str, half: bool, plain: bool = False
    ) -> None:
        self.settings, self.name, self.seed = settings, name, seed
        self.model = settings["models"][name]
        self.kind = self.model["kind"]
        self.device = torch.device(device)
        self.dtype = torch.bfloat16 if half else torch.float32
        self.shape = Shape(**recipe.shape_fields(settings, name))
        torch.manual_seed(seed)
        self.net = Decoder(self.shape).to(self.device)
        if plain:
            self.net.use_plain()
        self.muon = Muon(self.net.matrices(), self.shape.width, settings["momentum"], settings["weight_decay"], half)
        self.small = [p for p in (self.net.table, self.net.gain) if p.requires_grad]
        self.adam = torch.optim.AdamW(self.small, lr=0.0, betas=(0.9, 0.99), weight_decay=0.0, fused=device == "cuda" and not plain)
        self._load(data)
        self.step_number, self.seen = 0, 0
        self.offsets: torch.Tensor | None = None

    def _load(self, data: Path) -> None:
        context = self.settings["context"]
        texts = corpus.read(data, "train")
        if self.kind == "lexinvariant":
            texts = {name: text for name, text in texts.items() if name in corpus.ENGLISH}
        parts = {name: corpus.encode(self.kind, text, data) for name, text in texts.items()}
        self.stream = corpus.Stream.of(parts, recipe.weights(data), context)
        self.lines = corpus.line_begins(self.stream.ids, self._newline(data))
        # uint8 and int16 ids stay as small as they are: the whole corpus lies on the device.
        self.ids = torch.from_numpy(self.stream.ids.copy()).to(self.device)
        self.ahead = torch.arange(context, device=self.device)

    def _newline(self, data: Path) -> int:
        if self.kind == "bpe":
            return int(corpus.encode("bpe", b"\n", data)[0])
        return 10 if self.kind == "byte" else corpus.SYMBOLS.index("\n")

    def batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Inputs and targets int64 [batch, context] of this step, on the device."""
        block, row = divmod(self.step_number, _BLOCK)
        if row == 0 or self.offsets is None:
            # Many steps' offsets at once: a copy to the device waits for everything before it.
            rng = np.random.default_rng((self.seed, block))
            batch, context = self.model["batch"], self.settings["context"]
            offsets = self.stream.offsets(rng, _BLOCK * batch, context, self.lines).reshape(_BLOCK, batch)
            self.offsets = torch.from_numpy(offsets).to(self.device)
        places = self.offsets[row][:, None] + self.ahead
        targets = self.deal(self.ids[places].long())
        start = torch.full_like(targets[:, :1], self.shape.start)
        return torch.cat((start, targets[:, :-1]), 1), targets

    def deal(self, ids: torch.Tensor) -> torch.Tensor:
        """For a lexinvariant model: ids [n, t] with the symbols of every row renamed at random."""
        if not self.shape.dealt:
            return ids
        names = torch.rand(len(ids), self.shape.symbols, device=ids.device).argsort(1)
        start = torch.full_like(names[:, :1], self.shape.start)
        return torch.cat((names, start), 1).gather(1, ids)

    def advance(self, progress: float) -> torch.Tensor:
        """One step; returns the loss in nats without waiting for it."""
        inputs, targets = self.batch()
        logits = self.net(inputs, self.dtype)
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        self.adam.zero_grad(set_to_none=True)
        for p in self.muon.matrices:
            p.grad = None
        loss.backward()
        share = factor(progress, self.settings["warmup"], self.settings["flat"])
        for p in self.small:
            torch.nan_to_num_(p.grad, nan=0.0, posinf=0.0, neginf=0.0)
        for group in self.adam.param_groups:
            group["lr"] = self.settings["adam_rate"] * share
        self.adam.step()
        self.muon.step(self.model["rate"] * share)
        self.step_number += 1
        self.seen += targets.numel()
        return loss.detach()

    def weights(self) -> dict[str, np.ndarray]:
        """float16 copies of all parameters on the CPU."""
        return {name: value.detach().half().cpu().numpy() for name, value in self.net.state_dict().items()}

    @torch.no_grad()
    def log_probs(self, inputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """As evaluate.LogProbs, in the run's own precision."""
        both = torch.from_numpy(np.concatenate((inputs[:, :1], targets), 1))
        both = self.deal(both.to(self.device))
        logits = self.net(both[:, :-1], self.dtype)
        return logits.log_softmax(-1).gather(2, both[:, 1:, None])[..., 0].cpu().numpy()


def save(path: Path, weights: Mapping[str, Mapping[str, np.ndarray]], facts: Mapping[str, Any]) -> None:
    """One .npz: arrays "MOMENT/NAME" in float16 and `facts` as JSON. A killed run leaves the previous file."""
    arrays = {f"{moment}/{name}": value for moment, named in weights.items() for name, value in named.items()}
    partial = path.with_name(f"{path.name}.part")
    with partial.open("wb") as file:
        np.savez(file, facts=np.array(json.dumps(facts)), **arrays)
    os.replace(partial, path)


class Log:
    """Lines of JSON in NAME.jsonl, the same in short on the screen."""

    def __init__(self, path: Path, name: str) -> None:
        self.file, self.name = path.open("w"), name

    def write(self, **fields: Any) -> None:
        """One line."""
        self.file.write(json.dumps({"model": self.name, **fields}) + "\n")
        self.file.flush()
        print(f"{self.name:>12}: " + ", ".join(f"{key} {value}" for key, value in fields.items()), flush=True)


def finite(run: Run) -> bool:
    """Whether every weight is a number."""
    return all(bool(torch.isfinite(p).all()) for p in run.net.parameters())


def train(run: Run, out: Path, log: Log, until: float) -> None:
    """Steps until `until` (seconds of time.time()), then measures the held-out texts and writes the files."""
    began = shown = saved = time.time()
    moments = dict(sorted(run.model.get("keep", {}).items(), key=lambda item: item[1]))
    kept: dict[str, dict[str, np.ndarray]] = {}
    facts: dict[str, Any] = {"name": run.name, "kind": run.kind, "shape": asdict(run.shape), "seed": run.seed}
    facts["moments"] = {}
    if began >= until:
        raise SystemExit(f"{run.name}: no time was left to train")
    # Moments go into a file of their own, so that none is larger than what can be fetched.
    while (now := time.time()) < until:
        progress = (now - began) / max(until - began, 1e-9)
        loss = run.advance(progress)
        for moment in [m for m, share in moments.items() if progress >= share]:
            del moments[moment]
            kept[moment] = run.weights()
            facts["moments"][moment] = {"step": run.step_number, "seen": run.seen, "progress": round(progress, 4)}
            save(out / f"{run.name}-steps.npz", kept, facts)
        if now - shown > 2:
            shown = now
            speed = run.seen / (now - began)
            log.write(step=run.step_number, seconds=round(now - began, 1), nats=round(float(loss), 4), ids_per_second=round(speed))
        if now - saved > SAVE_SECONDS:
            saved = now
            if finite(run):
                save(out / f"{run.name}.npz", {"late": run.weights()}, facts)
    if run.device.type == "cuda":
        torch.cuda.synchronize()
    facts["moments"]["late"] = {"step": run.step_number, "seen": run.seen, "progress": 1.0}
    facts["seconds"] = round(time.time() - began, 1)
    if not finite(run):
        raise SystemExit(f"{run.name}: weights are not finite; the last safe ones are kept")
    save(out / f"{run.name}.npz", {"late": run.weights()}, facts)
    log.write(step=run.step_number, seen=run.seen, seconds=facts["seconds"], nats=round(float(loss), 4))


def measure(run: Run, data: Path, log: Log, limit: int | None = None) -> None:
    """Bits per byte (lexinvariant: per symbol) of every held-out text, and by position."""
    for name, text in corpus.read(data, "held").items():
        if run.kind == "lexinvariant" and name not in corpus.ENGLISH:
            continue
        text = text[:limit].decode("utf-8", "ignore").encode()
        ids = corpus.encode(run.kind, text, data)
        part = evaluate.windows(ids, run.shape.start, run.settings["context"])
        total, places = evaluate.bits(run.log_probs, part, 64)
        size = len(ids) if run.kind == "lexinvariant" else len(text)
        edges = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
        by_place = [round(float(places[a:b].mean()), 3) for a, b in zip(edges, edges[1:], strict=False) if a < len(places)]
        log.write(held=name, bits=round(total / size, 4), by_position=by_place)


def main() -> None:
    """One model, from the command line; see fleet.py, which starts all of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", required=True)
    parser.add_argument("--size", default="gpu")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--logs", type=Path, required=True)
    parser.add_argument("--until", type=float, required=True)
    parser.add_argument("--least", type=float, default=0.0, help="seconds of training even if they end after --until")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--plain", action="store_true", help="no fused kernels")
    parser.add_argument("--float32", action="store_true")
    parser.add_argument("--held-limit", type=int)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(1 if given.device == "cpu" else 2)
    if given.device == "cuda":
        torch.backends.cuda.enable_cudnn_sdp(False)  # it compiles a kernel for every shape; the flash kernel is there at once
    log = Log(given.logs / f"{given.name}.jsonl", given.name)
    run = Run(recipe.read(given.size), given.name, given.data, given.seed, given.device, not given.float32, given.plain)
    log.write(ready=round(given.until - time.time(), 1), ids=len(run.stream.ids), parameters=sum(p.numel() for p in run.net.parameters()))
    now = time.time()
    seconds = max(given.until - now, given.least)
    train(run, given.out, log, now + seconds * run.model.get("ends", 1.0))
    try:
        measure(run, given.data, log, given.held_limit)
    except Exception as problem:  # the weights are written, and export measures them again
        log.write(problem=repr(problem))


if __name__ == "__main__":
    main()
