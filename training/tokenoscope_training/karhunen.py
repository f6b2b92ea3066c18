"""The recipe from photographs to a model folder, with a checkpoint after every slow part."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from . import codebooks, data, drawings, encode, evaluate, export_onnx, golden, lapped, local, manifest, model, pca, shared, transform
from .log import say


@dataclass(frozen=True)
class Config:
    """Sizes of a model; `keep` DCT coefficients feed the KLT, which offers `components` to the tokens."""

    size: int = 128
    luma: int = 112
    chroma: int = 36
    keep: int = 7000
    components: int = 2560
    crops: int = 2
    tokens: codebooks.Recipe = field(default_factory=codebooks.Recipe)
    rounds: tuple[local.Recipe, ...] = (
        local.Recipe(),
        local.Recipe(block=8, rounds=9, dims=40, pictures=10000),
    )


CONFIGS = {
    "karhunen-128": Config(),
    "karhunen-64": Config(
        size=64, luma=60, chroma=24, keep=2600, components=1000, crops=1,
        tokens=codebooks.Recipe(count=32),
        rounds=(
            local.Recipe(block=8, rounds=12, dims=32, pictures=12000),
            local.Recipe(block=4, rounds=3, dims=20, pictures=6000),
        ),
    ),
}  # fmt: skip
"""By the name of the model's folder."""

_DARK_CORNERS_WEIGHT = 0.25
_ERROR_FLOOR = 0.002
_CHUNK = 500


def _weights(pictures: data.Pictures) -> np.ndarray:
    """A picture counts inversely to its detail, since PSNR is a logarithm; rotated ones on black count less."""
    weights = 1 / (pca.detail_energy(pictures.rgb) + _ERROR_FLOOR)
    rotated = data.dark_corners(pictures.rgb) & np.array([name.startswith("caltech101/") for name in pictures.names])
    weights *= np.where(rotated, _DARK_CORNERS_WEIGHT, 1)
    say(f"{len(weights)} pictures, {int(rotated.sum())} of them rotated on black")
    return weights / weights.mean()


def _outside(rgb: np.ndarray, coefficients: np.ndarray, basis: pca.Basis) -> np.ndarray:
    """Per picture the squared error that no component holds, float64 [n]."""
    mean_energy = float(np.square(basis.mean, dtype=np.float64).sum())
    out = np.empty(len(rgb))
    for start in range(0, len(rgb), 1024):
        part = rgb[start : start + 1024]
        centred = part.astype(np.float32).reshape(len(part), -1) / 255 - 0.5
        even = transform.blocks(part, basis.zone.luma, basis.zone.chroma)[:, basis.zone.even]
        out[start : start + len(part)] = np.einsum("ni,ni->n", centred, centred) - 2 * even @ basis.mean + mean_energy
    return np.maximum(out - np.square(coefficients).sum(1), 0)


def train(
    folder: Path, config: Config, seed: int, limit: int | None
) -> tuple[pca.Basis, codebooks.Tokens, tuple[local.Local, ...]]:
    """Reads the zips of `folder`, fits the basis, the global tokens, then the local ones."""
    torch.manual_seed(seed)
    zips = [folder / name for name in data.TRAIN_ZIPS]
    whole = data.load(zips, config.size, limit=limit)
    weights = _weights(whole)
    passes = [whole.rgb]
    for crop in range(config.crops):
        say(f"random crops {crop + 1}/{config.crops}")
        passes.append(data.load(zips, config.size, jitter_seed=seed + crop + 1, limit=limit).rgb)
    energy = pca.coefficient_energy(whole.rgb[::3], config.luma, config.chroma, weights[::3])
    zone = transform.choose_zone(energy, config.size, config.luma, config.chroma, config.keep)
    basis = pca.fit(passes, weights, zone, config.components)
    # Other crops than the basis was chiefly fitted to, where there are any, so that codes do not overfit.
    source = passes[min(1, config.crops)]
    coefficients = basis.project(source)
    outside, equal = _outside(source, coefficients, basis), np.ones(len(source))
    tokens, left = codebooks.fit(coefficients, outside, equal, config.tokens, seed)
    return basis, tokens, fit_local(source, basis, coefficients - left, config.rounds, seed)


