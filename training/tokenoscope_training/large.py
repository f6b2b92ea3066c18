"""karhunen-256: karhunen-128's tokens first, then shapes learned for pictures of 256 pixels.

The low frequencies of a picture do not depend on its size, so the first 112 tokens (48 global ones, 64 in blocks that are
now 32 pixels) use karhunen-128's own weights, which lie in its file and are loaded once for both. What they leave is
learned here: rounds of luma in blocks of 16 and 8, and of colour in blocks of 32, which share codebooks and are chosen
by what MS-SSIM says of an error (`masking.py`, `weighed.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from . import codebooks, compare, data, enlarge, evaluate, export_onnx, golden, lapped, manifest, masking, model, restore, shared, transform, weighed
from .encode import by_phase
from .local import PLACES, Local, phase_order
from .log import say

NAME, BASE = "karhunen-256", "karhunen-128"
SIZE, STORED = 256, 160
CODES = 65536 // PLACES
_BATCH = 50


@dataclass(frozen=True)
class Part:
    """Rounds of luma, or of colour, in blocks of one size; `uses` says how many rounds each codebook serves."""

    block: int
    colour: bool
    uses: tuple[int, ...]
    dims: int


@dataclass(frozen=True)
class Config:
    """`pictures` are drawn from the training zips; `plain` and `colour` are those of `masking.responses`."""

    pictures: int = 1000
    plain: float = 0.03
    colour: float = 0.5
    first_plain: float = 0.1
    steps: int = 2
    first_steps: int = 5
    scouts: int = 256
    parts: tuple[Part, ...] = (
        Part(16, False, (6,), 60),
        Part(32, True, (6, 6), 30),
        Part(16, False, (6, 6, 6, 6), 60),
        Part(8, False, (3, 3), 20),
    )


def foundation(folder: Path, config: Config) -> model.Model:
    """karhunen-128 for pictures of 256: its global tokens and its first local part, whose blocks are twice as large."""
    small = restore.restore(folder)
    basis = replace(small.basis, zone=replace(small.basis.zone, size=SIZE, base=small.basis.zone.size))
    part, block = small.local[0], 2 * small.local[0].block
    plane, v, u = np.unravel_index(part.dims, (3, part.block, part.block))
    dims = plane * block**2 + v * block + u
    first = Local(
        block, part.phases, dims, part.levels, part.scale * np.float32(2), (1,) * len(part.levels),
        masking.responses(dims, block, config.first_plain, config.colour),
    )  # fmt: skip
    return replace(small, basis=basis, local=(first,))


def training_pictures(folder: Path, count: int, seed: int) -> np.ndarray:
    """`count` pictures of the zips, half of them mirrored, enlarged to 256; half of caltech101's are left out."""
    everything = data.load([folder / name for name in data.TRAIN_ZIPS], STORED)
    rng = np.random.default_rng(seed)
    chosen: list[np.ndarray] = []
    for index in rng.permutation(len(everything.rgb)):
        picture = everything.rgb[index]
        if everything.names[index].startswith("caltech101/") and (
            data.dark_corners(picture[None])[0] or rng.random() < 0.5
        ):
            continue
        chosen.append(picture[:, ::-1] if rng.random() < 0.5 else picture)
        if len(chosen) == count:
            break
    rgb = np.stack(chosen)
    return enlarge.enlarge(rgb, SIZE, enlarge.lost(rgb[:200], SIZE / STORED))


def _global_error(base: model.Model, rgb: np.ndarray) -> np.ndarray:
    """What the global tokens leave of the pictures, float32 like them."""
    out = np.empty(rgb.shape, np.float32)
    for start in range(0, len(rgb), _BATCH):
        part = rgb[start : start + _BATCH]
        all_ = torch.from_numpy(base.basis.project(part))
        left = all_.clone()
        for dims, *pair in zip(base.tokens.components, base.tokens.first, base.tokens.second, strict=True):
            first, second = (torch.from_numpy(book) for book in pair)
            a, b = codebooks.assign(left[:, dims], first, second, codebooks.Recipe.beam)
            left[:, dims] -= first[a] + second[b]
        drawn = transform.pixels(base.basis.synthesize((all_ - left).numpy()), base.basis.zone)
        out[start : start + _BATCH] = part.astype(np.float32) / 255 - drawn
    return out


def _field(error: np.ndarray, rgb: np.ndarray, block: int, dims: np.ndarray, responses: np.ndarray) -> weighed.Field:
    side = SIZE // block
    order = phase_order(side)
    values = np.empty((len(error), *order.shape, len(dims)), np.float32)
    calm = np.empty((len(error), *order.shape, len(responses)), np.float32)
    for start in range(0, len(error), _BATCH):
        rows = slice(start, start + _BATCH)
        values[rows] = by_phase(lapped.analyse(error[rows], block), dims)
        seen = masking.calm(rgb[rows].astype(np.float32) / 255, side)
        calm[rows] = seen.reshape(len(seen), side * side, -1)[:, order]
    return weighed.Field(torch.from_numpy(values), torch.from_numpy(calm), torch.from_numpy(responses))


