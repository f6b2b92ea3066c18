"""The numpy reference of both graphs: pictures to ids and ids to pictures."""

from __future__ import annotations

import numpy as np

from .codebooks import CODES
from .lapped import analyse, synthesise
from .local import PHASES, phase_order
from .model import Model
from .transform import pixels

_BATCH = 16


def pair_costs(x: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Squared distance of x [n, D] to every sum of two codes: float32 [n, 65536]."""
    rest = x[:, None, :] - first[None]
    cost = np.square(rest).sum(-1)[:, :, None] - 2 * (rest @ second.T) + np.square(second).sum(-1)
    return cost.reshape(len(x), -1)


def shape_costs(blocks: np.ndarray, book: np.ndarray) -> np.ndarray:
    """What adding a code at a place does to squared error: blocks [n, places, D] -> float32 [n, places * codes]."""
    return (np.square(book).sum(-1) - 2 * (blocks @ book.T)).reshape(len(blocks), -1)


def encode(model: Model, rgb: np.ndarray) -> np.ndarray:
    """uint8 [n, size, size, 3] -> ids int32 [n, K]."""
    return encode_with_margins(model, rgb)[0]


def encode_with_margins(model: Model, rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ids, and how much worse the second best choice is, float32 [n, K]: small margins may differ elsewhere."""
    parts = [_encode(model, rgb[start : start + _BATCH]) for start in range(0, len(rgb), _BATCH)]
    return np.concatenate([ids for ids, _ in parts]), np.concatenate([margins for _, margins in parts])


def _choose(cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    two = np.partition(cost, 1, axis=1)[:, :2]
    return cost.argmin(axis=1), two[:, 1] - two[:, 0]


def _encode(model: Model, rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    residual = model.basis.project(rgb)
    tokens = model.tokens
    ids = np.empty((len(rgb), model.count), dtype=np.int32)
    margins = np.empty(ids.shape, dtype=np.float32)
    for token, dims in enumerate(tokens.components):
        first, second = tokens.first[token], tokens.second[token]
        best, margins[:, token] = _choose(pair_costs(residual[:, dims], first, second))
        ids[:, token] = best
        residual[:, dims] -= first[best // CODES] + second[best % CODES]
    fixed = len(tokens.components)
    picture = pixels(model.basis.synthesize(coefficients(model, ids, fixed)), model.basis.zone)
    blocks = local_blocks(rgb.astype(np.float32) / np.float32(255) - picture, model.local.dims)
    everyone = np.arange(len(rgb))
    for number, book in enumerate(model.local.books):
        for phase in range(PHASES):
            token = fixed + number * PHASES + phase
            best, margins[:, token] = _choose(shape_costs(blocks[:, phase], book))
            ids[:, token] = best
            blocks[everyone, phase, best // len(book)] -= book[best % len(book)]
    return ids, margins


def local_blocks(rgb_error: np.ndarray, dims: np.ndarray) -> np.ndarray:
    """Float RGB differences [n, size, size, 3] -> the kept local values by phase, [n, PHASES, places, D]."""
    values = analyse(rgb_error)[:, :, dims]
    order = phase_order(int(np.sqrt(values.shape[1])))
    return np.ascontiguousarray(values[:, order])


def coefficients(model: Model, ids: np.ndarray, k: int) -> np.ndarray:
    """ids [n, K] -> the components that the first k tokens describe, float32 [n, components]."""
    tokens = model.tokens
    out = np.zeros((len(ids), model.basis.count), dtype=np.float32)
    for token in range(min(k, len(tokens.components))):
        pair = tokens.first[token, ids[:, token] // CODES] + tokens.second[token, ids[:, token] % CODES]
        out[:, tokens.components[token]] += pair
    return out


def _local_picture(model: Model, ids: np.ndarray, k: int) -> np.ndarray:
    fixed, dims = len(model.tokens.components), model.local.dims
    order = phase_order(model.basis.zone.size // 8)
    values = np.zeros((len(ids), order.size, 192), dtype=np.float32)
    everyone = np.arange(len(ids))
    for token in range(fixed, k):
        number, phase = divmod(token - fixed, PHASES)
        book = model.local.books[number]
        place = order[phase, ids[:, token] // len(book)]
        values[everyone[:, None], place[:, None], dims[None]] += book[ids[:, token] % len(book)]
    return synthesise(values)


def decode(model: Model, ids: np.ndarray, k: int) -> np.ndarray:
    """ids [n, K], the first k kept -> RGB float32 [n, size, size, 3], not clamped."""
    basis = model.basis
    return pixels(basis.synthesize(coefficients(model, ids, k)), basis.zone) + _local_picture(model, ids, k)


def to_bytes(picture: np.ndarray) -> np.ndarray:
    """Float RGB to 8 bits, as the app does: clamped, rounded half up."""
    return np.floor(np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