def fit_local(
    rgb: np.ndarray, basis: pca.Basis, described: np.ndarray, recipes: tuple[local.Recipe, ...], seed: int
) -> tuple[local.Local, ...]:
    """Local tokens for what the components `described` [n, M] leave of the pictures, part after part."""
    parts: list[local.Local] = []
    left: list[np.ndarray] = []
    for recipe in recipes:
        # The smallest sample comes last, so that what earlier parts leave is known for all of it.
        chosen = np.random.default_rng(seed).permutation(len(rgb))[: recipe.pictures]
        dims, values, rests = None, None, np.empty(len(chosen))
        for start in range(0, len(chosen), _CHUNK):
            rows = chosen[start : start + _CHUNK]
            drawn = transform.pixels(basis.synthesize(described[rows]), basis.zone)
            error = rgb[rows].astype(np.float32) / 255 - drawn
            for part, rest in zip(parts, left, strict=True):
                error = _replace(error, part, rest[start : start + len(rows)])
            energy = np.square(error).sum((1, 2, 3))
            blocks = lapped.analyse(error, recipe.block)
            if dims is None:
                dims = _local_dims(blocks, energy, recipe.dims)
            kept = encode.by_phase(blocks, dims)
            if values is None:
                values = np.empty((len(chosen), *kept.shape[1:]), np.float32)
            values[start : start + len(rows)] = kept
            rests[start : start + len(rows)] = np.maximum(energy - np.square(kept).sum((1, 2, 3)), 0)
        mirror = 1.0 - 2 * (dims % recipe.block % 2)
        books = local.fit(values, rests, mirror, recipe, seed)
        parts.append(local.store(recipe.block, dims, books, values.shape[1]))
        left.append(values)
    return tuple(parts)


def _replace(error: np.ndarray, part: local.Local, left: np.ndarray) -> np.ndarray:
    """RGB differences with the part's values set to what its rounds left of them."""
    blocks = lapped.analyse(error, part.block)
    order = local.phase_order(error.shape[1] // part.block)
    blocks[:, order.reshape(-1, 1), part.dims] = left.reshape(len(left), -1, len(part.dims))
    return lapped.synthesise(blocks, part.block)


def _local_dims(blocks: np.ndarray, energy: np.ndarray, count: int) -> np.ndarray:
    """The values of a block that hold most of the error, relative to the picture's. int [count]."""
    share = np.square(blocks).mean(1) / energy[:, None]
    return np.sort(np.argsort(-share.mean(0), kind="stable")[:count])


def build(folder: Path, out: Path, name: str, seed: int, runs: Path, resume: bool, limit: int | None) -> None:
    """Trains (or with `resume` takes the last fit), exports, measures and describes the model."""
    config = CONFIGS[name]
    runs.mkdir(parents=True, exist_ok=True)
    checkpoint = runs / f"{name}-seed{seed}.npz"
    if not (resume and checkpoint.exists()):
        model.save(checkpoint, *train(folder, config, seed, limit))
    fitted = model.assemble(*model.load(checkpoint))
    export_onnx.export(fitted, out)
    levels = int(model.levels(fitted.tokens.components).max()) + 1
    say(f"{fitted.basis.count} components, {levels} levels, decode {export_onnx.decode_mflop(fitted)} MFLOP")
    figures = _report(fitted, out, data.load([folder / data.VAL_ZIP], config.size).rgb)
    runner = evaluate.Runner(out)
    for case, (rgb, ids) in golden.write(fitted, out / "golden.json").items():
        if not np.array_equal(runner.encode(rgb), ids):
            raise SystemExit(f"golden {case}: the ONNX encoder's ids differ from the reference")
    manifest.write(fitted, out, figures, seed)
    total = sum(path.stat().st_size for path in out.iterdir())
    shared.share(out.parent)
    say(f"{out}: {total:,} bytes")


def _report(fitted: model.Model, out: Path, pictures: np.ndarray) -> dict[int, float]:
    runner = evaluate.Runner(out)
    count = fitted.count
    started = time.perf_counter()
    figures, ids = evaluate.measure(runner, pictures, count)
    say(f"measured through ONNX in {time.perf_counter() - started:.0f} s")
    for k, value in figures.items():
        say(f"  k = {k:3d}: {value:.2f} dB")
    same = np.mean(ids[:50] == encode.encode(fitted, pictures[:50]))
    say(f"ids equal to the numpy reference on 50 pictures: {100 * same:.2f} %")
    size = fitted.basis.zone.size
    drawn = np.stack([draw(size, s) for s in range(100, 110) for draw in (drawings.hills, drawings.shapes)])
    drawn_figures, _ = evaluate.measure(runner, drawn, count)
    say("drawn pictures: " + ", ".join(f"{k}: {value:.2f}" for k, value in drawn_figures.items()))
    return figures
