"""The .npz files that training writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .net import Decoder, Shape


def moments(folder: Path, name: str) -> dict[str, dict[str, np.ndarray]]:
    """Every moment of model `name` that is there, by moment: parameters in float16."""
    found: dict[str, dict[str, np.ndarray]] = {}
    for path in (folder / f"{name}-steps.npz", folder / f"{name}.npz"):
        if path.exists():
            with np.load(path) as arrays:
                for key in arrays.files:
                    moment, _, parameter = key.partition("/")
                    if parameter:
                        found.setdefault(moment, {})[parameter] = arrays[key]
    return found


def facts(folder: Path, name: str) -> dict[str, Any]:
    """What training says of model `name`."""
    with np.load(folder / f"{name}.npz") as arrays:
        return json.loads(str(arrays["facts"]))


def module(shape: Shape, parameters: dict[str, np.ndarray]) -> Decoder:
    """The decoder with these weights, in evaluation mode."""
    net = Decoder(shape)
    net.load_state_dict({name: torch.from_numpy(value.astype(np.float32)) for name, value in parameters.items()})
    return net.eval()
