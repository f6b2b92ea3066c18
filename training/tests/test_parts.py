"""Transforms, preprocessing and levels on their own."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tokenoscope_training import data, encode, lapped, local, transform
from tokenoscope_training.model import Model, levels

from .conftest import synthetic_pictures


@pytest.mark.parametrize("rows", [transform.dct_rows(32, 32), lapped.lapped_rows(32, 8), lapped.lapped_rows(64, 16), transform.COLOUR])
def test_transforms_are_orthonormal(rows: np.ndarray) -> None:
    assert np.allclose(rows @ rows.T, np.eye(len(rows)), atol=1e-12)


def test_lapped_blocks_overlap_their_neighbours_only() -> None:
    rows = lapped.lapped_rows(64, 8)
    middle = np.abs(rows[32:40]).max(axis=0) > 1e-9
    assert middle[28:44].all() and not middle[:28].any() and not middle[44:].any()


@pytest.mark.parametrize("block", [8, 16])
def test_lapped_synthesis_inverts_analysis(block: int) -> None:
    error = np.random.default_rng(0).normal(size=(2, 32, 32, 3)).astype(np.float32)
    assert np.allclose(lapped.synthesise(lapped.analyse(error, block), block), error, atol=1e-5)


def test_all_coefficients_give_the_picture_back() -> None:
    rgb = synthetic_pictures(2, 32, 4)
    everything = transform.choose_zone(np.ones(3 * 32 * 32), 32, 32, 32, 3 * 32 * 32)
    back = transform.pixels(transform.blocks(rgb, 32, 32), everything)
    assert np.array_equal(encode.to_bytes(back), rgb)


def test_mirroring_changes_the_sign_of_odd_frequencies_only() -> None:
    rgb = synthetic_pictures(1, 32, 5)
    sign = 1 - 2 * transform.horizontal_parity(16, 8)
    mirrored = transform.blocks(np.ascontiguousarray(rgb[:, :, ::-1]), 16, 8)
    assert np.allclose(mirrored, transform.blocks(rgb, 16, 8) * sign, atol=1e-4)


def test_input_is_the_centre_square_by_pillow() -> None:
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 256, (41, 60, 3), dtype=np.uint8))
    expected = picture.crop((9, 0, 50, 41)).resize((32, 32), Image.Resampling.BICUBIC)
    assert np.array_equal(data.to_input(picture, 32), np.asarray(expected))


def test_only_black_corners_count_as_dark() -> None:
    rgb = np.full((2, 32, 32, 3), 120, np.uint8)
    rgb[0, :8, :8] = 0
    rgb[0, -8:, -8:] = 0
    rgb[1, :8, :8] = 0
    assert data.dark_corners(rgb).tolist() == [True, False]


def test_tokens_of_a_level_share_no_component() -> None:
    components = np.array([[0, 1], [2, 3], [1, 4], [4, 5], [6, 7]])
    assert levels(components).tolist() == [0, 0, 1, 2, 0]


@pytest.mark.parametrize("side", [4, 8, 16])
def test_phases_hold_every_block_once(side: int) -> None:
    order = local.phase_order(side)
    assert order.shape == (side * side // local.PLACES, local.PLACES)
    assert np.array_equal(np.sort(order.reshape(-1)), np.arange(side * side))


def test_more_tokens_come_nearer(model: Model) -> None:
    rgb = synthetic_pictures(30, 32, 6)
    ids = encode.encode(model, rgb)
    errors = [np.square(encode.decode(model, ids, k) - rgb / 255).mean() for k in (1, 4, 12, model.count)]
    assert errors == sorted(errors, reverse=True)
