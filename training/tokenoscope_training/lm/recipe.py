"""Reading configs/lm.toml, and making the modules that it describes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import bpe
from .corpus import SYMBOLS

CONFIG = Path(__file__).parents[2] / "configs" / "lm.toml"


def read(size: str) -> dict[str, Any]:
    """The settings common to all models, and those of the models of `size` ("gpu" or "tiny")."""
    tables = tomllib.loads(CONFIG.read_text())
    if size not in tables or size == "common":
        raise SystemExit(f"lm.toml has no size {size}; it has {', '.join(t for t in tables if t != 'common')}")
    return {**tables["common"], **tables[size]}


def shape_fields(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The fields of net.Shape for one model."""
    model = settings["models"][name]
    kind = model["kind"]
    symbols = {"byte": 256, "bpe": settings["bpe_vocabulary"], "lexinvariant": len(SYMBOLS)}[kind]
    return {
        "symbols": symbols, "width": model["width"], "depth": model["depth"], "heads": model["heads"],
        "context": settings["context"], "start": 0 if kind == "bpe" else symbols,
        "dealt": kind == "lexinvariant",
    }  # fmt: skip


def vocabulary_of(folder: Path) -> int:
    """How many ids the folder's tokenizer has."""
    return int(bpe.load(folder).get_vocab_size())


def weights(folder: Path) -> dict[str, float]:
    """How often every domain is read."""
    facts = json.loads((folder / "corpus.json").read_text())
    return {name: float(fact["weight"]) for name, fact in facts.items()}
