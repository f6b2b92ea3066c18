"""Recipes: one TOML file a model, with a table of settings for each size."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

CONFIGS = Path(__file__).parents[2] / "configs"
T = TypeVar("T")


@dataclass(frozen=True)
class Training:
    """How the loop runs: `steps` of `batch` samples; `warmup` and `decay` are shares of the steps."""

    steps: int
    batch: int
    rate: float
    warmup: float = 0.02
    decay: float = 0.3
    weight_decay: float = 0.01
    beta2: float = 0.99
    clip: float = 1.0
    average: float = 0.999
    half: bool = True
    compile: bool = False
    seed: int = 0


def read(name: str, size: str, variant: str | None = None) -> dict[str, Any]:
    """The settings of recipe `name` at `size` ("cpu", "gpu", "tiny", ...): `[common]` overridden by `[size]`.

    A `variant` is what the other model of a pair differs in: the table `[variant.NAME]`, which overrides both, and
    `[variant.NAME.SIZE]` where it differs by size.
    """
    with (CONFIGS / f"{name}.toml").open("rb") as file:
        tables = tomllib.load(file)
    variants = tables.pop("variant", {})
    if size not in tables:
        raise SystemExit(f"{name}.toml has no size {size}; it has {', '.join(t for t in tables if t != 'common')}")
    if variant is not None and variant not in variants:
        raise SystemExit(f"{name}.toml has no variant {variant}; it has {', '.join(variants) or 'none'}")
    other = variants.get(variant, {})
    always = {name: value for name, value in other.items() if not isinstance(value, dict)}
    return {**tables.get("common", {}), **tables[size], **always, **other.get(size, {})}


def run_folder(runs: Path, name: str, size: str, seed: int, variant: str | None = None) -> Path:
    """Where a run keeps its checkpoint and its log."""
    return runs / "-".join((name, size, *([variant] if variant else []), f"seed{seed}"))


def pick(kind: type[T], settings: Mapping[str, Any], **overrides: Any) -> T:
    """A dataclass from those settings that it has fields for."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    merged = {**settings, **{key: value for key, value in overrides.items() if value is not None}}
    return kind(**{key: value for key, value in merged.items() if key in names})
