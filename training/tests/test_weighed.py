"""Weighed local tokens: the weights, the choice, shared codebooks, and the graphs against the numpy reference."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from tokenoscope_training import encode, enlarge, export_onnx, local, masking, restore, weighed
from tokenoscope_training.model import Model
from tokenoscope_training.onnx_graph import WeightFile, stored_arrays

from .conftest import synthetic_pictures

_SIZE = 32


@pytest.fixture(scope="module")
def weighed_model(model: Model) -> Model:
    """The tiny model, whose second part has weights and uses its books for two and three rounds."""
    first, second = model.local
    responses = masking.responses(second.dims, second.block, 0.05, 0.2)
    return replace(model, local=(first, replace(second, uses=(2, 3), responses=responses)))


def test_graphs_equal_the_reference(weighed_model: Model, tmp_path: Path) -> None:
    export_onnx.export(weighed_model, tmp_path)
    encoder, decoder = (onnxruntime.InferenceSession(tmp_path / f"{name}.onnx") for name in ("encoder", "decoder"))
    pictures = synthetic_pictures(12, _SIZE, 2)
    images = pictures.transpose(0, 3, 1, 2)[:, None].astype(np.float32) / np.float32(255)
    ids = np.concatenate([encoder.run(["ids"], {"image": image})[0] for image in images])
    expected = encode.encode(weighed_model, pictures)
    assert ids.shape == expected.shape == (12, weighed_model.count)
    assert np.mean(ids == expected) > 0.99
    for k in (1, 25, 33, weighed_model.count):
        out = decoder.run(["image"], {"ids": expected[:1], "k": np.array([k], np.int32)})[0]
        drawn = encode.decode(weighed_model, expected[:1], k)[0].transpose(2, 0, 1)[None]
        assert np.abs(out - drawn).max() < 1e-4


def test_rounds_of_one_book_are_the_best_choices_each_time() -> None:
    generator = torch.Generator().manual_seed(1)
    values, calm = torch.randn(3, 4, 16, 6, generator=generator), torch.rand(3, 4, 16, 2, generator=generator)
    responses, book = torch.rand(2, 6, generator=generator), torch.randn(32, 6, generator=generator)
    field = weighed.Field(values.clone(), calm, responses)
    left = values.numpy().copy()
    for draw in weighed.rounds(field, book, 5):
        for phase in range(4):
            cost = encode.weighed_costs(left[:, phase], book.numpy(), calm[:, phase].numpy(), responses.numpy())
            best = cost.argmin(1)
            assert (draw.place[:, phase].numpy() * 32 + draw.code[:, phase].numpy() == best).all()
            left[np.arange(3), phase, best // 32] -= book.numpy()[best % 32]
    assert np.allclose(field.values.numpy(), left, atol=1e-5)


def test_calm_is_less_where_there_is_texture() -> None:
    picture = np.full((1, _SIZE, _SIZE, 3), 0.5, np.float32)
    picture[:, :, _SIZE // 2 :] += np.random.default_rng(0).normal(0, 0.2, (1, _SIZE, _SIZE // 2, 1)).astype(np.float32)
    calm = masking.calm(picture, 4)[0]
    assert np.allclose(calm[..., 0], 1)
    assert (calm[:, 0, 1] > 0.9).all() and (calm[:, 3, 1] < 0.05).all()


def test_an_enlarged_picture_keeps_its_frequencies() -> None:
    pictures = synthetic_pictures(8, 40, 3)
    large = enlarge.enlarge(pictures, 64, np.ones(25))
    means = large.reshape(8, -1, 3).mean(1) - pictures.reshape(8, -1, 3).mean(1)
    assert np.abs(means).max() < 0.5
    assert (enlarge.lost(synthetic_pictures(8, 80, 4), 1.6) >= 1).all()


def test_a_shipped_model_is_read_back(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "public/models/karhunen-128"
    restored = restore.restore(folder)
    assert restored.count == 256
    known = stored_arrays(restore.shared.gather(folder))
    weights = WeightFile("own.bin", known)
    place = weights.add(restored.local[1].levels[:2])
    assert place.location == "weights.bin" and len(weights.data) == 0
    picture = synthetic_pictures(1, 128, 5)
    ids = encode.encode(restored, picture)
    session = onnxruntime.InferenceSession(restore.shared.gather(folder) / "encoder.onnx")
    image = picture.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    assert np.mean(session.run(["ids"], {"image": image})[0] == ids) > 0.99


def test_shared_books_are_counted_by_round() -> None:
    part = local.Local(8, 16, np.arange(4), np.zeros((2, 8, 4), np.int8), np.ones((2, 1, 4), np.float32), uses=(3, 1))
    assert part.book_of.tolist() == [0, 0, 0, 1] and part.count == 64
