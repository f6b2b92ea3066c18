"""The ordered residual quantiser: token after token, each one pair of codes over a few components.

A token takes the components with the largest remaining variance and describes them by the sum of two code
vectors (additive quantisation, Babenko and Lempitsky 2014), one of each of its 256-entry codebooks, chosen
jointly: id = first * 256 + second. The remainder is left to later tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .log import say

CODES = 256


@dataclass(frozen=True)
class Tokens:
    """`components` int64 [K, D]; `first` and `second` float32 [K, 256, D], the codes of every token."""

    components: np.ndarray
    first: np.ndarray
    second: np.ndarray


@dataclass(frozen=True)
class Recipe:
    """How the codebooks are fitted; new samples are drawn for every token."""

    count: int = 48
    dims: int = 20
    samples: int = 16000
    kmeans_steps: int = 10
    joint_steps: int = 4
    beam: int = 4
    report_every: int = 16


def nearest(x: torch.Tensor, codes: torch.Tensor) -> torch.Tensor:
    """Index of the nearest row of `codes` for every row of `x`."""
    return (codes.square().sum(1) - 2 * x @ codes.T).argmin(1)


def assign(x: torch.Tensor, first: torch.Tensor, second: torch.Tensor, beam: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The best pair among the `beam` first codes nearest to x: indices [n], [n]."""
    a_norm, b_norm = first.square().sum(1), second.square().sum(1)
    cross = 2 * first @ second.T + b_norm
    from_first = a_norm - 2 * x @ first.T
    from_second = -2 * x @ second.T
    candidates = from_first.topk(beam, dim=1, largest=False)
    cost = cross[candidates.indices] + from_second[:, None, :]
    best, code = cost.min(dim=2)
    pick = (best + candidates.values).argmin(1, keepdim=True)
    return candidates.indices.gather(1, pick)[:, 0], code.gather(1, pick)[:, 0]


def _means(x: torch.Tensor, weights: torch.Tensor, code: torch.Tensor, old: torch.Tensor) -> torch.Tensor:
    """Weighted mean of x per code; a code that no row chose stays as it was."""
    mass = torch.zeros(len(old)).index_add_(0, code, weights)
    total = torch.zeros_like(old).index_add_(0, code, x * weights[:, None])
    return torch.where(mass[:, None] > 0, total / mass.clamp_min(1e-12)[:, None], old)


def _kmeans(x: torch.Tensor, weights: torch.Tensor, steps: int, generator: torch.Generator) -> torch.Tensor:
    codes = x[torch.multinomial(weights, CODES, generator=generator)].clone()
    for _ in range(steps):
        code = nearest(x, codes)
        unused = torch.bincount(code, minlength=CODES) == 0
        codes = _means(x, weights, code, codes)
        if unused.any():
            codes[unused] = x[torch.randint(len(x), (int(unused.sum()),), generator=generator)]
    return codes


def _fit_pair(
    x: torch.Tensor, weights: torch.Tensor, recipe: Recipe, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Two codebooks for the rows of x: k-means on interleaved halves of the dimensions, then jointly."""
    pair = []
    for half in range(2):
        part = x[:, half::2]
        codes = torch.zeros(CODES, x.shape[1])
        codes[:, half::2] = _kmeans(part, weights, recipe.kmeans_steps, generator)
        pair.append(codes)
    first, second = pair
    for _ in range(recipe.joint_steps):
        a, b = assign(x, first, second, recipe.beam)
        for _ in range(2):
            first = _means(x - second[b], weights, a, first)
            second = _means(x - first[a], weights, b, second)
    return first, second


def fit(
    coefficients: np.ndarray, outside: np.ndarray, weights: np.ndarray, recipe: Recipe, seed: int
) -> tuple[Tokens, np.ndarray]:
    """Fits all tokens in order; returns them and what they leave of the coefficients, float32 [n, M].

    `coefficients` float32 [n, M] of the training pictures, `outside` float [n] the squared error that no
    component holds, `weights` float [n]. A picture counts for a token as its weight over its squared error
    so far, since the figure of merit is the mean of PSNR, a logarithm.
    """
    generator = torch.Generator().manual_seed(seed)
    residual = torch.from_numpy(coefficients).clone()
    outside_t, base = torch.from_numpy(outside).float(), torch.from_numpy(weights).float()
    components, firsts, seconds = [], [], []
    for token in range(recipe.count):
        error = residual.square().sum(1) + outside_t
        share = base / (error + 0.05 * error.mean())
        share = share / share.mean()
        variance = share @ residual.square()
        dims = variance.topk(recipe.dims).indices
        sample = torch.randperm(len(residual), generator=generator)[: recipe.samples]
        first, second = _fit_pair(residual[sample][:, dims], share[sample], recipe, generator)
        for start in range(0, len(residual), 8192):
            rows = slice(start, start + 8192)
            part = residual[rows][:, dims]
            a, b = assign(part, first, second, recipe.beam)
            residual[rows, dims] = part - first[a] - second[b]
        components.append(dims.numpy())
        firsts.append(first.numpy())
        seconds.append(second.numpy())
        if (token + 1) % recipe.report_every == 0:
            share_left = float((residual.square().sum(1) + outside_t).mean())
            say(f"  token {token + 1}/{recipe.count}: mean squared error of the training pictures {share_left:.2f}")
    return Tokens(np.stack(components), np.stack(firsts), np.stack(seconds)), residual.numpy()
