"""The PyTorch references of exported models, with the weights that their graphs hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..encode import to_bytes
from ..flow.build import reference as flow_reference
from ..flow.distil import Student
from ..flow.net import Flow
from ..flow.train import create as create_flow
from ..glyphs.build import FIGURES_SEED, Decoder, colour
from ..glyphs.train import create as create_glyphs
from ..glyphs.writing import batch
from ..ladder.base import Base
from ..neural import config, pictures
from .stored import filled, stored_state

Draw = Callable[[list[int], dict[str, Any]], np.ndarray]
"""ids and an output of golden.json (k, steps, seed) -> 8-bit RGB [h, w, 3]."""


def draw_with(model: Path, manifest: dict[str, Any]) -> Draw | None:
    """The reference of a family whose numbers change when it is repacked; None for one that keeps them."""
    if manifest["family"] == "glyphs":
        return _glyphs(model)
    if manifest["family"] == "flow":
        return _flow(model, manifest)
    return None


def _glyphs(model: Path) -> Draw:
    net = create_glyphs(config.read("glyphs", "cpu"))
    decoder = Decoder(filled(net, stored_state(model, ("encoder", "decoder"), "net"))).eval()

    @torch.no_grad()
    def draw(ids: list[int], output: dict[str, Any]) -> np.ndarray:
        image = decoder(torch.tensor([ids], dtype=torch.int32), torch.tensor([output["k"]], dtype=torch.int32))
        return to_bytes(image[0].permute(1, 2, 0).numpy())

    return draw


def _flow(model: Path, manifest: dict[str, Any]) -> Draw:
    # The base is the model that shares the encoder.
    settings, under = config.read("flow", "cpu"), Base(model.parent / "karhunen-128")
    state = stored_state(model, ("start", "velocity"), "flow")
    flow = filled(create_flow(settings, under), state)
    student = filled(create_flow(settings, under, Student), state | stored_state(model, ("distilled",), "flow"))
    assert isinstance(flow, Flow) and isinstance(student, Student)
    usual = {"steps": manifest["sampler"]["default"], "seed": 0}

    def draw(ids: list[int], output: dict[str, Any]) -> np.ndarray:
        return flow_reference(under, flow, student, ids, {**usual, **output})

    return draw


def held_out(model: Path, data: Path, runs: Path, count: int) -> np.ndarray:
    """`count` pictures to compare on, uint8 [n, s, s, 3]: of val.zip, evenly spread, or of writing."""
    if model.name == "glyphs":
        return colour(batch(count, 64, pictures.step_generator(FIGURES_SEED, 0)))
    held = pictures.cached(data, runs, "val", 128)
    return np.array(held[:: max(1, len(held) // count)][:count])
