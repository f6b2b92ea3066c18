"""Local tokens: each adds one shape from a codebook at a place that it names.

The blocks of the lapped transform fall into phases of 16 places, spread evenly over the picture; a round has one
token for each phase, in order. A token names one of its phase's places and one code of the round's codebook,
id = place * codes + code, whichever removes most error. Blocks are orthonormal to each other, so the tokens of
a round are independent and are searched at once. Detail gets more tokens than sky, which no fixed linear
component can give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

from .log import say

PLACES = 16


@dataclass(frozen=True)
class Local:
    """Rounds in blocks of one size, as stored.

    `dims` int [D] of the 3 * block^2 values of a block; `levels` int8 [books, codes, D] times `scale` float32
    [books, 1, D] are the codebooks; `phases` tokens make a round. `uses` says how many rounds each book serves, one
    each where it is empty. With `responses` float32 [S, D] errors are weighed (`masking.py`).
    """

    block: int
    phases: int
    dims: np.ndarray
    levels: np.ndarray
    scale: np.ndarray
    uses: tuple[int, ...] = ()
    responses: np.ndarray | None = None

    @property
    def book_of(self) -> np.ndarray:
        """int [rounds]: the book of every round."""
        return np.repeat(np.arange(len(self.levels)), self.uses or 1)

    @cached_property
    def books(self) -> np.ndarray:
        """float32 [books, codes, D], exactly what the graphs compute with."""
        return self.levels.astype(np.float32) * self.scale

    @property
    def count(self) -> int:
        """Tokens of all rounds."""
        return len(self.book_of) * self.phases


@dataclass(frozen=True)
class Recipe:
    """How the codebooks of some rounds are fitted; a token names one of `choices`.

    `scouts` is the size of the codebook that finds places in training, learned from `scout_samples`.
    """

    block: int = 16
    rounds: int = 16
    choices: int = 65536
    dims: int = 56
    pictures: int = 20000
    scouts: int = 256
    scout_samples: int = 40000
    first_steps: int = 6
    steps: int = 2


def phase_order(side: int) -> np.ndarray:
    """int [phases, PLACES]: the blocks of each phase, every `side / 4`-th one in both directions."""
    step = side // 4
    y, x = np.mgrid[0:side, 0:side]
    phase = ((y % step) * step + x % step).reshape(-1)
    return np.argsort(phase, kind="stable").reshape(-1, PLACES)


def store(block: int, dims: np.ndarray, books: np.ndarray, phases: int) -> Local:
    """Rounds books float32 [rounds, codes, D] to int8 with a scale for every round and dimension."""
    scale = np.abs(books).max(axis=1, keepdims=True) / np.float32(127) + np.float32(1e-12)
    return Local(block, phases, dims, np.rint(books / scale).astype(np.int8), scale.astype(np.float32))


def search(blocks: torch.Tensor, book: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """blocks [n, phases, PLACES, D] -> place and code [n, phases] that remove most error."""
    score = torch.matmul(blocks, 2 * book.T) - book.square().sum(1)
    ids = score.flatten(2).argmax(2)
    return torch.div(ids, len(book), rounding_mode="floor"), ids % len(book)


def subtract(blocks: torch.Tensor, place: torch.Tensor, shape: torch.Tensor) -> None:
    """Takes shape [n, phases, D] from the named places, in place."""
    index = place[..., None, None].expand(-1, -1, 1, blocks.shape[3])
    blocks.scatter_add_(2, index, -shape[:, :, None])


def _at(blocks: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
    index = place[..., None, None].expand(-1, -1, 1, blocks.shape[3])
    return blocks.gather(2, index).reshape(-1, blocks.shape[3])


def _nearest(x: torch.Tensor, codes: torch.Tensor) -> torch.Tensor:
    norms, twice = codes.square().sum(1), 2 * codes.T.contiguous()
    return torch.cat([(part @ twice).sub_(norms).argmax(1) for part in x.split(8192)])


def _kmeans(
    x: torch.Tensor, weights: torch.Tensor, codes: torch.Tensor, steps: int, generator: torch.Generator
) -> torch.Tensor:
    for _ in range(steps):
        nearest = _nearest(x, codes)
        mass = torch.zeros(len(codes)).index_add_(0, nearest, weights)
        total = torch.zeros_like(codes).index_add_(0, nearest, x * weights[:, None])
        fresh = x[torch.randint(len(x), (len(codes),), generator=generator)]
        codes = torch.where(mass[:, None] > 0, total / mass.clamp_min(1e-12)[:, None], fresh)
    return codes


def _find(blocks: torch.Tensor, scout: torch.Tensor) -> torch.Tensor:
    """blocks [n, phases, PLACES, D] -> the place [n, phases] where a code of `scout` removes most error."""
    norms, twice = scout.square().sum(1), 2 * scout.T.contiguous()
    parts = [torch.matmul(part, twice).sub_(norms).amax(3).argmax(2) for part in blocks.split(200)]
    return torch.cat(parts)


def fit(values: np.ndarray, rest: np.ndarray, mirror: np.ndarray, recipe: Recipe, seed: int) -> np.ndarray:
    """Fits the rounds in order to what the earlier tokens left: books float32 [rounds, codes, D].

    `values` float32 [n, phases, PLACES, D] (left without what the rounds describe), `rest` float [n] the squared
    error outside them, `mirror` float [D] the signs that a mirrored block has. Places are found with a small
    scout codebook; the round's codes are learned from what lies there and from its mirror images.
    """
    generator = torch.Generator().manual_seed(seed)
    blocks, rest_t = torch.from_numpy(values), torch.from_numpy(rest).float()
    sign, phases = torch.from_numpy(mirror).float(), values.shape[1]
    codes = recipe.choices // PLACES
    books: list[torch.Tensor] = []
    scout = None
    for number in range(recipe.rounds):
        error = blocks.square().sum((1, 2, 3)) + rest_t
        weights = (error.mean() / error)[:, None].expand(-1, phases).reshape(-1)
        place = blocks.square().sum(3).argmax(2) if scout is None else _find(blocks, scout)
        for _ in range(1 if number else 3):
            found = _at(blocks, place)
            few = torch.randperm(len(found), generator=generator)[: recipe.scout_samples]
            sample = torch.cat([found[few], found[few] * sign])
            if scout is None:
                scout = sample[torch.randperm(len(sample), generator=generator)[: recipe.scouts]]
            scout = _kmeans(sample, weights[few].repeat(2), scout, 1, generator)
            if number == 0:
                place = _find(blocks, scout)
        found = _at(blocks, place)
        both, twice = torch.cat([found, found * sign]), weights.repeat(2)
        start = books[-1] if books else both[torch.randperm(len(both), generator=generator)[:codes]]
        book = _kmeans(both, twice, start, recipe.steps if number else recipe.first_steps, generator)
        subtract(blocks, place, book[_nearest(found, book)].reshape(len(blocks), phases, -1))
        books.append(book)
        left = blocks.square().sum((1, 2, 3)) + rest_t
        say(f"  block {recipe.block}, round {number + 1}/{recipe.rounds}: mean error {float(left.mean()):.2f}")
    return torch.stack(books).numpy()
