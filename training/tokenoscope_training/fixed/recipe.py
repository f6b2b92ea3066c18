"""Which of fixed's two architectures a size uses: dense layers over KLT components, or the transformer."""

from __future__ import annotations

from pathlib import Path

from ..neural import config


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None
) -> bool:
    """Trains; True when all steps are done."""
    leg = (data, runs, base, size, seed, resume, minutes, steps)
    if config.read("fixed", size)["architecture"] == "transformer":
        from ..ladder.train_vit import train as transformer

        return transformer("fixed", *leg)
    from .train import train as dense

    return dense(*leg)


def build(data: Path, out: Path, runs: Path, base: Path, size: str, seed: int, command: str) -> None:
    """Exports and describes the last checkpoint."""
    if config.read("fixed", size)["architecture"] == "transformer":
        from ..ladder.build_vit import build as transformer

        transformer("fixed", data, out, runs, size, seed, command)
    else:
        from .build import build as dense

        dense(data, out, runs, base, size, seed, command)
