"""A trained karhunen model as arrays: what the exporter writes and the numpy reference runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .codebooks import CODES, Tokens
from .local import Local, store
from .pca import Basis
from .transform import Zone

FINE_ROWS = 128
"""Rows of each parity kept in fp16; they hold the large coefficients, where int8 rounding would show."""


@dataclass(frozen=True)
class Rows:
    """One parity's basis as stored: `fine` float16 [f, n]; `coarse` int8 [m - f, n] times `row` and `column`."""

    fine: np.ndarray
    coarse: np.ndarray
    row: np.ndarray
    column: np.ndarray

    def dense(self) -> np.ndarray:
        """float32 [m, n], exactly what the graphs compute with."""
        coarse = self.coarse.astype(np.float32) * self.row[:, None] * self.column
        return np.concatenate([self.fine.astype(np.float32), coarse])


@dataclass(frozen=True)
class Model:
    """`basis` holds the stored rows made dense; `tokens.components` index its rows, even first.

    The global `tokens` come first, then the rounds of every part of `local`.
    """

    basis: Basis
    even: Rows
    odd: Rows
    tokens: Tokens
    local: tuple[Local, ...]

    @property
    def count(self) -> int:
        """K, all tokens of a picture."""
        return len(self.tokens.components) + sum(part.count for part in self.local)


def _store(rows: np.ndarray) -> Rows:
    """fp16 for the leading rows, int8 for the rest with a scale for every column and every row."""
    fine, coarse = rows[:FINE_ROWS].astype(np.float16), rows[FINE_ROWS:]
    if len(coarse) == 0:
        return Rows(fine, coarse.astype(np.int8), np.ones(0, np.float32), np.ones(rows.shape[1], np.float32))
    column = np.sqrt(np.abs(coarse).max(axis=0)) + np.float32(1e-8)
    row = np.abs(coarse / column).max(axis=1) / 127 + np.float32(1e-12)
    levels = np.rint(coarse / column / row[:, None]).astype(np.int8)
    return Rows(fine, levels, row.astype(np.float32), column.astype(np.float32))


def assemble(basis: Basis, tokens: Tokens, local: tuple[Local, ...]) -> Model:
    """Drops the components that no token touches, rounds everything to what is stored."""
    used = np.unique(tokens.components)
    even_used, odd_used = used[used < len(basis.even)], used[used >= len(basis.even)] - len(basis.even)
    renumber = np.full(basis.count, -1)
    renumber[used] = np.arange(len(used))
    even, odd = _store(basis.even[even_used]), _store(basis.odd[odd_used])
    stored = replace(basis, even=even.dense(), odd=odd.dense())
    rounded = Tokens(
        renumber[tokens.components],
        tokens.first.astype(np.float16).astype(np.float32),
        tokens.second.astype(np.float16).astype(np.float32),
    )
    return Model(stored, even, odd, rounded, local)


def levels(components: np.ndarray) -> np.ndarray:
    """int [K]: a token's level is one more than the highest among earlier tokens that share a component.

    Tokens of one level share none, so a level is encoded at once.
    """
    reached: dict[int, int] = {}
    out = np.empty(len(components), dtype=np.int64)
    for token, dims in enumerate(components):
        out[token] = max(reached.get(int(dim), -1) for dim in dims) + 1
        reached.update((int(dim), int(out[token])) for dim in dims)
    return out


def save(path: Path, basis: Basis, tokens: Tokens, local: tuple[Local, ...]) -> None:
    """Writes the fit, so that an export can be repeated without training."""
    zone = basis.zone
    np.savez(
        path, zone=[zone.size, zone.luma, zone.chroma], zone_even=zone.even, zone_odd=zone.odd,
        mean=basis.mean, even=basis.even, odd=basis.odd,
        components=tokens.components, first=tokens.first, second=tokens.second,
        **_local_arrays(local),
    )  # fmt: skip


def save_local(path: Path, local: tuple[Local, ...]) -> None:
    """Writes local parts alone."""
    np.savez(path, **_local_arrays(local))


def _local_arrays(local: tuple[Local, ...]) -> dict[str, np.ndarray]:
    return {
        f"local{index}_{name}": np.asarray(value)
        for index, part in enumerate(local)
        for name, value in vars(part).items()
        if value is not None and name != "books"
    }


def load(path: Path) -> tuple[Basis, Tokens, tuple[Local, ...]]:
    """Reads what `save` wrote, also checkpoints from when there was one part of blocks of 8."""
    with np.load(path) as f:
        size, luma, chroma = (int(v) for v in f["zone"])
        zone = Zone(size, luma, chroma, f["zone_even"], f["zone_odd"])
        basis = Basis(zone, f["mean"], f["even"], f["odd"])
        tokens = Tokens(f["components"], f["first"], f["second"])
        if "local_books" in f:
            return basis, tokens, (store(8, f["local_dims"], f["local_books"], 16),)
        return basis, tokens, _local_of(f)


def load_local(path: Path) -> tuple[Local, ...]:
    """Reads what `save_local` wrote."""
    with np.load(path) as f:
        return _local_of(f)


def _local_of(file: np.lib.npyio.NpzFile) -> tuple[Local, ...]:
    count = sum(name.endswith("_levels") for name in file.files)
    return tuple(_load_local(file, f"local{index}_") for index in range(count))


def _load_local(file: np.lib.npyio.NpzFile, start: str) -> Local:
    uses = tuple(int(count) for count in file[f"{start}uses"]) if f"{start}uses" in file else ()
    responses = file[f"{start}responses"] if f"{start}responses" in file else None
    block, phases, dims, levels_, scale = (
        file[start + name] for name in ("block", "phases", "dims", "levels", "scale")
    )
    return Local(int(block), int(phases), dims, levels_, scale, uses, responses)


def parameter_count(model: Model) -> int:
    """Numbers learned from data: basis, mean and codes."""
    basis, tokens = model.basis, model.tokens
    fixed = basis.even.size + basis.odd.size + basis.mean.size
    return fixed + tokens.first.size + tokens.second.size + sum(part.levels.size for part in model.local)


def code_bits() -> int:
    """Bits of a token: two indices."""
    return 2 * (CODES - 1).bit_length()
