"""Local tokens: each adds one shape from a codebook at a place of its own choosing.

The blocks of the lapped transform fall into phases, spread evenly over the picture; a round has one token for
each phase, in order. A token names one of its phase's places and one code of the round's codebook,
id = place * codes + code, whichever removes most error. Blocks are orthonormal to each other, so the tokens of
a round are independent and are searched at once. Detail gets more tokens than sky, which no fixed linear
component can give it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .log import say

PHASES = 16


@dataclass(frozen=True)
class Local:
    """`dims` int [D] of the 192 values of a block; `books` float32 [rounds, codes, D]."""

    dims: np.ndarray
    books: np.ndarray

    @property
    def count(self) -> int:
        """Tokens of all rounds."""
        return len(self.books) * PHASES


@dataclass(frozen=True)
class Recipe:
    """How the local codebooks are fitted; a token names one of `choices`; `scouts` is the size of the codebook that finds places in training."""

    rounds: int = 13
    choices: int = 65536
    dims: int = 40
    pictures: int = 6000
    scouts: int = 256
    scout_samples: int = 30000
    first_steps: int = 6
    steps: int = 4


def phase_order(side: int) -> np.ndarray:
    """int [PHASES, places]: the blocks of each phase, every fourth one in both directions."""
    y, x = np.mgrid[0:side, 0:side]
    phase = ((y % 4) * 4 + x % 4).reshape(-1)
    return np.argsort(phase, kind="stable").reshape(PHASES, -1)


def search(blocks: torch.Tensor, book: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """blocks [n, PHASES, places, D] -> place and code [n, PHASES] that remove most error."""
    score = torch.matmul(blocks, 2 * book.T) - book.square().sum(1)
    ids = score.flatten(2).argmax(2)
    return torch.div(ids, len(book), rounding_mode="floor"), ids % len(book)


def subtract(blocks: torch.Tensor, place: torch.Tensor, shape: torch.Tensor) -> None:
    """Takes shape [n, PHASES, D] from the named places, in place."""
    index = place[..., None, None].expand(-1, -1, 1, blocks.shape[3])
    blocks.scatter_add_(2, index, -shape[:, :, None])


def _at(blocks: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
    index = place[..., None, None].expand(-1, -1, 1, blocks.shape[3])
    return blocks.gather(2, index).reshape(-1, blocks.shape[3])


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


def _nearest(x: torch.Tensor, codes: torch.Tensor) -> torch.Tensor:
    norms = codes.square().sum(1)
    return torch.cat([(part @ (2 * codes.T) - norms).argmax(1) for part in x.split(4096)])


def fit(values: np.ndarray, rest: np.ndarray, dims: np.ndarray, recipe: Recipe, seed: int) -> Local:
    """Fits the rounds in order to what the earlier tokens left.

    `values` float32 [n, PHASES, places, D] (consumed), `rest` float [n] the squared error outside `dims`.
    Places are found with a small scout codebook, the round's codes then learned from what lies there.
    """
    generator = torch.Generator().manual_seed(seed)
    blocks, rest_t = torch.from_numpy(values), torch.from_numpy(rest).float()
    codes = recipe.choices // values.shape[2]
    books: list[torch.Tensor] = []
    scout = None
    for number in range(recipe.rounds):
        error = blocks.square().sum((1, 2, 3)) + rest_t
        weights = (error.mean() / error)[:, None].expand(-1, PHASES).reshape(-1)
        if scout is None:
            sample = _at(blocks, blocks.square().sum(3).argmax(2))
            scout = sample[torch.randperm(len(sample), generator=generator)[: recipe.scouts]]
        place = torch.cat([search(part, scout)[0] for part in blocks.split(100)])
        found = _at(blocks, place)
        few = torch.randperm(len(found), generator=generator)[: recipe.scout_samples]
        scout = _kmeans(found[few], weights[few], scout, 2 if number else 5, generator)
        start = books[-1] if books else found[torch.multinomial(weights, codes, generator=generator)]
        book = _kmeans(found, weights, start, recipe.steps if number else recipe.first_steps, generator)
        shape = book[_nearest(found, book)].reshape(len(blocks), PHASES, -1)
        subtract(blocks, place, shape)
        books.append(book)
        left = blocks.square().sum((1, 2, 3)) + rest_t
        say(f"  local round {number + 1}/{recipe.rounds}: mean error {float(left.mean()):.2f}")
    return Local(dims, torch.stack(books).numpy())
