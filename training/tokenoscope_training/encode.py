"""The numpy reference of both graphs: pictures to ids and ids to pictures."""

from __future__ import annotations

import numpy as np

from . import masking
from .codebooks import CODES
from .lapped import analyse, synthesise
from .local import PLACES, Local, phase_order
from .model import Model
from .transform import pixels

_BATCH = 16


def pair_costs(x: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Squared distance of x [n, D] to every sum of two codes: float32 [n, 65536]."""
    rest = x[:, None, :] - first[None]
    cost = np.square(rest).sum(-1)[:, :, None] - 2 * (rest @ second.T) + np.square(second).sum(-1)
    return cost.reshape(len(x), -1)


def shape_costs(blocks: np.ndarray, book: np.ndarray) -> np.ndarray:
    """How adding a code at a place changes the squared error: blocks [n, places, D] -> float32 [n, places * codes]."""
    return (np.square(book).sum(-1) - 2 * (blocks @ book.T)).reshape(len(blocks), -1)


def weighed_costs(blocks: np.ndarray, book: np.ndarray, calm: np.ndarray, responses: np.ndarray) -> np.ndarray:
    """The same for the error weighed by calm [n, places, S] times responses [S, D]."""
    norms = calm @ (responses @ np.square(book).T)
    return (norms - 2 * ((blocks * (calm @ responses)) @ book.T)).reshape(len(blocks), -1)


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
    at = len(tokens.components)
    error = rgb.astype(np.float32) / np.float32(255) - pixels(
        model.basis.synthesize(coefficients(model, ids, at)), model.basis.zone
    )
    everyone = np.arange(len(rgb))
    for part in model.local:
        values = analyse(error, part.block)
        blocks = by_phase(values, part.dims)
        before = blocks.copy()
        calm = None if part.responses is None else calm_by_phase(rgb, part)
        for book in part.books[part.book_of]:
            for phase in range(part.phases):
                if calm is None:
                    cost = shape_costs(blocks[:, phase], book)
                else:
                    cost = weighed_costs(blocks[:, phase], book, calm[:, phase], part.responses)
                best, margins[:, at] = _choose(cost)
                ids[:, at] = best
                blocks[everyone, phase, best // len(book)] -= book[best % len(book)]
                at += 1
        error = error - _spread(before - blocks, part, model.basis.zone.size)
    return ids, margins


def by_phase(values: np.ndarray, dims: np.ndarray) -> np.ndarray:
    """Lapped blocks [n, blocks, values] -> the kept values by phase, [n, phases, PLACES, D]."""
    order = phase_order(int(np.sqrt(values.shape[1])))
    return np.ascontiguousarray(values[:, order][..., dims])


def calm_by_phase(rgb: np.ndarray, part: Local) -> np.ndarray:
    """The calm around every place of 8-bit pictures, float32 [n, phases, PLACES, S]."""
    side = rgb.shape[1] // part.block
    calm = masking.calm(rgb.astype(np.float32) / np.float32(255), side)
    return calm.reshape(len(rgb), side * side, -1)[:, phase_order(side)]


def _spread(kept: np.ndarray, part: Local, size: int) -> np.ndarray:
    """The inverse: kept values [n, phases, PLACES, D] -> RGB differences float32 [n, size, size, 3]."""
    values = np.zeros((len(kept), part.phases * PLACES, 3 * part.block**2), dtype=np.float32)
    order = phase_order(size // part.block)
    values[:, order.reshape(-1, 1), part.dims] = kept.reshape(len(kept), -1, len(part.dims))
    return synthesise(values, part.block)


def coefficients(model: Model, ids: np.ndarray, k: int) -> np.ndarray:
    """ids [n, K] -> the components that the first k tokens describe, float32 [n, components]."""
    tokens = model.tokens
    out = np.zeros((len(ids), model.basis.count), dtype=np.float32)
    for token in range(min(k, len(tokens.components))):
        pair = tokens.first[token, ids[:, token] // CODES] + tokens.second[token, ids[:, token] % CODES]
        out[:, tokens.components[token]] += pair
    return out


def _local_picture(part: Local, ids: np.ndarray, k: int, size: int) -> np.ndarray:
    """What the first k of the part's own tokens, ids [n, tokens], add to the picture."""
    kept = np.zeros((len(ids), part.phases, PLACES, len(part.dims)), dtype=np.float32)
    everyone = np.arange(len(ids))
    for token in range(max(0, min(k, part.count))):
        number, phase = divmod(token, part.phases)
        book = part.books[part.book_of[number]]
        kept[everyone, phase, ids[:, token] // len(book)] += book[ids[:, token] % len(book)]
    return _spread(kept, part, size)


def decode(model: Model, ids: np.ndarray, k: int) -> np.ndarray:
    """ids [n, K], the first k kept -> RGB float32 [n, size, size, 3], not clamped."""
    zone = model.basis.zone
    picture = pixels(model.basis.synthesize(coefficients(model, ids, k)), zone)
    at = len(model.tokens.components)
    for part in model.local:
        picture = picture + _local_picture(part, ids[:, at : at + part.count], k - at, zone.size)
        at += part.count
    return picture


def to_bytes(picture: np.ndarray) -> np.ndarray:
    """Float RGB to 8 bits, as the app does: clamped, rounded half up."""
    return np.floor(np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
