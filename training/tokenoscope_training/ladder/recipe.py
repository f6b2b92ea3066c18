"""Which of ladder's architectures a size uses: a refiner over karhunen's ids (two trainings), or the transformer."""

from __future__ import annotations

from pathlib import Path

from ..neural import config


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains; True when all steps are done."""
    leg = (data, runs, base, size, seed, resume, minutes, steps)
    architecture = config.read("ladder", size)["architecture"]
    if architecture == "transformer":
        from .train_vit import train as transformer

        return transformer("ladder", *leg)
    if architecture == "realism":
        from .train_realism import train as realism

        return realism(*leg)
    from .train import train as refiner

    return refiner(*leg)


def build(data: Path, out: Path, runs: Path, base: Path, size: str, seed: int, command: str) -> None:
    """Exports and describes the last checkpoint."""
    architecture = config.read("ladder", size)["architecture"]
    if architecture == "transformer":
        from .build_vit import build as transformer

        transformer("ladder", data, out, runs, size, seed, command)
    elif architecture == "realism":
        from .build_realism import build as realism

        realism(data, out, runs, base, size, seed, command)
    else:
        from .build import build as refiner

        refiner(data, out, runs, base, size, seed, command)
