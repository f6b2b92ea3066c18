"""`python -m tokenoscope_training.slim RUN`: the averaged weights of a run as fp16, small enough to download."""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from .log import say


def slim(run: Path) -> Path:
    """Writes `slim.pt`, which can replace `checkpoint.pt` for an export."""
    state = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    average = {
        name: value.half() if value.is_floating_point() and value.abs().max() < 65504 else value
        for name, value in state["average"].items()
    }
    torch.save({"average": average, "step": state["step"]}, run / "slim.pt")
    return run / "slim.pt"


if __name__ == "__main__":
    path = slim(Path(sys.argv[1]))
    say(f"{path}: {path.stat().st_size:,} bytes")
