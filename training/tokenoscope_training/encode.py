"""The numpy reference of both graphs: pictures to ids and ids to pictures."""

from __future__ import annotations

import numpy as np

from .codebooks import CODES
from .model import Model
from .transform import pixels


def pair_costs(x: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Squared distance of x [n, D] to every sum of two codes, less |x|^2 terms kept: float32 [n, 65536]."""
    rest = x[:, None, :] - first[None]
    cost = np.square(rest).sum(-1)[:, :, None] - 2 * (rest @ second.T) + np.square(second).sum(-1)
    return cost.reshape(len(x), -1)


def encode(model: Model, rgb: np.ndarray) -> np.ndarray:
    """uint8 [n, size, size, 3] -> ids int32 [n, K]."""
    return encode_with_margins(model, rgb)[0]


def encode_with_margins(model: Model, rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ids, and how much worse the second best pair is, float32 [n, K]: small margins may differ elsewhere."""
    residual = model.basis.project(rgb)
    tokens = model.tokens
    ids = np.empty((len(rgb), len(tokens.components)), dtype=np.int32)
    margins = np.empty(ids.shape, dtype=np.float32)
    batch = 16
    for token, dims in enumerate(tokens.components):
        first, second = tokens.first[token], tokens.second[token]
        for start in range(0, len(rgb), batch):
            rows = slice(start, start + batch)
            cost = pair_costs(residual[rows, dims], first, second)
            best = cost.argmin(axis=1)
            two = np.partition(cost, 1, axis=1)[:, :2]
            margins[rows, token] = two[:, 1] - two[:, 0]
            ids[rows, token] = best
            residual[rows, dims] -= first[best // CODES] + second[best % CODES]
    return ids, margins


def coefficients(model: Model, ids: np.ndarray, k: int) -> np.ndarray:
    """ids [n, K] -> the components that the first k tokens describe, float32 [n, components]."""
    tokens = model.tokens
    out = np.zeros((len(ids), model.basis.count), dtype=np.float32)
    for token in range(k):
        pair = tokens.first[token, ids[:, token] // CODES] + tokens.second[token, ids[:, token] % CODES]
        out[:, tokens.components[token]] += pair
    return out


def decode(model: Model, ids: np.ndarray, k: int) -> np.ndarray:
    """ids [n, K], the first k kept -> RGB float32 [n, size, size, 3], not clamped."""
    basis = model.basis
    return pixels(basis.synthesize(coefficients(model, ids, k)), basis.zone)


def to_bytes(picture: np.ndarray) -> np.ndarray:
    """Float RGB to 8 bits, as the app does: clamped, rounded half up."""
    return np.floor(np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
