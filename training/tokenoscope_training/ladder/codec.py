"""karhunen's encoder and decoder in PyTorch, in batches: what the learned decoders start from.

The encoder is for training: it follows `encode.py` token by token, but its sums have another order, so a nearly
tied id may differ. The exported graphs are karhunen's own.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from .. import lapped, model as karhunen
from ..codebooks import CODES
from ..local import PHASES, phase_order, search, subtract
from ..log import say
from ..transform import COLOUR, dct_rows


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))


class Codec(nn.Module):
    """A fitted karhunen model; everything is a buffer, so `.to(device)` moves it."""

    def __init__(self, fitted: karhunen.Model) -> None:
        super().__init__()
        basis, zone = fitted.basis, fitted.basis.zone
        self.size, self.luma, self.chroma = zone.size, zone.luma, zone.chroma
        self.count, self.fixed = fitted.count, len(fitted.tokens.components)
        self.evens, self.components = len(basis.even), basis.count
        arrays = {
            "mean": basis.mean, "even": basis.even, "odd": basis.odd,
            "zone_even": zone.even, "zone_odd": zone.odd,
            "first": fitted.tokens.first, "second": fitted.tokens.second, "touched": fitted.tokens.components,
            "books": fitted.local.books, "dims": fitted.local.dims, "order": phase_order(zone.size // lapped.BLOCK),
            "colour": COLOUR.astype(np.float32), "lapped": lapped.lapped_rows(zone.size).astype(np.float32),
            "rows_luma": dct_rows(zone.luma, zone.size).astype(np.float32),
            "rows_chroma": dct_rows(zone.chroma, zone.size).astype(np.float32),
        }  # fmt: skip
        for name, array in arrays.items():
            self.register_buffer(name, _tensor(array), persistent=False)

    @classmethod
    def load(cls, path: Path) -> Codec:
        """From karhunen's checkpoint, rounded to what its graphs store."""
        return cls(karhunen.assemble(*karhunen.load(path)))

    def _planes(self, image: torch.Tensor) -> torch.Tensor:
        return torch.einsum("ck,nkyx->ncyx", self.colour, image)

    def _image(self, planes: torch.Tensor) -> torch.Tensor:
        return torch.einsum("ck,ncyx->nkyx", self.colour, planes)

    def project(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] in [0, 1] -> components [n, m], even ones first."""
        planes = self._planes(image - 0.5)
        luma = self.rows_luma @ planes[:, :1] @ self.rows_luma.T
        chroma = self.rows_chroma @ planes[:, 1:] @ self.rows_chroma.T
        kept = torch.cat([luma.flatten(1), chroma.flatten(1)], 1)
        even = (kept[:, self.zone_even] - self.mean) @ self.even.T
        return torch.cat([even, kept[:, self.zone_odd] @ self.odd.T], 1)

    def synthesise(self, components: torch.Tensor) -> torch.Tensor:
        """The inverse of `project`: RGB [n, 3, s, s], not clamped."""
        n, edge = len(components), self.luma**2
        kept = components.new_zeros(n, edge + 2 * self.chroma**2)
        kept[:, self.zone_even] = components[:, : self.evens] @ self.even + self.mean
        kept[:, self.zone_odd] = components[:, self.evens :] @ self.odd
        luma = self.rows_luma.T @ kept[:, :edge].view(n, 1, self.luma, -1) @ self.rows_luma
        chroma = self.rows_chroma.T @ kept[:, edge:].view(n, 2, self.chroma, -1) @ self.rows_chroma
        return self._image(torch.cat([luma, chroma], 1)) + 0.5

    def described(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """ids int [n, K], k int [n] -> the components that the first k global tokens describe, [n, m]."""
        n, tokens = len(ids), torch.arange(self.fixed, device=ids.device)
        mine = ids[:, : self.fixed].long()
        values = self.first[tokens, mine // CODES] + self.second[tokens, mine % CODES]
        values = values * (tokens < k[:, None])[..., None]
        index = self.touched.reshape(1, -1).expand(n, -1)
        return values.new_zeros(n, self.components).scatter_add_(1, index, values.flatten(1))

    def _local(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        n, rounds, codes = len(ids), len(self.books), self.books.shape[1]
        mine = ids[:, self.fixed :].long().view(n, rounds, PHASES)
        place = mine // codes
        shape = self.books[torch.arange(rounds, device=ids.device)[:, None], mine % codes]
        numbers = self.fixed + torch.arange(rounds * PHASES, device=ids.device).view(rounds, PHASES)
        shape = shape * (numbers < k[:, None, None])[..., None]
        where = self.order[torch.arange(PHASES, device=ids.device), place]
        side = self.size // lapped.BLOCK
        flat = (where[..., None] * 192 + self.dims).flatten(1)
        values = shape.new_zeros(n, side * side * 192).scatter_add_(1, flat, shape.flatten(1))
        planes = values.view(n, side, side, 3, 8, 8).permute(0, 3, 1, 4, 2, 5).reshape(n, 3, self.size, self.size)
        return self._image(self.lapped.T @ planes @ self.lapped)

    @torch.no_grad()
    def decode(self, ids: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        """ids int [n, K], k int [n] -> karhunen's picture RGB [n, 3, s, s], not clamped."""
        picture = self.synthesise(self.described(ids, k))
        return picture + self._local(ids, k) if int(k.max()) > self.fixed else picture

    @torch.no_grad()
    def encode(self, image: torch.Tensor) -> torch.Tensor:
        """RGB [n, 3, s, s] in [0, 1] -> ids int32 [n, K]."""
        n = len(image)
        left = self.project(image)
        ids = torch.empty(n, self.count, dtype=torch.int32, device=image.device)
        for token in range(self.fixed):
            first, second, dims = self.first[token], self.second[token], self.touched[token]
            x = left[:, dims]
            both = 2 * (first @ second.T) + first.square().sum(1)[:, None] + second.square().sum(1)
            cost = both + (-2 * x @ first.T)[:, :, None] + (-2 * x @ second.T)[:, None]
            best = cost.flatten(1).argmin(1)
            ids[:, token] = best.int()
            left[:, dims] = x - first[best // CODES] - second[best % CODES]
        drawn = self.synthesise(self.described(ids, torch.full((n,), self.fixed, device=image.device)))
        side = self.size // lapped.BLOCK
        values = self.lapped @ self._planes(image - drawn) @ self.lapped.T
        values = values.view(n, 3, side, 8, side, 8).permute(0, 2, 4, 1, 3, 5).reshape(n, side * side, 192)
        blocks = values[:, :, self.dims][:, self.order].contiguous()
        for number, book in enumerate(self.books):
            place, code = search(blocks, book)
            subtract(blocks, place, book[code])
            start = self.fixed + number * PHASES
            ids[:, start : start + PHASES] = (place * len(book) + code).int()
        return ids


def encoded(codec: Codec, pictures: np.ndarray, path: Path, batch: int = 16) -> np.ndarray:
    """The ids of all pictures as uint16 [n, K], kept in `path`; goes on where an interrupted run stopped."""
    device = codec.mean.device
    done = path.with_suffix(".done")
    start = int(done.read_text()) if done.exists() else 0
    shape = (len(pictures), codec.count)
    ids = np.lib.format.open_memmap(path, "r+" if start else "w+", dtype=np.uint16, shape=shape)
    for index in range(start, len(pictures), batch):
        part = torch.from_numpy(np.array(pictures[index : index + batch])).to(device)
        found = codec.encode(part.permute(0, 3, 1, 2).float() / 255)
        ids[index : index + batch] = found.cpu().numpy().astype(np.uint16)
        if (index // batch) % 50 == 49 or index + batch >= len(pictures):
            ids.flush()
            done.write_text(str(min(index + batch, len(pictures))))
            say(f"  encoded {min(index + batch, len(pictures))}/{len(pictures)} pictures")
    return ids
