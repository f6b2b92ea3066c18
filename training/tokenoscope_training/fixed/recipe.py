"""Which of fixed's two architectures a size uses: dense layers over frequencies, or the transformer."""

from __future__ import annotations

from pathlib import Path

from ..neural import config


def needs_base(size: str) -> bool:
    """Whether a size starts from karhunen's checkpoint."""
    return bool(config.read("fixed", size)["architecture"] == "transformer")


def train(
    data: Path, runs: Path, base: Path, size: str, seed: int, resume: bool, minutes: float | None, steps: int | None,
    variant: str | None = None,
) -> bool:  # fmt: skip
    """Trains; True when all steps are done."""
    leg = (size, seed, resume, minutes, steps)
    if needs_base(size):
        from ..ladder.train_vit import train as transformer

        return transformer("fixed", data, runs, base, *leg)
    from .train import train as dense

    return dense(data, runs, *leg, variant)


def build(
    data: Path, out: Path, runs: Path, size: str, seed: int, command: str, variant: str | None = None
) -> None:
    """Exports and describes the last checkpoint."""
    if needs_base(size):
        from ..ladder.build_vit import build as transformer

        transformer("fixed", data, out, runs, size, seed, command)
    else:
        from .build import build as dense

        dense(data, out, runs, size, seed, command, variant)