def _take(error: np.ndarray, drawn: np.ndarray, block: int, dims: np.ndarray) -> None:
    """Takes shapes [n, phases, PLACES, D] from the pictures' error, in place."""
    side = SIZE // block
    order = phase_order(side).reshape(-1, 1)
    for start in range(0, len(error), _BATCH):
        kept = drawn[start : start + _BATCH]
        values = np.zeros((len(kept), side * side, 3 * block * block), np.float32)
        values[:, order, dims] = kept.reshape(len(kept), -1, len(dims))
        error[start : start + _BATCH] -= lapped.synthesise(values, block)


def _choose_dims(error: np.ndarray, rgb: np.ndarray, part: Part, config: Config) -> np.ndarray:
    """The values of a block that hold most of the weighed error, below what the stored pictures resolve."""
    every = np.arange(3 * part.block**2)
    plane, v, u = np.unravel_index(every, (3, part.block, part.block))
    possible = every[((plane > 0) == part.colour) & (np.maximum(v, u) < part.block * STORED / SIZE)]
    responses = masking.responses(possible, part.block, config.plain, config.colour)
    field = _field(error, rgb, part.block, possible, responses)
    energy = (field.calm @ field.responses) * field.values.square()
    share = (energy / energy.sum((1, 2, 3), keepdim=True)).sum((0, 1, 2))
    return np.sort(possible[torch.argsort(-share)[: part.dims].numpy()])


def _first_book(field: weighed.Field, generator: torch.Generator) -> torch.Tensor:
    """Codes to begin with: blocks drawn with their share of the weighed error of all pictures, each picture alike."""
    energy = ((field.calm @ field.responses) * field.values.square()).sum(3)
    share = (energy / field.error()[:, None, None]).reshape(-1)
    drawn = torch.multinomial(share, CODES, replacement=True, generator=generator)
    return field.values.reshape(len(share), -1)[drawn]


def _stored(book: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    scale = (book.abs().amax(0, keepdim=True) / 127 + 1e-12).numpy()
    return np.rint(book.numpy() / scale).astype(np.int8), scale


def fit_part(error: np.ndarray, rgb: np.ndarray, part: Part, config: Config, generator: torch.Generator) -> Local:
    """Learns the codebooks of one part from what the earlier ones left, and takes what it draws from `error`."""
    dims = _choose_dims(error[:150], rgb[:150], part, config)
    responses = masking.responses(dims, part.block, config.plain, config.colour)
    field = _field(error, rgb, part.block, dims, responses)
    before, books = field.values.clone(), []
    book = _first_book(field, generator)
    for number, count in enumerate(part.uses):
        for _ in range(config.steps if number else config.first_steps):
            book = weighed.learn(field, book, count, config.scouts, generator)
        books.append(_stored(book))
        exact = torch.from_numpy(books[-1][0].astype(np.float32) * books[-1][1])
        scout = exact[torch.randperm(CODES, generator=generator)[: config.scouts]]
        for _ in weighed.rounds(field, exact, count, scout):
            pass
        say(f"  block {part.block}, book {number + 1}/{len(part.uses)}: weighed error {float(field.error().mean()):.2f}")
    _take(error, (before - field.values).numpy(), part.block, dims)
    levels, scale = (np.stack(arrays) for arrays in zip(*books, strict=True))
    return Local(part.block, field.values.shape[1], dims, levels, scale, part.uses, responses)


def fit(base: model.Model, rgb: np.ndarray, config: Config, seed: int) -> tuple[Local, ...]:
    """All parts, in order, from what the foundation leaves of the pictures."""
    generator = torch.Generator().manual_seed(seed)
    error = _global_error(base, rgb)
    (first,) = base.local
    field = _field(error, rgb, first.block, first.dims, first.responses)
    before = field.values.clone()
    for book in torch.from_numpy(first.books):
        for _ in weighed.rounds(field, book, 1, book[:: CODES // config.scouts]):
            pass
    _take(error, (before - field.values).numpy(), first.block, first.dims)
    return tuple(fit_part(error, rgb, part, config, generator) for part in config.parts)


def build(folder: Path, photographs: Path, out: Path, seed: int, runs: Path, resume: bool, limit: int | None) -> None:
    """Learns (or with `resume` takes the last fit), exports beside karhunen-128, measures on photographs."""
    runs.mkdir(parents=True, exist_ok=True)
    config, base_folder = Config(), shared.gather(out.parent / BASE)
    base = foundation(base_folder, config)
    checkpoint = runs / f"{out.name}-seed{seed}.npz"
    if not (resume and checkpoint.exists()):
        torch.set_float32_matmul_precision("medium")
        parts = fit(base, training_pictures(folder, limit or config.pictures, seed), config, seed)
        model.save_local(checkpoint, parts)
    fitted = replace(base, local=(*base.local, *model.load_local(checkpoint)))
    export_onnx.export(fitted, out, location="shapes.bin", borrowed=base_folder)
    say(f"{fitted.count} tokens, decode {export_onnx.decode_mflop(fitted)} MFLOP")
    pictures = compare.photographs(photographs, SIZE, None)
    runner = evaluate.Runner(out)
    figures, _ = evaluate.measure(runner, pictures, fitted.count)
    for k, value in figures.items():
        say(f"  k = {k:4d}: {value:.2f} dB")
    for case, (rgb, ids) in golden.write(fitted, out / "golden.json", golden.LARGE).items():
        if not np.array_equal(runner.encode(rgb), ids):
            raise SystemExit(f"golden {case}: the ONNX encoder's ids differ from the reference")
    manifest.write_large(fitted, out, figures, seed)
    shared.share(out.parent)
