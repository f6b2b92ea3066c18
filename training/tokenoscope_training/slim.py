"""`python -m tokenoscope_training.slim RUN`: the averaged weights of a run as fp16, small enough to download.

With `--whole` the whole checkpoint in 16 bits, so that the run can be resumed elsewhere; `--join RUN` puts it together
again. Either way files of at most 15 MiB.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import torch

from .log import say

PART = 15 * 2**20


def _half(value: Any, kind: torch.dtype) -> Any:
    if isinstance(value, dict):
        return {name: _half(part, kind) for name, part in value.items()}
    if not isinstance(value, torch.Tensor) or not value.is_floating_point() or value.numel() < 2:
        return value
    fits = kind == torch.bfloat16 or bool(value.abs().max() < 65504)
    return value.to(kind) if fits else value


def _wide(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _wide(part) for name, part in value.items()}
    return value.float() if isinstance(value, torch.Tensor) and value.dtype in (torch.float16, torch.bfloat16) else value


def slim(run: Path, whole: bool = False) -> list[Path]:
    """Writes `slim.pt` (several parts, `slim.pt.0` .., where it is large), which can replace `checkpoint.pt` for an export.

    The optimiser's moments are kept in bfloat16, which has the range for squares of small gradients.
    """
    state = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    kept: dict[str, Any] = {"average": _half(state["average"], torch.float16), "step": state["step"]}
    if whole:
        kept |= {name: _half(state[name], torch.bfloat16 if name == "optimiser" else torch.float16) for name in ("module", "optimiser")}
    file = io.BytesIO()
    torch.save(kept, file)
    payload, path = file.getvalue(), run / "slim.pt"
    for old in run.glob("slim.pt*"):
        old.unlink()
    if len(payload) <= PART:
        path.write_bytes(payload)
        return [path]
    parts = []
    for index, start in enumerate(range(0, len(payload), PART)):
        parts.append(run / f"slim.pt.{index}")
        parts[-1].write_bytes(payload[start : start + PART])
    return parts


def join(run: Path) -> Path:
    """`checkpoint.pt` from what `slim` wrote."""
    parts = sorted(run.glob("slim.pt.*"), key=lambda path: int(path.suffix[1:])) or [run / "slim.pt"]
    kept = torch.load(io.BytesIO(b"".join(path.read_bytes() for path in parts)), map_location="cpu", weights_only=True)
    torch.save({name: _wide(value) for name, value in kept.items()}, run / "checkpoint.pt")
    return run / "checkpoint.pt"


if __name__ == "__main__":
    run_ = Path(sys.argv[-1])
    for made in [join(run_)] if "--join" in sys.argv else slim(run_, "--whole" in sys.argv):
        say(f"{made}: {made.stat().st_size:,} bytes")
