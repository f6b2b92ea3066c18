"""The texts that models learn from: cut from the corpora into one small folder, and sampled from it.

The folder holds `train-DOMAIN.txt.xz` and `held-DOMAIN.txt.xz`, `tokenizer.json` and `corpus.json`. Held-out text is the end of
a file, so no window that is trained on touches it.
"""

from __future__ import annotations

import json
import lzma
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SYMBOLS = " abcdefghijklmnopqrstuvwxyz.,'?\n"
"""What the lexinvariant model reads; every other sign is folded into one of these or left out."""

_ALIKE = (("’", "'"), ("‘", "'"), ("!", "."), (";", ","), (":", ","), ("—", " "), ("–", " "), ("-", " "), ("/", " "))


def fold(text: str) -> str:
    """Lower case without accents over SYMBOLS; other signs are dropped. Of a run of white space one sign is left: a
    line's end if it holds one, else a space."""
    for sign, plain in _ALIKE:
        text = text.replace(sign, plain)
    letters = unicodedata.normalize("NFKD", text).lower().encode("ascii", "ignore")
    others = bytes(set(range(256)) - set(SYMBOLS.encode()))
    signs = np.frombuffer(letters.translate(None, others), np.uint8).copy()
    white = (signs == 32) | (signs == 10)
    first = white & ~np.concatenate(([False], white[:-1]))
    runs = np.cumsum(first)
    signs[np.flatnonzero(first)[np.unique(runs[signs == 10]) - 1]] = 10
    return signs[first | ~white].tobytes().decode("ascii")


def symbol_ids(text: str) -> np.ndarray:
    """Text -> uint8 ids into SYMBOLS of what it folds to."""
    lookup = np.zeros(128, np.uint8)
    lookup[[ord(sign) for sign in SYMBOLS]] = np.arange(len(SYMBOLS))
    return lookup[np.frombuffer(fold(text).encode("ascii"), np.uint8)]


def cut(payload: bytes, hold: int) -> tuple[bytes, bytes]:
    """What is trained on, and the last `hold` bytes, from a line's end on."""
    if not hold:
        return payload, b""
    at = payload.rfind(b"\n", 0, max(0, len(payload) - hold)) + 1
    return payload[:at], payload[at:]


def source(corpora: Path, name: str) -> bytes:
    """A corpus file, or "NAME:BEGIN:END", bytes of it."""
    path, _, part = name.partition(":")
    payload = lzma.decompress((corpora / path).read_bytes())
    if part:
        begin, end = map(int, part.split(":"))
        payload = payload[begin:end]
    return payload.decode("utf-8", "ignore").encode()


def prepare(corpora: Path, out: Path, settings: Mapping[str, Any], limit: int | None = None) -> None:
    """Writes the folder; `limit` cuts every file, to try things out. Deterministic."""
    from .bpe import train as train_bpe

    out.mkdir(parents=True, exist_ok=True)
    facts: dict[str, Any] = {}
    texts: dict[str, bytes] = {}
    for name, domain in settings["domains"].items():
        train, held = b"", b""
        for file, hold in zip(domain["files"], domain["hold"], strict=True):
            payload = source(corpora, file)
            if limit is not None:
                payload, hold = payload[-limit:].decode("utf-8", "ignore").encode(), min(hold, limit // 4)
            kept, rest = cut(payload, hold)
            train, held = train + kept + b"\n", held + rest
        train, held = (b"" if not domain["weight"] else train), held[: settings["held_bytes"]]
        held = held.decode("utf-8", "ignore").encode()
        for kind, payload in (("train", train), ("held", held)):
            if payload:
                packed = lzma.compress(payload, preset=9 | lzma.PRESET_EXTREME)
                (out / f"{kind}-{name}.txt.xz").write_bytes(packed)
        texts[name] = train
        facts[name] = {"weight": domain["weight"], "train": len(train), "held": len(held), "files": domain["files"]}
    train_bpe(texts, {n: d["weight"] for n, d in settings["domains"].items()}, settings["bpe_vocabulary"], out)
    (out / "corpus.json").write_text(json.dumps(facts, indent=1) + "\n")


def read(folder: Path, kind: str) -> dict[str, bytes]:
    """`kind` "train" or "held": the texts by domain, in the order of corpus.json."""
    names = json.loads((folder / "corpus.json").read_text())
    paths = {name: folder / f"{kind}-{name}.txt.xz" for name in names}
    return {name: lzma.decompress(path.read_bytes()) for name, path in paths.items() if path.exists()}


def encode(kind: str, payload: bytes, folder: Path) -> np.ndarray:
    """A text as ids: bytes (uint8), BPE (int16) or symbols (uint8)."""
    if kind == "byte":
        return np.frombuffer(payload, np.uint8)
    if kind == "lexinvariant":
        return symbol_ids(payload.decode())
    from .bpe import encode as encode_bpe

    return encode_bpe(folder, payload.decode())


ENGLISH = ("books", "stories", "novels")
"""The domains that the lexinvariant model reads."""


@dataclass(frozen=True)
class Stream:
    """All ids one after the other [n], and for every domain where it begins, its length and its weight."""

    ids: np.ndarray
    begins: np.ndarray
    lengths: np.ndarray
    weights: np.ndarray

    @staticmethod
    def of(parts: Mapping[str, np.ndarray], weights: Mapping[str, float], context: int) -> Stream:
        """From the ids of every domain; domains shorter than a window are left out."""
        used = [name for name in parts if weights[name] > 0 and len(parts[name]) > context]
        lengths = np.array([len(parts[name]) for name in used])
        begins = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        share = np.array([weights[name] for name in used], np.float64)
        return Stream(np.concatenate([parts[name] for name in used]), begins, lengths, share / share.sum())

    def offsets(self, rng: np.random.Generator, count: int, context: int, lines: np.ndarray) -> np.ndarray:
        """Where `count` windows begin, int64: half anywhere, half at a line's beginning (`lines`, sorted)."""
        domain = rng.choice(len(self.weights), size=count, p=self.weights)
        last = self.begins[domain] + self.lengths[domain] - context
        anywhere = self.begins[domain] + (rng.random(count) * (self.lengths[domain] - context)).astype(np.int64)
        snapped = lines[np.minimum(np.searchsorted(lines, anywhere), len(lines) - 1)] if len(lines) else anywhere
        good = (rng.random(count) < 0.5) & (snapped <= last) & (snapped >= self.begins[domain])
        return np.where(good, snapped, anywhere)


def line_begins(ids: np.ndarray, newline: int) -> np.ndarray:
    """Positions after a line's end, sorted int64."""
    return np.flatnonzero(ids[:-1] == newline).astype(np.int64) + 1
