"""Local tokens whose places and shapes are chosen by how much an error counts there, and whose rounds share codebooks.

The tokens are those of `local.py`. What differs is the choice: the squared error of every value counts by its weight,
a product of the place's calm and the value's response (`masking.py`). As rounds share a codebook, a block that no
token touched keeps its best code, so a round searches again only where the last one drew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from .local import subtract

_CHUNK = 16384


@dataclass
class Field:
    """The blocks of some pictures: `values` [n, phases, PLACES, D], `calm` [n, phases, PLACES, S], `responses` [S, D]."""

    values: torch.Tensor
    calm: torch.Tensor
    responses: torch.Tensor

    def error(self) -> torch.Tensor:
        """The weighted squared error of every picture, [n]."""
        return torch.stack(
            [((c @ self.responses) * v.square()).sum() for v, c in zip(self.values, self.calm, strict=True)]
        )


@dataclass
class Draw:
    """One round's choices: `place` and `code` [n, phases], and what lay there, `values` [n * phases, D], with its calm."""

    place: torch.Tensor
    code: torch.Tensor
    values: torch.Tensor
    calm: torch.Tensor


def best(values: torch.Tensor, calm: torch.Tensor, responses: torch.Tensor, book: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """values [m, D], calm [m, S] -> how much weighted error the best code of the book takes away [m], and the code [m]."""
    right = torch.cat([2 * book.T, -(responses @ book.square().T)])
    gains, codes = [], []
    for x, c in zip(values.split(_CHUNK), calm.split(_CHUNK), strict=True):
        gain, code = (torch.cat([x * (c @ responses), c], 1) @ right).max(1)
        gains.append(gain)
        codes.append(code)
    return torch.cat(gains), torch.cat(codes)


def _at(field: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
    index = place[..., None, None].expand(-1, -1, 1, field.shape[3])
    return field.gather(2, index).reshape(-1, field.shape[3])


def rounds(field: Field, book: torch.Tensor, count: int, scout: torch.Tensor | None = None) -> Iterator[Draw]:
    """Plays `count` rounds of one book and takes what they draw from the field's values, in place.

    With a `scout`, a few codes of the book, places are found by these alone, as training does to save time.
    """
    n, phases, places, dims = field.values.shape
    flat = field.values.reshape(-1, dims), field.calm.reshape(-1, field.calm.shape[3])
    seek = book if scout is None else scout
    gain, code = (x.reshape(n, phases, places) for x in best(*flat, field.responses, seek))
    for number in range(count):
        place = gain.argmax(2)
        values, calm = _at(field.values, place), _at(field.calm, place)
        if scout is None:
            chosen = code.gather(2, place[..., None])[..., 0]
        else:
            chosen = best(values, calm, field.responses, book)[1].reshape(n, phases)
        yield Draw(place, chosen, values, calm)
        shape = book[chosen]
        subtract(field.values, place, shape)
        if number + 1 < count:
            again = best(values - shape.reshape(-1, dims), calm, field.responses, seek)
            gain.scatter_(2, place[..., None], again[0].reshape(n, phases, 1))
            code.scatter_(2, place[..., None], again[1].reshape(n, phases, 1))


def learn(
    field: Field, book: torch.Tensor, count: int, scouts: int, generator: torch.Generator
) -> torch.Tensor:
    """One step of k-means over everything that `count` rounds meet; the field's values are left as they are.

    A picture counts inversely to its error, so that soft pictures have shapes as faint as what they lack.
    """
    total, mass = torch.zeros_like(book), torch.zeros_like(book)
    kept = Field(field.values.clone(), field.calm, field.responses)
    error = field.error()
    share = (error.mean() / (error + 0.02 * error.mean()))[:, None].expand(-1, field.values.shape[1]).reshape(-1, 1)
    scout = book[torch.randperm(len(book), generator=generator)[:scouts]]
    spare = []
    for draw in rounds(kept, book, count, scout):
        code, weight = draw.code.reshape(-1), draw.calm @ field.responses * share
        total.index_add_(0, code, weight * draw.values)
        mass.index_add_(0, code, weight)
        spare.append(draw.values[torch.randint(len(draw.values), (len(book) // count + 1,), generator=generator)])
    fresh = torch.cat(spare)[: len(book)]
    used = mass.sum(1, keepdim=True) > 0
    return torch.where(used, total / mass.clamp_min(1e-12), fresh)
