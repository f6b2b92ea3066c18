"""Which of ladder's two architectures a size uses: the refiner over karhunen's ids, or the transformer."""

from __future__ import annotations

from pathlib import Path

from ..neural import config


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains; True when all steps are done."""
    leg = (data, runs, base, size, seed, resume, minutes, steps)
    if config.read("ladder", size)["architecture"] == "transformer":
        from .train_vit import train as transformer

        return transformer("ladder", *leg)
    from .train import train as refiner

    return refiner(*leg)


def build(data: Path, out: Path, runs: Path, base: Path, size: str, seed: int, command: str) -> None:
    """Exports and describes the last checkpoint."""
    if config.read("ladder", size)["architecture"] == "transformer":
        from .build_vit import build as transformer

        transformer("ladder", data, out, runs, size, seed, command)
    else:
        from .build import build as refiner

        refiner(data, out, runs, base, size, seed, command)
